import { useEffect } from 'preact/hooks';
import type { WorldFile } from '@/kubernetes/world';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { useAnswer } from '../check/use-answer';

/** Keeps the editor's markers: a moment after the last key, the checker reads the text. */
export function useChecks(board: Board, worlds: readonly WorldFile[], t: Strings): void {
  const world = worlds.find((entry) => entry.name === board.world.value);
  const { found } = useAnswer(board.text.value, world, t, 250).value;
  useEffect(() => {
    board.markers.value = found.map((entry) => entry.marker);
  }, [board, found]);
}
