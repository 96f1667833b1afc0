import type { Bell, Door, House, NodePort, Room } from './model';

/** Where things stand in the drawing of one node, in SVG units (= CSS pixels at full size). */
export const drawing = {
  /** Room for labels left of the house, and for a visitor when there is one. */
  gutter: 64,
  visitor: 92,
  house: 268,
  roof: 44,
  head: 92,
  roomLeft: 48,
  roomRight: 12,
  roomGap: 12,
  foot: 46,
  doorStep: 34,
  nodePortStep: 28,
} as const;

export interface PlacedDoor {
  readonly door: Door;
  readonly y: number;
}

export interface PlacedBell {
  readonly bell: Bell;
  readonly y: number;
  /** Height of the door in the room that the bell rings at. */
  readonly to: number;
}

export interface PlacedRoom {
  readonly room: Room;
  readonly y: number;
  readonly height: number;
  /** Doors in the room's own wall, or – without a wall – on the node's edge. */
  readonly doors: readonly PlacedDoor[];
  readonly bells: readonly PlacedBell[];
}

export interface PlacedNodePort {
  readonly nodePort: NodePort;
  readonly y: number;
}

export interface Layout {
  /** The ports of Services, above the rooms: they are the node's own. */
  readonly nodePorts: readonly PlacedNodePort[];
  readonly rooms: readonly PlacedRoom[];
  /** Doors of the machine's own processes, along the ground. */
  readonly ground: readonly Door[];
  readonly bodyHeight: number;
}

/** Lines of text a room needs: name, status, address, a refusal, and the Services that lead to it. */
function textHeight(room: Room): number {
  return serviceDown(room) + (room.services.length > 0 ? 13 : -5);
}

/** How far below the top of a room it is told which Services lead to it. */
export function serviceDown(room: Room): number {
  return 59 + (room.ip === undefined && !room.hostNetwork ? 0 : 18) + (fourthLine(room) === '' ? 0 : 18);
}

/** What stands under the address: who refused what, and how often it was started again. */
export function fourthLine(room: Room): string {
  const restarts = room.restarts > 0 ? `↻ ${room.restarts}` : '';
  return [room.refusal ?? '', restarts].filter((part) => part !== '').join(' · ');
}

/** More node ports than these are told in the tables only. */
const mostNodePorts = 6;

/** Stacks the rooms of a node and finds the height of every door and bell. */
export function layout(house: House, leastBody = 120): Layout {
  const nodePorts = house.nodePorts.slice(0, mostNodePorts).map((nodePort, i) => ({
    nodePort,
    y: drawing.head + 10 + i * drawing.nodePortStep,
  }));
  let y = drawing.head + (nodePorts.length > 0 ? 4 + nodePorts.length * drawing.nodePortStep : 0);
  const rooms = house.rooms.map((room) => {
    const doors = room.hostNetwork ? house.doors.filter((door) => door.room === room.key) : room.doors;
    const bells = house.bells.filter((bell) => bell.room === room.key);
    const rows = Math.max(doors.length, bells.length, room.refusal ? 1 : 0);
    const height = Math.max(textHeight(room), rows * drawing.doorStep + 30);
    const top = y;
    const placed = doors.map((door, i) => ({ door, y: top + height - 22 - (doors.length - 1 - i) * drawing.doorStep }));
    y += height + drawing.roomGap;
    return {
      room,
      y: top,
      height,
      doors: placed,
      bells: bells.map((bell, i) => ({
        bell,
        y: top + 22 + i * drawing.doorStep,
        to: placed.find(({ door }) => door.port === bell.targetPort)?.y ?? top + height - 22,
      })),
    };
  });
  const ground = house.doors.filter((door) => door.room === undefined);
  const bodyHeight = Math.max(y + 8, drawing.head + leastBody) + (ground.length > 0 ? drawing.foot : 0);
  return { nodePorts, rooms, ground, bodyHeight };
}

/** Shortens a long name in the middle, keeping its end, where Pods differ. */
export function shorten(name: string, length: number): string {
  if (name.length <= length) return name;
  const tail = Math.ceil((length - 1) * 0.5);
  return `${name.slice(0, length - 1 - tail)}…${name.slice(-tail)}`;
}
