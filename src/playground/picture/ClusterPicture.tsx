import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { useNear } from '../panes/use-near';
import type { Strings } from '../strings';
import { NodeHouse } from './NodeHouse';
import type { House, Picture, Room } from './model';
import { glyph } from './words';

interface Props {
  readonly picture: Picture;
  readonly t: Strings['picture'];
  /** What kind of cluster it is, told while nothing is in it. */
  readonly about?: string;
  readonly selected?: string;
  readonly onSelect?: (key: string) => void;
  /** What stands below the houses: the Services, where there are any. */
  readonly children?: ComponentChildren;
}

/** More houses than these are drawn only near what is seen; the others are outlines. */
const fewHouses = 12;

/** All nodes side by side on the same ground, each as high as what is in it, and below them the Pods that are on no node. */
export function ClusterPicture({ picture, t, about, selected, onSelect, children }: Props) {
  const empty = picture.waiting.length === 0 && picture.houses.every((house) => house.rooms.length === 0);
  const many = onSelect !== undefined && picture.houses.length > fewHouses;
  return (
    <div class="picture">
      <div class="street">
        {picture.houses.map((house) => {
          const here = house.rooms.some((room) => room.key === selected) ? selected : undefined;
          const Place = many ? Plot : Standing;
          return <Place key={house.name} house={house} t={t} selected={here} onSelect={onSelect} />;
        })}
      </div>
      {empty && (
        <div class="soft none">
          {about && <p>{about}</p>}
          <p>{t.empty}</p>
        </div>
      )}
      {children}
      {picture.waiting.length > 0 && (
        <ul class="waiting" aria-label={t.waiting}>
          {picture.waiting.map((room) => (
            <Waiting key={room.key} room={room} t={t} chosen={room.key === selected} onSelect={onSelect} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface StandingProps extends Omit<Props, 'picture' | 'children'> {
  readonly house: House;
  readonly outline?: boolean;
}

function Plot(props: StandingProps) {
  const plot = useRef<HTMLDivElement>(null);
  const near = useNear(plot, false);
  return (
    <div class="plot" ref={plot}>
      <Standing {...props} outline={!near} />
    </div>
  );
}

/** A house is drawn anew only when it is another one: of a hundred, few change in a moment. */
function Standing({ house, t, selected, onSelect, outline }: StandingProps) {
  return useMemo(
    () => <NodeHouse house={house} t={t} leastBody={20} selected={selected} onSelect={onSelect} outline={outline} />,
    [house, t, selected, onSelect, outline],
  );
}

interface WaitingProps {
  readonly room: Room;
  readonly chosen: boolean;
  readonly t: Strings['picture'];
  readonly onSelect?: (key: string) => void;
}

function Waiting({ room, chosen, t, onSelect }: WaitingProps) {
  return (
    <li class={`on-no-node ${room.tone}`}>
      <span class="glyph" aria-hidden="true">
        {glyph[room.tone]}
      </span>
      <span>
        <b>{room.name}</b>
        <span class="state">
          {room.status} · {t.onNoNode}
        </span>
      </span>
      {onSelect && (
        <button type="button" class="quiet" aria-pressed={chosen} onClick={() => onSelect(room.key)}>
          {t.why}
          <span class="hidden-text"> {room.name}</span>
        </button>
      )}
    </li>
  );
}
