import { useEffect } from 'preact/hooks';
import { type Lessons, shown } from '../check/shown';
import { useAnswer } from '../check/use-answer';
import { askThread } from '../language/worker-language';
import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';

/** Keeps the editor's markers: a moment after the last key, the checker reads the text in its own thread. */
export function useChecks(board: Board, lessons: Lessons | undefined, t: Strings): void {
  const { findings, text } = useAnswer(board.text.value, worldOf(board), askThread, 250).value;
  useEffect(() => {
    board.markers.value = shown(findings, text, t, lessons).map((entry) => entry.marker);
  }, [board, findings]);
}
