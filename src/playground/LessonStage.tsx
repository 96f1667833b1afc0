import { type Signal, useSignal } from '@preact/signals';
import { type ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { EmbeddedProps, Part } from './Playground';
import { ClusterPicture } from './picture/ClusterPicture';
import type { Goal } from './session/goals';
import type { View } from './session/view';
import type { PlaygroundProps } from './state';
import { en } from './strings';

interface Props extends PlaygroundProps {
  /** What stands here until the cluster runs: the same cluster, as the build saw it. */
  readonly view: View;
  readonly goals?: readonly Goal[];
  /** The parts that are shown; left out: all. */
  readonly show?: readonly Part[];
}

/**
 * A playground inside a lesson. It stands there as a picture; once it is reached, the engine is fetched and the picture
 * becomes a cluster.
 */
export function LessonStage({ goals, ...props }: Props) {
  const t = en;
  const live: Signal<ComponentType<EmbeddedProps> | undefined> = useSignal(undefined);
  useEffect(() => {
    void import('./Playground').then((module) => {
      live.value = module.default;
    });
  }, []);
  const Live = live.value;
  if (Live) return <Live {...props} {...(goals ? { goals } : {})} embedded />;
  return (
    <div class="playground embedded asleep">
      <ClusterPicture picture={props.view.picture} t={t.picture} />
      <p class="soft">{t.play.starting}</p>
    </div>
  );
}
