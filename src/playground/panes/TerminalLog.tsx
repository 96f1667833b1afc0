import { useEffect, useMemo, useRef } from 'preact/hooks';
import { isOpen } from '../session/action';
import type { Entry } from '../session/session';
import { type Known, type Piece, linked } from '../session/links';
import type { Target } from '../session/look';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';
import { Journeys } from './Journeys';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** All that was typed and printed, the latest at the end. What was typed after the moment that is looked at is dimmed. */
export function TerminalLog({ board, t }: Props) {
  const log = useRef<HTMLDivElement>(null);
  const entries = board.entries.value;
  const past = board.seeker.at.value;
  const { picture } = board.live.value;
  const key = [...picture.waiting, ...picture.houses.flatMap((house) => house.rooms)].map((room) => room.key).join();
  const known = useMemo(() => knownIn(board), [key]);
  // Whoever reads further up is left there.
  const atEnd = useRef(true);
  useEffect(() => {
    const list = log.current;
    if (list && atEnd.current) list.scrollTop = list.scrollHeight;
  }, [entries]);
  useEffect(() => {
    atEnd.current = true;
  }, [entries.length]);
  const scrolled = (event: Event) => {
    const list = event.currentTarget;
    if (list instanceof HTMLElement) atEnd.current = list.scrollTop + list.clientHeight >= list.scrollHeight - 24;
  };
  return (
    <div
      class="log"
      role="log"
      aria-live="polite"
      aria-label={t.terminal.log}
      tabIndex={0}
      ref={log}
      onScroll={scrolled}
    >
      <ol>
        {entries.length === 0 && <li class="soft">{t.terminal.welcome}</li>}
        {entries.map((entry, i) => (
          <LogEntry
            key={i}
            entry={entry}
            later={past !== undefined && entry.outcome.from > past}
            known={known}
            onLook={(target) => (board.looked.value = target)}
            t={t}
          />
        ))}
      </ol>
    </div>
  );
}

interface EntryProps {
  readonly entry: Entry;
  readonly later: boolean;
  readonly known: Known;
  readonly onLook: (target: Target) => void;
  readonly t: Strings;
}

function LogEntry({ entry, later, known, onLook, t }: EntryProps) {
  // An entry that nothing was added to is not drawn again.
  return useMemo(() => {
    const { action, outcome } = entry;
    if (outcome.line === undefined) {
      return isJump(entry) ? (
        <li class={later ? 'passed later' : 'passed'}>
          <span>{clockText(outcome.to)}</span>
        </li>
      ) : null;
    }
    const going = isOpen(outcome);
    const state = going ? 'going' : outcome.exitCode === 0 ? 'fine' : 'failed';
    return (
      <li class={later ? `${state} later` : state}>
        <div class="line">
          <span class="soft">{outcome.place}$</span> {outcome.line}
        </div>
        {outcome.output.length > 0 && (
          <pre>
            {outcome.output.flatMap(({ stream, text }, i) =>
              linesOf(text).map((line, j) => (
                <span key={`${i}.${j}`} class={stream}>
                  {linked(line, outcome.line ?? '', known).map((piece, k) => pieceOf(piece, k, onLook))}
                </span>
              )),
            )}
          </pre>
        )}
        {outcome.journeys && <Journeys journeys={outcome.journeys} t={t} />}
        {going && <div class="soft">{t.terminal.busy}</div>}
        {!going && outcome.exitCode !== undefined && outcome.exitCode !== 0 && (
          <div class="exit">{action.kind === 'killed' ? t.terminal.killed : t.terminal.exit(outcome.exitCode)}</div>
        )}
      </li>
    );
  }, [entry, later, known]);
}

function pieceOf(piece: Piece, key: number, onLook: (target: Target) => void) {
  const { text, target } = piece;
  if (!target) return text;
  return (
    <button key={key} type="button" class="object" onClick={() => onLook(target)}>
      {text}
    </button>
  );
}

/** Time that runs by itself is on the clock; here only the jumps are told. */
function isJump({ action, outcome }: Entry): boolean {
  if (action.kind === 'advance') return action.running !== true;
  return action.kind === 'next' || action.kind === 'quiet' || (action.kind === 'reach' && outcome.to > outcome.from);
}

/** Lines with their line breaks. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function knownIn(board: Board): Known {
  const { houses, waiting } = board.live.peek().picture;
  const rooms = [...waiting, ...houses.flatMap((house) => house.rooms)];
  return {
    pods: new Map(rooms.map((room) => [room.name, room.key.replace(/\/.*$/, '')])),
    nodes: new Set(houses.map((house) => house.name)),
  };
}
