import type { Strings } from '../strings';
import { BellShape, DoorShape, RefusedDoor } from './edge';
import { type PlacedRoom, drawing, serviceDown } from './geometry';
import { linesOf, nameOf } from './words';

interface Props {
  readonly placed: PlacedRoom;
  readonly left: number;
  readonly t: Strings['picture'];
  readonly selected: boolean;
  readonly onSelect?: (key: string) => void;
}

/** A Pod: a walled room, or – with hostNetwork – a dashed outline whose doors stand on the node's edge. */
export function RoomDrawing({ placed, left, t, selected, onSelect }: Props) {
  const { room, y, height } = placed;
  const x = left + drawing.roomLeft;
  const width = drawing.house - drawing.roomLeft - drawing.roomRight;
  const choose = onSelect && {
    role: 'button' as const,
    tabIndex: 0,
    'aria-pressed': selected,
    'aria-label': nameOf(room, t),
    onClick: () => onSelect(room.key),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      onSelect(room.key);
    },
  };
  const edge = room.hostNetwork ? left : x;
  return (
    <g
      data-room={room.key}
      class={['room', room.tone, room.hostNetwork && 'no-wall', selected && 'chosen'].filter(Boolean).join(' ')}
    >
      <g class="box" {...choose}>
        <rect class="wall" x={x} y={y} width={width} height={height} rx={8} />
        <RoomText placed={placed} x={x + 13} t={t} />
      </g>
      {room.services.length > 0 && (
        <g class="bell">
          <path class="wire" d={`M${x + width + 22} ${y + serviceDown(room) - 4}h-14`} />
          <path class="tip" d={`M${x + width + 8} ${y + serviceDown(room) - 9}l-9 5l9 5z`} />
        </g>
      )}
      {placed.doors.map(({ door, y: at }) => (
        <g
          key={`${door.port}/${door.protocol}`}
          data-port={room.hostNetwork ? `${door.port}/${door.protocol}` : undefined}
          class={room.hostNetwork ? 'door on-edge' : 'door'}
        >
          {room.hostNetwork && <path class="joint" d={`M${left + 7} ${at}H${x}`} />}
          <DoorShape x={edge} y={at} label={`:${door.port}`} protocol={door.protocol} inside={!room.hostNetwork} />
        </g>
      ))}
      {room.refusal !== undefined && room.hostNetwork && placed.doors.length === 0 && (
        <RefusedDoor x={left} y={y + height - 22} />
      )}
      {placed.bells.map(({ bell, y: at, to }) => (
        <g key={`${bell.port}/${bell.protocol}`} data-port={`${bell.port}/${bell.protocol}`} class="bell">
          <path class="wire" d={`M${left + 9} ${at + 3}C${left + 28} ${at + 10} ${x - 26} ${to - 2} ${x - 12} ${to}`} />
          <path class="tip" d={`M${x - 16} ${to - 5}l8 5l-8 5z`} />
          <BellShape x={left} y={at} label={String(bell.port)} protocol={bell.protocol} />
        </g>
      ))}
    </g>
  );
}

/** What can be read in a room. Blanks between the lines, so that they are words of their own wherever the text is taken from. */
function RoomText({ placed, x, t }: { placed: PlacedRoom; x: number; t: Strings['picture'] }) {
  const { room, y } = placed;
  return (
    <>
      {linesOf(room, t).map(({ kind, text, full, down }) => (
        <>
          <text key={kind} class={kind} x={x} y={y + down}>
            {full !== undefined && <title>{full}</title>}
            {text}
          </text>{' '}
        </>
      ))}
    </>
  );
}
