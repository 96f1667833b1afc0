import type { Strings } from '../strings';
import type { Layout } from './geometry';

/** A try at a port of the node from outside: whether something answered. */
export interface Attempt {
  readonly port: number;
  readonly answered: boolean;
}

interface Props {
  readonly attempts: readonly Attempt[];
  readonly placed: Layout;
  readonly left: number;
  readonly t: Strings['picture'];
}

/** A figure outside the house, and an arrow for every port it tries: to a door or bell, or to the bare wall. */
export function Visitor({ attempts, placed, left, t }: Props) {
  const y = 168;
  const closed = attempts.filter((attempt) => !attempt.answered);
  return (
    <g class="visitor">
      <circle class="limb" cx={22} cy={y - 26} r={8.5} />
      <path class="limb" d={`M22 ${y - 17}v26M9 ${y - 7}h26M22 ${y + 9}l-11 19M22 ${y + 9}l11 19`} />
      <text x={22} y={y + 48}>
        {t.you}
      </text>
      {attempts.map((attempt) => {
        const open = attempt.answered ? heightOf(attempt.port, placed) : undefined;
        const at = open ?? 236 + closed.indexOf(attempt) * 34;
        return open === undefined ? (
          <Refused key={attempt.port} port={attempt.port} from={y - 4} y={at} left={left} t={t} />
        ) : (
          <Answered key={attempt.port} from={y - 10} y={at} left={left} />
        );
      })}
    </g>
  );
}

function Answered({ from, y, left }: { from: number; y: number; left: number }) {
  return (
    <g class="answered">
      <path d={`M42 ${from}C${left - 70} ${from - 8} ${left - 60} ${y} ${left - 20} ${y}`} />
      <path class="tip" d={`M${left - 20} ${y - 4.5}l8 4.5l-8 4.5z`} />
    </g>
  );
}

function Refused({
  port,
  from,
  y,
  left,
  t,
}: {
  port: number;
  from: number;
  y: number;
  left: number;
  t: Strings['picture'];
}) {
  return (
    <g class="refused">
      <path d={`M42 ${from}C${left - 70} ${from + 4} ${left - 76} ${y} ${left - 12} ${y}`} />
      <path class="bar" d={`M${left - 6} ${y - 9}v18`} />
      <text class="port" x={left - 12} y={y - 6}>
        :{port}
      </text>
      <text class="word" x={left + 12} y={y + 4}>
        ✕ {t.refused}
      </text>
    </g>
  );
}

function heightOf(port: number, placed: Layout): number | undefined {
  for (const { room, doors, bells } of placed.rooms) {
    const bell = bells.find((entry) => entry.bell.port === port);
    if (bell) return bell.y;
    const door = room.hostNetwork ? doors.find((entry) => entry.door.port === port) : undefined;
    if (door) return door.y;
  }
  return undefined;
}
