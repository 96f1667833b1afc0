import type { Board } from './state';

/** Another world, or the same again from the beginning: a fresh cluster, an empty terminal, time zero. */
export async function restartWith(board: Board, world: string): Promise<void> {
  board.running.value = false;
  board.world.value = world;
  board.chosen.value = undefined;
  board.place.value = 'client';
  await board.session.restart();
}
