import { useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WorldFile } from '@/kubernetes/world';
import { type Answer, type Ask, nothingYet } from './answer';
import { askSoon } from './ask-soon';

/** The text that an answer is about goes with it: ranges of one text mean nothing in another. */
export interface AnswerTo extends Answer {
  readonly text: string;
}

/** Keeps the answer to a text, `delay` milliseconds after its last change; an outdated check is given up. */
export function useAnswer(text: string, world: WorldFile | undefined, ask: Ask, delay: number): Signal<AnswerTo> {
  const answer = useSignal<AnswerTo>({ ...nothingYet, text: '' });
  useEffect(
    () => world && askSoon(text, world, ask, delay, (next) => (answer.value = { ...next, text })),
    [text, world, ask, delay, answer],
  );
  return answer;
}
