import { useEffect } from 'preact/hooks';
import type { WorldFile } from '@/kubernetes/world';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { checkText } from '../check/adapter';

/** Keeps the editor's markers: a moment after the last key, the checker reads the text. */
export function useChecks(board: Board, worlds: readonly WorldFile[], t: Strings): void {
  const text = board.text.value;
  const world = board.world.value;
  useEffect(() => {
    const timer = setTimeout(() => {
      const file = worlds.find((entry) => entry.name === world);
      board.markers.value = checkText(text, file, t).map((finding) => finding.marker);
    }, 250);
    return () => clearTimeout(timer);
  }, [text, world, board, worlds, t]);
}
