import { type Strings } from '../strings';
import { fourthLine, serviceDown, shorten } from './geometry';
import type { House, Room, Sign, Tone } from './model';

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
    serviceLine(room),
  ];
  return lines.filter((line) => line !== undefined);
}

/** Which Services lead here, in the last line of the room. */
function serviceLine(room: Room): Line | undefined {
  const { services } = room;
  if (services.length === 0) return undefined;
  const text = shorten(`← ${services.join(', ')}`, 27);
  return { kind: 'service', text, full: services.join(', '), down: serviceDown(room) };
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
function describeRoom(room: Room, t: Strings['picture']): string {
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
  const nodePorts = house.nodePorts.map(({ port, name, answers }) => t.nodePort(port, name, answers));
  return [
    `${t.node} ${house.name} (${house.address}), ${house.status}`,
    doors && `${t.listening}: ${doors}`,
    ...bells,
    ...nodePorts,
    ...house.rooms.map((room) => describeRoom(room, t)),
  ]
    .filter(Boolean)
    .join('. ');
}

/** What can be read on the board of a Service: name, kind, address, ports with where they lead, and how many answer. */
export function boardOf(sign: Sign, t: Strings['picture']) {
  const ports = sign.ports.map(({ port, protocol, target, nodePort }) =>
    [
      `:${port}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`} → ${target}`,
      nodePort === undefined ? '' : `(${t.onNodes(nodePort)})`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
  return {
    name: shorten(sign.name, 17),
    type: sign.type,
    address: sign.address === 'None' ? t.headless : shorten(sign.address, 28),
    ports: ports.length <= 3 ? ports : [...ports.slice(0, 2), `+${ports.length - 2}`],
    count: sign.type === 'ExternalName' ? '' : t.backends(sign.backends.length),
  };
}

/** A Service for those who hear the picture or speak to it: what can be read on its board, then who is behind it. */
export function describeSign(sign: Sign, t: Strings['picture']): string {
  const { name, type, address, ports, count } = boardOf(sign, t);
  const read = [t.service, name, type, address, ...ports, count].filter((part) => part !== '').join(' ');
  const behind = sign.backends.slice(0, 20).map((backend) => backend.name);
  return [read, name === sign.name ? '' : sign.name, ...behind].filter((part) => part !== '').join(', ');
}
