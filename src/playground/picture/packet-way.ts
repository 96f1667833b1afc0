import type { Journey } from '@/shell/net/journey';
import type { Picture } from './model';

/** A place in the picture, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a packet's way is drawn: the places that it passes, and whether somebody took it at the end. */
export interface Way {
  readonly points: readonly Point[];
  readonly answered: boolean;
}

/**
 * The way of a packet from outside through a drawn picture: to the door or ring on the node's edge that it was sent to, and
 * on to the room whose program took it. Undefined where it was sent to no node of the picture.
 */
export function packetWay(drawn: HTMLElement, picture: Picture, journey: Journey): Way | undefined {
  const house = picture.houses.find(({ name, address }) => address === journey.to.address && journey.from !== name);
  const walls = [...drawn.querySelectorAll<SVGElement>('svg.house')].find(
    ({ dataset }) => dataset.node === house?.name,
  );
  if (!house || !walls) return undefined;
  const ground = drawn.getBoundingClientRect();
  const at = ({ left, top, width, height }: DOMRect): Point => ({
    x: left + width / 2 - ground.left,
    y: top + height / 2 - ground.top,
  });
  const mark = walls.querySelector(`[data-port="${journey.to.port}/${journey.to.protocol}"] :is(.ring, .leaf)`);
  const edge = walls.querySelector('.walls')?.getBoundingClientRect();
  if (!edge) return undefined;
  const door = mark
    ? at(mark.getBoundingClientRect())
    : { x: edge.left - ground.left, y: edge.bottom - 60 - ground.top };
  const start = { x: Math.max(4, door.x - 70), y: Math.max(4, door.y - 24) };
  const answered = journey.result === 'answered';
  const taker = picture.houses.flatMap(({ rooms }) => rooms).find(({ name }) => name === journey.taker);
  const room = [...drawn.querySelectorAll<SVGElement>('[data-room]')].find(
    ({ dataset }) => dataset.room === taker?.key,
  );
  const target = room?.querySelector('.door .leaf') ?? room?.querySelector('.wall');
  const end = answered && target ? [at(target.getBoundingClientRect())] : [];
  return { points: [start, door, ...end], answered };
}
