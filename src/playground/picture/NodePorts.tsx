import { BellShape } from './edge';
import { type PlacedNodePort, shorten } from './geometry';

interface Props {
  readonly placed: readonly PlacedNodePort[];
  /** How many more there are, that are told in the tables only. */
  readonly more: number;
  readonly left: number;
}

/** Node ports: rings on the edge, as host ports are, each with the board of its Service inside. */
export function NodePorts({ placed, more, left }: Props) {
  return (
    <>
      {placed.map(({ nodePort: { port, protocol, name, answers }, y }) => (
        <g
          key={`${port}/${protocol}`}
          class={answers ? 'bell node-port' : 'bell node-port dead'}
          data-port={`${port}/${protocol}`}
        >
          <path class="wire" d={`M${left + 9} ${y}H${left + 32}`} />
          <path class="tip" d={`M${left + 32} ${y - 5}l8 5l-8 5z`} />
          <BellShape x={left} y={y} label={String(port)} protocol={protocol} />
          <path class="board" d={`M${left + 44} ${y - 10}h202l8 10l-8 10h-202z`} />
          <text x={left + 54} y={y + 4}>
            {answers ? '' : '✕ '}
            {shorten(name, answers ? 25 : 23)}
          </text>
        </g>
      ))}
      {more > 0 && (
        <text class="port" x={left - 13} y={(placed.at(-1)?.y ?? 0) + 16}>
          +{more}
        </text>
      )}
    </>
  );
}
