import { drawing, shorten } from './geometry';
import type { Door } from './model';

/** The machine's own listeners, small, along the ground of the house: sshd, kubelet, kube-proxy. */
export function GroundDoors({ doors, left, y }: { doors: readonly Door[]; left: number; y: number }) {
  const shown = doors.slice(0, 3);
  const step = drawing.house / 3.7;
  return (
    <g class="ground">
      {shown.map((door, i) => (
        <g key={`${door.port}/${door.protocol}`} data-port={`${door.port}/${door.protocol}`}>
          <text class="program" x={left + step * (i + 0.5)} y={y - 12}>
            {shorten(door.program, 12)}
          </text>
          <rect class="leaf" x={left + step * (i + 0.5) - 7} y={y - 6} width={14} height={10} rx={2} />
          <text class="port" x={left + step * (i + 0.5)} y={y + 17}>
            :{door.port}
          </text>
        </g>
      ))}
      {doors.length > shown.length && (
        <text class="port" x={left + step * 3.32} y={y + 17}>
          +{doors.length - shown.length}
        </text>
      )}
    </g>
  );
}
