import { useEffect } from 'preact/hooks';
import type { Action } from '../session/action';
import type { Mark } from '../session/marks';
import { type Board, act } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** Milliseconds of the reader's time between two steps of the cluster's, while time is let run. */
const tick = 250;

/** The clock of the cluster: let it run, jump, go back. It runs once something was applied; a jump ends in stillness. */
export function TimeBar({ board, t }: Props) {
  const { now, marks } = board.view.value;
  const running = board.running.value;
  const pace = board.pace.value;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      // The timer may outlive the press that stopped the clock by one beat.
      if (board.running.peek()) void board.session.act({ kind: 'advance', by: tick * pace, running: true });
    }, tick);
    return () => clearInterval(timer);
  }, [running, pace, board]);
  const go = (action: Action) => {
    board.running.value = false;
    void act(board, action);
  };
  const undo = async () => {
    board.running.value = false;
    const action = await board.session.undo();
    if (action) board.notice.value = t.time.undone(nameOf(action, t));
  };
  const redo = async () => {
    board.running.value = false;
    const action = await board.session.redo();
    if (action) board.notice.value = t.time.redone(nameOf(action, t));
  };
  return (
    <section class="time-bar" aria-label={t.time.bar}>
      <button
        type="button"
        class="button square"
        aria-label={running ? t.time.pause : t.time.play}
        aria-pressed={running}
        onClick={() => (board.running.value = !running)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={running ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5 13 8l-9 5.5z'} />
        </svg>
      </button>
      <output class="clock mono" aria-label={t.time.clock}>
        {clockText(now)}
      </output>
      <select
        class="pace"
        aria-label={t.time.speed}
        value={String(pace)}
        onChange={(event) => (board.pace.value = Number(event.currentTarget.value))}
      >
        {t.time.paces.map((times) => (
          <option key={times} value={String(times)}>
            {t.time.times(times)}
          </option>
        ))}
      </select>
      <div class="jumps">
        <button type="button" class="button" onClick={() => go({ kind: 'next' })}>
          {t.time.next}
        </button>
        {t.time.jumps.map(({ label, seconds }) => (
          <button key={label} type="button" class="button" onClick={() => go({ kind: 'advance', by: seconds * 1000 })}>
            {label}
          </button>
        ))}
        <button type="button" class="button" onClick={() => go({ kind: 'quiet' })}>
          {t.time.quiet}
        </button>
      </div>
      <Track now={now} marks={marks} t={t} />
      <span class="soft notice" role="status">
        {board.notice.value}
      </span>
      <button type="button" class="button" disabled={board.entries.value.length === 0} onClick={() => void undo()}>
        {t.time.undo}
      </button>
      <button type="button" class="button" disabled={board.undone.value === 0} onClick={() => void redo()}>
        {t.time.redo}
      </button>
    </section>
  );
}

/** Events as marks on a line from the beginning to now, warnings higher than ordinary ones; under it the same in words. */
function Track({ now, marks, t }: { now: number; marks: readonly Mark[]; t: Strings }) {
  const width = 400;
  const x = (at: number) => 6 + (now > 0 ? at / now : 0) * (width - 14);
  const latest = marks.at(-1);
  const words = (mark: Mark) => t.time.event(clockText(mark.at), mark.reason, mark.about);
  return (
    <div class="track">
      <svg viewBox={`0 0 ${width} 26`} preserveAspectRatio="none" aria-hidden="true">
        <path class="axis" d={`M6 13H${width - 8}`} />
        {marks.map((mark, i) => (
          <rect
            key={i}
            class={mark.warning ? 'warning' : 'normal'}
            x={x(mark.at) - 2}
            y={mark.warning ? 4 : 9}
            width={4}
            height={mark.warning ? 18 : 8}
            rx={1.5}
          >
            <title>{words(mark)}</title>
          </rect>
        ))}
        <path class="now" d={`M${x(now)} 1V25`} />
      </svg>
      <p class="latest soft">{latest ? t.time.latest(marks.length, words(latest)) : t.time.noEvents}</p>
    </div>
  );
}

function nameOf(action: Action, t: Strings): string {
  if (action.kind === 'run') return action.line;
  if (action.kind === 'apply') return `${t.play.apply} ${action.file}`;
  if (action.kind === 'advance') return `+${clockText(action.by)}`;
  if (action.kind === 'reach') return clockText(action.at);
  return action.kind === 'next' ? t.time.next : t.time.quiet;
}
