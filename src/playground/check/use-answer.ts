import { useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WorldFile } from '@/kubernetes/world';
import type { Strings } from '../strings';
import { type Answer, checkText, nothingYet } from './adapter';
import { pagePacer } from './pacer';

/** Keeps the answer to a text, `delay` milliseconds after its last change; an outdated check is given up. */
export function useAnswer(text: string, world: WorldFile | undefined, t: Strings, delay: number): Signal<Answer> {
  const answer = useSignal<Answer>(nothingYet);
  useEffect(() => {
    let wanted = true;
    const start = () => {
      if (!world) return;
      void checkText(
        text,
        { world },
        t,
        pagePacer(() => wanted),
        (next) => (answer.value = next),
      );
    };
    const timer = setTimeout(start, delay);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, world, t, delay, answer]);
  return answer;
}
