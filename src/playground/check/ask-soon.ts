import type { WorldFile } from '@/kubernetes/world';
import type { Answer, Ask } from './answer';

/** Asks about a text `delay` milliseconds from now, unless it is given up before: the way to do that is returned. */
export function askSoon(
  text: string,
  world: WorldFile,
  ask: Ask,
  delay: number,
  tell: (answer: Answer) => void,
): () => void {
  let wanted = true;
  const isWanted = () => wanted;
  const timer = setTimeout(() => {
    ask(text, world, isWanted, (answer) => {
      if (wanted) tell(answer);
    });
  }, delay);
  return () => {
    wanted = false;
    clearTimeout(timer);
  };
}
