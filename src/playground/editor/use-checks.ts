import { useSignalEffect } from '@preact/signals';
import { askSoon } from '../check/ask-soon';
import { shown } from '../check/shown';
import { askThread } from '../language/worker-language';
import { type Board, type PlaygroundProps, worldOf } from '../state';
import type { Strings } from '../strings';
import { pause } from './pause';

/** Keeps the editor's markers: a moment after the last key, the checker reads the text in its own thread. */
export function useChecks(
  board: Board,
  { lessons, errors }: Pick<PlaygroundProps, 'lessons' | 'errors'>,
  t: Strings,
): void {
  // Not a part of any drawing: a key must not draw the page anew.
  useSignalEffect(() => {
    const text = board.text.value;
    const world = worldOf(board);
    return (
      world &&
      askSoon(text, world, askThread, pause, ({ findings }) => {
        board.markers.value = shown(findings, text, t, lessons, errors).map((entry) => entry.marker);
      })
    );
  });
}
