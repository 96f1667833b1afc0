import { type Strings } from '../strings';
import type { House, Room, Tone } from './model';

/** The sign beside a status, so that colour is never alone. */
export const glyph: Readonly<Record<Tone, string>> = { good: '✓', wait: '◷', refuse: '✕', soft: '○' };

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
