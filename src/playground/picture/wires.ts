import type { Sign } from './model';

/** A wire from the board of a Service to one of its Pods, in pixels of the picture. */
export interface Wire {
  readonly room: string;
  readonly path: string;
  /** Where its arrow ends. */
  readonly tip: string;
}

/** Measures a drawn picture and finds the way of each wire: out at the side of the board, past the houses, and in at the far side of the room. */
export function wiresOf(picture: HTMLElement, { key, backends }: Sign): Wire[] {
  const ground = picture.getBoundingClientRect();
  const board = [...picture.querySelectorAll<SVGElement>('svg.sign')].find(({ dataset }) => dataset.service === key);
  if (!board) return [];
  const from = board.getBoundingClientRect();
  const middle = from.left + from.width / 2 - ground.left;
  const rooms = new Map(
    [...picture.querySelectorAll<SVGElement>('[data-room]')].map((room) => [room.dataset.room ?? '', room]),
  );
  return backends.flatMap(({ room }) => {
    // The wall, not what hangs on it: the doors and bells of a room stick out to the left.
    const wall = rooms
      .get(room ?? '')
      ?.querySelector('.wall')
      ?.getBoundingClientRect();
    if (!wall || room === undefined) return [];
    const endX = wall.right - ground.left;
    const endY = wall.bottom - 12 - ground.top;
    const side = Math.min(endX + 30, ground.width - 3);
    // To the right it leaves by the side of the board, to the left by its point.
    const right = side > middle;
    const x = right ? from.right - ground.left : middle;
    const y = (right ? from.top + from.height / 2 : from.top) - ground.top;
    const out = right ? `${Math.max(x, side) + 20} ${y}` : `${x} ${y - 24}`;
    const path = `M${x} ${y}C${out} ${side} ${y} ${side} ${(y + endY) / 2}V${endY + 16}Q${side} ${endY} ${endX + 9} ${endY}`;
    return [{ room, path, tip: `M${endX + 10} ${endY - 5}l-9 5l9 5z` }];
  });
}
