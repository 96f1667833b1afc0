interface MarkProps {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly protocol: string;
}

/** A listening socket: a door in an edge, its port beside it. UDP and SCTP say so. */
export function DoorShape({ x, y, label, protocol, inside }: MarkProps & { inside?: boolean }) {
  return (
    <>
      <rect class="leaf" x={x - 7} y={y - 14} width={14} height={28} rx={2} />
      <circle class="knob" cx={x + 3} cy={y} r={1.7} />
      <text class="port" x={x - 11} y={inside ? y + 25 : y - 5}>
        {label}
        {protocol !== 'TCP' && <tspan class="protocol">{protocol.toLowerCase()}</tspan>}
      </text>
    </>
  );
}

/** A host port: a ring on the node's edge. Nothing listens behind it; a rule forwards. */
export function BellShape({ x, y, label, protocol }: MarkProps) {
  return (
    <>
      <circle class="ring" cx={x} cy={y} r={8} />
      <circle class="pip" cx={x} cy={y} r={2.5} />
      <text class="port" x={x - 13} y={y - 4}>
        {label}
        {protocol !== 'TCP' && <tspan class="protocol">{protocol.toLowerCase()}</tspan>}
      </text>
    </>
  );
}

/** A door that could not be opened: an outline, and a bar across. */
export function RefusedDoor({ x, y }: { x: number; y: number }) {
  return (
    <g class="barred">
      <rect x={x - 7} y={y - 14} width={14} height={28} rx={2} />
      <path d={`M${x - 13} ${y - 9}L${x + 13} ${y + 9}M${x - 13} ${y + 9}L${x + 13} ${y - 9}`} />
    </g>
  );
}
