import { useSignal } from '@preact/signals';
import { Fetched } from '../Fetched';
import { nameOf } from '../action-name';
import type { Action } from '../session/action';
import { type Board, act, stopEngine } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';
import { runForCommands, useClock } from '../use-clock';
import { TimeTrack } from './TimeTrack';

const loadLanes = () => import('./Lanes');

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** The clock of the cluster: let it run, jump, look back. It runs once something was applied; a jump ends in stillness. */
export function TimeBar({ board, t }: Props) {
  const running = board.running.value;
  const pace = board.pace.value;
  const lanes = useSignal(false);
  useClock(board);
  const hold = () => {
    board.running.value = false;
    board.startedFor.value = false;
    board.seeker.back();
  };
  const go = async (action: Action) => {
    hold();
    await act(board, action);
    runForCommands(board);
  };
  const undo = async () => {
    hold();
    const action = await board.session.undo();
    if (action) board.notice.value = t.time.undone(nameOf(action, t));
  };
  const redo = async () => {
    hold();
    const action = await board.session.redo();
    if (action) board.notice.value = t.time.redone(nameOf(action, t));
  };
  const play = () => {
    if (running) board.startedFor.value = false;
    else board.seeker.back();
    board.running.value = !running;
  };
  return (
    <section class="time" aria-label={t.time.bar}>
      <PastNote board={board} t={t} />
      {lanes.value && <Fetched load={loadLanes} given={{ board, t }} />}
      <div class="time-bar">
        <button
          type="button"
          class="button square"
          aria-label={running ? t.time.pause : t.time.play}
          aria-pressed={running}
          onClick={play}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={running ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5 13 8l-9 5.5z'} />
          </svg>
        </button>
        <output class="clock mono" aria-label={t.time.clock}>
          {clockText(board.view.value.now)}
        </output>
        <div class="moves">
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
          <button type="button" class="button" onClick={() => void go({ kind: 'next' })}>
            {t.time.next}
          </button>
          {t.time.jumps.map(({ label, seconds }) => (
            <button
              key={label}
              type="button"
              class="button"
              onClick={() => void go({ kind: 'advance', by: seconds * 1000 })}
            >
              {label}
            </button>
          ))}
          <button type="button" class="button" onClick={() => void go({ kind: 'quiet' })}>
            {t.time.quiet}
          </button>
          <button type="button" class="button" disabled={board.entries.value.length === 0} onClick={() => void undo()}>
            {t.time.undo}
          </button>
          <button type="button" class="button" disabled={board.undone.value === 0} onClick={() => void redo()}>
            {t.time.redo}
          </button>
          <button type="button" class="button" aria-expanded={lanes.value} onClick={() => (lanes.value = !lanes.value)}>
            {t.time.lanes}
          </button>
        </div>
        {board.slow.value && (
          <span class="slow" role="status">
            {t.time.slow}
            <button type="button" class="button small" onClick={() => stopEngine(board)}>
              {t.time.stop}
            </button>
          </span>
        )}
        <span class="soft notice" role="status">
          {board.notice.value}
        </span>
        <TimeTrack board={board} t={t} />
      </div>
    </section>
  );
}

/** Where in time one is, when it is not now, and the two ways on from there. */
function PastNote({ board, t }: Props) {
  const at = board.seeker.at.value;
  const shown = at !== undefined && board.seeker.view.value !== undefined;
  const goOn = async () => {
    if (at === undefined) return;
    board.seeker.back();
    await board.session.continueFrom(at);
    board.notice.value = board.undone.value > 0 ? t.time.continued : '';
  };
  return (
    <div class={shown ? 'past-note' : 'past-note hidden-text'} role="status">
      {shown && (
        <>
          <span>{t.time.looking(clockText(at))}</span>
          <button type="button" class="button small" onClick={() => board.seeker.back()}>
            {t.time.toNow}
          </button>
          <button type="button" class="button small" onClick={() => void goOn()}>
            {t.time.goOn}
          </button>
        </>
      )}
    </div>
  );
}
