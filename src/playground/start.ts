import { act, type Board, type PlaygroundProps } from './state';
import type { Strings } from './strings';

/** Another world, or the same again from the beginning: a fresh cluster, an empty terminal, time zero. */
export async function restartWith(board: Board, world: string): Promise<void> {
  board.running.value = false;
  board.world.value = world;
  board.chosen.value = undefined;
  board.place.value = 'client';
  await board.session.restart();
}

/**
 * After something was applied: a clock that stood still begins to run, so that the cluster lives without a further click.
 * A reader who asks for less motion is shown the end state instead, and told so.
 */
export async function comeAlive(board: Board, t: Strings): Promise<void> {
  if (board.running.value) return;
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    await act(board, { kind: 'quiet' });
    board.notice.value = t.time.jumped;
  } else {
    board.running.value = true;
  }
}

/** Opens the board anew, as other props ask: another manifest, another world, things done already. */
export async function reopen(board: Board, props: PlaygroundProps): Promise<void> {
  board.running.value = false;
  const preset = props.presets.find((entry) => entry.id === props.preset);
  board.presets.value = props.presets;
  board.world.value = props.world;
  if (preset) {
    board.file.value = preset.file;
    board.text.value = preset.text;
  }
  await board.session.restart(props.actions);
}
