import { add, currentFile, replace, show } from './files/workspace';
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
    board.workspace.value = { files: [{ name: preset.file, text: preset.text }], current: preset.file };
  }
  await board.session.restart(props.actions);
}

/**
 * Opens a manifest of the menu: its tab where it has one, in place of the one that is seen where nothing was typed into
 * that, and in a tab of its own else. The world it is meant for comes with it.
 */
export function openPreset(board: Board, id: string): void {
  const presets = board.presets.peek();
  const preset = presets.find((entry) => entry.id === id);
  if (!preset) return;
  const workspace = board.workspace.peek();
  const seen = currentFile(workspace);
  const untouched = presets.some((entry) => entry.file === seen.name && entry.text === seen.text);
  const file = { name: preset.file, text: preset.text };
  if (workspace.files.some((open) => open.name === preset.file)) board.workspace.value = show(workspace, preset.file);
  else board.workspace.value = untouched ? replace(workspace, file) : add(workspace, [file]);
  if (preset.world && preset.world !== board.world.peek()) void restartWith(board, preset.world);
}
