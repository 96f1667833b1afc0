import type { Strings } from '../strings';
import { GroundDoors } from './GroundDoors';
import { NodePorts } from './NodePorts';
import { RoomDrawing } from './RoomDrawing';
import { type Layout, drawing, layout, shorten } from './geometry';
import type { House } from './model';
import { type Attempt, Visitor } from './Visitor';
import { describeHouse } from './words';

export interface NodeHouseProps {
  readonly house: House;
  readonly t: Strings['picture'];
  /** A figure outside the house who tries some ports. */
  readonly attempts?: readonly Attempt[];
  readonly selected?: string;
  /** With this the rooms can be chosen; without it the drawing is a plain picture. */
  readonly onSelect?: (key: string) => void;
  /** Houses that stand side by side are drawn equally high. */
  readonly height?: number;
  readonly leastBody?: number;
  /** As high and wide as it is, with nothing inside: it is out of sight. */
  readonly outline?: boolean;
}

/** A node: a house whose edge is its network. Doors are listening ports, bells are forwarded ones. */
export function NodeHouse({ house, t, attempts, selected, onSelect, height, leastBody, outline }: NodeHouseProps) {
  const left = drawing.gutter + (attempts ? drawing.visitor : 0);
  const placed = layout(house, leastBody);
  const bottom = Math.max(placed.bodyHeight, height ?? 0);
  const width = left + drawing.house + 8;
  const label = describeHouse(house, t);
  return (
    <svg
      class="house"
      data-node={house.name}
      viewBox={`0 0 ${width} ${bottom + 22}`}
      width={width}
      height={outline ? bottom + 22 : undefined}
      role={onSelect && !outline ? 'group' : 'img'}
      aria-label={label}
    >
      <path class={house.status === 'Ready' ? 'walls' : 'walls down'} d={walls(left, bottom)} />
      <text class="house-name" x={left + drawing.house / 2} y={58}>
        {house.name.length > 26 && <title>{house.name}</title>}
        {shorten(house.name, 26)}
      </text>
      <text class="address" x={left + drawing.house / 2} y={78}>
        {house.address === house.name ? t.node : house.address}
        {house.status !== 'Ready' && ` · ${house.status}`}
      </text>
      {!outline && (
        <NodePorts placed={placed.nodePorts} more={house.nodePorts.length - placed.nodePorts.length} left={left} />
      )}
      {!outline && <Rooms placed={placed} left={left} t={t} selected={selected} onSelect={onSelect} />}
      {!outline && <GroundDoors doors={placed.ground} left={left} y={bottom} />}
      {attempts && <Visitor attempts={attempts} placed={placed} left={left} t={t} />}
    </svg>
  );
}

function Rooms(props: { placed: Layout; left: number } & Pick<NodeHouseProps, 't' | 'selected' | 'onSelect'>) {
  const { placed, left, t, selected, onSelect } = props;
  return (
    <>
      {placed.rooms.map((room) => (
        <RoomDrawing
          key={room.room.key}
          placed={room}
          left={left}
          t={t}
          selected={selected === room.room.key}
          onSelect={onSelect}
        />
      ))}
    </>
  );
}

/** The outline: walls, and a roof with softened corners. */
function walls(left: number, bottom: number): string {
  const right = left + drawing.house;
  const middle = left + drawing.house / 2;
  const eaves = drawing.roof;
  return [
    `M${left} ${eaves + 2}`,
    `Q${left} ${eaves - 2} ${left + 5} ${eaves - 4}`,
    `L${middle - 6} 9 Q${middle} 6.5 ${middle + 6} 9`,
    `L${right - 5} ${eaves - 4} Q${right} ${eaves - 2} ${right} ${eaves + 2}`,
    `V${bottom - 8} Q${right} ${bottom} ${right - 8} ${bottom}`,
    `H${left + 8} Q${left} ${bottom} ${left} ${bottom - 8} Z`,
  ].join(' ');
}
