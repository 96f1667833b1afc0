import { worldSchema } from '@/course/world-schema';
import type { WorldFile } from '@/kubernetes/world';
import type { Board } from '../state';

/** The most that a world from outside may ask of the reader's machine. */
const most = { nodes: 1_000, objects: 5_000 };

/** A value from a link, a file or a draft as a world; undefined when it is none, or more than a page can play. */
export function ownWorld(value: unknown): WorldFile | undefined {
  const { data } = worldSchema.safeParse(value);
  return data && fits(data) ? data : undefined;
}

/** Whether a page can play a world of that size. */
export function fits(world: WorldFile): boolean {
  return world.nodes.length > 0 && world.nodes.length <= most.nodes && (world.objects?.length ?? 0) <= most.objects;
}

/** Puts a world of the reader's own into the menu, in place of an earlier one of that name. The name must not be one of the course's. */
export function addWorld(board: Board, world: WorldFile): void {
  const others = board.worlds.value.filter((entry) => entry.name !== world.name);
  board.worlds.value = [...others, world];
}

/** A name that no world of the course has: `lab-4` → `lab-4-own`. */
export function ownName(board: Board, name: string): string {
  return board.given.some((entry) => entry.name === name) ? `${name}-own` : name;
}
