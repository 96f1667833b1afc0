import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Strings } from '../strings';

interface Props {
  readonly text: string;
  readonly world: string;
  /** Address of the playground. */
  readonly play: string;
  readonly t: Strings['check'];
}

/** The way on: the same manifest in the playground, on the same cluster. All of it travels behind the `#`. */
export function PlayLink({ text, world, play, t }: Props) {
  const fragment = useSignal<string | undefined>(undefined);
  useEffect(() => {
    let stale = false;
    void import('../share/link').then(async ({ longestLink, manifestFragment }) => {
      const made = await manifestFragment(world, text);
      if (!stale) fragment.value = made.length > longestLink ? '' : made;
    });
    return () => (stale = true);
  }, [text, world]);
  if (fragment.value === undefined) return null;
  if (fragment.value === '') return <p class="soft">{t.tooLargeToPlay}</p>;
  return (
    <p>
      <a class="button" href={`${play}${fragment.value}`}>
        {t.play}
      </a>
    </p>
  );
}
