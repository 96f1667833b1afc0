import { Fragment } from 'preact';
import type { Strings } from '../strings';
import type { Sign } from './model';
import { boardOf, describeSign } from './words';

export interface SignsProps {
  readonly signs: readonly Sign[];
  readonly t: Strings['picture'];
  /** With this a board can be chosen; without it the drawing is a plain picture. */
  readonly onLook?: (key: string) => void;
  /** A board is looked at, or none any more. */
  readonly onVisit?: (key: string | undefined) => void;
}

/** More boards than these are told in the tables only. */
const mostShown = 24;
const board = { width: 250, head: 48, line: 18, foot: 22, tip: 9 } as const;

/** The Services, each a board on a post: a name and an address that are nowhere, and lead to Pods by rules. */
export function Signs({ signs, t, onLook, onVisit }: SignsProps) {
  return (
    <ul class="signs" aria-label={t.services}>
      {signs.slice(0, mostShown).map((sign) => (
        <li key={sign.key}>
          <Board sign={sign} t={t} onLook={onLook} onVisit={onVisit} />
        </li>
      ))}
      {signs.length > mostShown && <li class="soft">{t.more(signs.length - mostShown)}</li>}
    </ul>
  );
}

function Board({ sign, t, onLook, onVisit }: Omit<SignsProps, 'signs'> & { readonly sign: Sign }) {
  const { ports, count } = boardOf(sign, t);
  const height = board.head + (ports.length + (count === '' ? 0 : 1)) * board.line + board.tip + 3;
  const label = describeSign(sign, t);
  const choose = onLook && {
    role: 'button' as const,
    tabIndex: 0,
    'aria-label': label,
    onClick: () => onLook(sign.key),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      onLook(sign.key);
    },
    onFocus: () => onVisit?.(sign.key),
    onBlur: () => onVisit?.(undefined),
  };
  return (
    <svg
      class="house sign"
      viewBox={`0 0 ${board.width} ${height}`}
      width={board.width}
      height={height}
      role={onLook ? 'group' : 'img'}
      aria-label={onLook ? undefined : label}
      data-service={sign.key}
      onMouseEnter={() => onVisit?.(sign.key)}
      onMouseLeave={() => onVisit?.(undefined)}
    >
      <g class={count !== '' && sign.backends.length === 0 ? 'refuse' : 'good'} {...choose}>
        <path class="board wall" d={outline(height)} />
        <BoardText read={boardOf(sign, t)} full={sign.name} height={height} />
      </g>
    </svg>
  );
}

interface BoardTextProps {
  readonly read: ReturnType<typeof boardOf>;
  readonly full: string;
  readonly height: number;
}

/** What can be read on a board. Blanks between the lines, so that they are words of their own wherever the text is taken from. */
function BoardText({ read: { name, type, address, ports, count }, full, height }: BoardTextProps) {
  const { tip, width, line } = board;
  return (
    <>
      <text class="room-name" x={13} y={tip + 22}>
        {name !== full && <title>{full}</title>}
        {name}
      </text>{' '}
      <text class="kind" x={width - 13} y={tip + 22}>
        {type}
      </text>{' '}
      {[address, ...ports].map((text, i) => (
        <Fragment key={text}>
          <text class="address" x={13} y={tip + 41 + i * line}>
            {text}
          </text>{' '}
        </Fragment>
      ))}
      <text class="state" x={13} y={height - 10}>
        {count}
      </text>
    </>
  );
}

/** A board, and above it the point that shows up to the houses. */
function outline(height: number): string {
  const { width, tip } = board;
  const [right, bottom, middle] = [width - 1, height - 1, width / 2];
  return [
    `M7 ${tip}H${middle - tip}L${middle} 1L${middle + tip} ${tip}H${right - 6}Q${right} ${tip} ${right} ${tip + 6}`,
    `V${bottom - 6}Q${right} ${bottom} ${right - 6} ${bottom}H7Q1 ${bottom} 1 ${bottom - 6}V${tip + 6}Q1 ${tip} 7 ${tip}Z`,
  ].join('');
}
