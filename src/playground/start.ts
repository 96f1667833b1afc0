import type { Board, PlaygroundProps } from './state';

/** Another world, or the same again from the beginning: a fresh cluster, an empty terminal, time zero. */
export async function restartWith(board: Board, world: string): Promise<void> {
  board.running.value = false;
  board.world.value = world;
  board.chosen.value = undefined;
  board.place.value = 'client';
  await board.session.restart();
}

/** Opens the board anew, as other props ask: another manifest, another world, things done already. */
export async function reopen(board: Board, props: PlaygroundProps): Promise<void> {
  const preset = props.presets.find((entry) => entry.id === props.preset);
  board.presets.value = props.presets;
  board.world.value = props.world;
  if (preset) {
    board.file.value = preset.file;
    board.text.value = preset.text;
  }
  await board.session.restart(props.actions);
}
