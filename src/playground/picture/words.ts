import { type Strings } from '../strings';
import { fourthLine, shorten } from './geometry';
import type { House, Room, Tone } from './model';

/** The sign beside a status, so that colour is never alone. */
export const glyph: Readonly<Record<Tone, string>> = { good: '✓', wait: '◷', refuse: '✕', soft: '○' };

/** A line of text in a room, so many pixels below its top. `full`: all of a name that is shortened. */
interface Line {
  readonly kind: string;
  readonly text: string;
  readonly full?: string;
  readonly down: number;
}

/** What can be read in a room: name, state, address, and who refused what. */
export function linesOf(room: Room, t: Strings['picture']): Line[] {
  const name = shorten(room.name, 24);
  const address = room.hostNetwork ? t.noWall : room.ip;
  const fourth = fourthLine(room);
  const lines: (Line | undefined)[] = [
    { kind: 'room-name', text: name, full: name === room.name ? undefined : room.name, down: 22 },
    { kind: 'state', text: `${glyph[room.tone]} ${room.status} · ${room.ready}`, down: 40 },
    address === undefined ? undefined : { kind: 'address', text: address, down: 59 },
    fourth === ''
      ? undefined
      : {
          kind: room.refusal === undefined ? 'again' : 'refusal',
          text: shorten(fourth, 30),
          down: address === undefined ? 59 : 77,
        },
  ];
  return lines.filter((line) => line !== undefined);
}

/** The name of a room for those who hear or speak it: what can be read in it as it stands there, then what is cut short. */
export function nameOf(room: Room, t: Strings['picture']): string {
  const lines = linesOf(room, t);
  return [
    `Pod ${lines.map(({ text }) => text).join(' ')}`,
    lines[0]?.full,
    `${room.ready} ${t.ready}`,
    room.restarts > 0 ? t.restarts(room.restarts) : undefined,
    room.refusal,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** A room in one sentence, for readers who hear the picture. */
export function describeRoom(room: Room, t: Strings['picture']): string {
  return [
    `Pod ${room.name}: ${room.status}, ${room.ready} ${t.ready}`,
    room.restarts > 0 ? t.restarts(room.restarts) : undefined,
    room.hostNetwork ? t.noWall : room.ip,
    room.refusal,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** A node and all in it, in sentences. */
export function describeHouse(house: House, t: Strings['picture']): string {
  const doors = house.doors.map((door) => `${door.port}/${door.protocol} ${door.program}`).join(', ');
  const bells = house.bells.map((bell) => t.forwards(bell.port, bell.room.replace(/^.*\//, ''), bell.targetPort));
  return [
    `${t.node} ${house.name} (${house.address}), ${house.status}`,
    doors && `${t.listening}: ${doors}`,
    ...bells,
    ...house.rooms.map((room) => describeRoom(room, t)),
  ]
    .filter(Boolean)
    .join('. ');
}
