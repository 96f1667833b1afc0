import { useMemo } from 'preact/hooks';
import type { Happening } from '../session/happenings';
import type { Mark } from '../session/marks';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

const second = 1_000;

/** A slider from the beginning to now, with the events as marks on it; under it the latest of them in words. */
export function TimeTrack({ board, t }: Props) {
  const { now } = board.live.value;
  const at = board.seeker.at.value ?? now;
  const { marks } = board.view.value;
  const latest = marks.at(-1);
  const words = latest ? t.time.latest(marks.length, wordsOf(latest, t)) : t.time.noEvents;
  const seek = (wanted: number) => {
    board.running.value = false;
    board.startedFor.value = false;
    const to = Math.max(0, Math.min(wanted, now));
    if (to >= now) board.seeker.back();
    else board.seeker.to(to);
  };
  const press = (event: KeyboardEvent) => {
    const to = wantedBy(event, at, now, eventsOf(board.happened.peek()));
    if (to === undefined) return;
    event.preventDefault();
    seek(to);
  };
  return (
    <div class="track">
      <div class="rail">
        <Marks board={board} />
        <input
          type="range"
          min={0}
          max={now}
          step={1}
          value={at}
          disabled={now === 0}
          aria-label={t.time.slider}
          aria-valuetext={t.time.sliderText(clockText(at), clockText(now), words)}
          title={t.time.sliderKeys}
          onInput={(event) => seek(Number(event.currentTarget.value))}
          onKeyDown={press}
        />
      </div>
      <p class="latest soft">{words}</p>
    </div>
  );
}

/** What is worth a stop: every write to the API would be too many. */
function eventsOf(happened: readonly Happening[]): readonly Happening[] {
  return happened.filter(({ lane }) => lane !== 'api');
}

/** Warnings are higher than the rest. Drawn anew when the cluster moves, not when one looks back. */
function Marks({ board }: { readonly board: Board }) {
  const { now } = board.live.value;
  const happened = board.happened.value;
  const [normal, warning] = useMemo(() => {
    const events = eventsOf(happened);
    return [false, true].map((wanted) => {
      const columns = events.flatMap(({ at, warning: is }) =>
        is === wanted ? [Math.round((at / (now || 1)) * 500) * 2] : [],
      );
      return [...new Set(columns)].map((x) => `M${x} ${wanted ? 4 : 8}V${wanted ? 22 : 18}`).join('');
    });
  }, [happened, now]);
  return (
    <svg viewBox="0 0 1000 26" preserveAspectRatio="none" aria-hidden="true">
      <path class="axis" d="M0 13H1000" />
      <path class="normal" d={normal} />
      <path class="warning" d={warning} />
    </svg>
  );
}

/** Arrows: a second, with Shift ten; Page Up and Page Down: the next event, the one before; Home, End: beginning, now. */
function wantedBy(
  { key, shiftKey }: KeyboardEvent,
  at: number,
  now: number,
  events: readonly Happening[],
): number | undefined {
  const step = second * (shiftKey ? 10 : 1);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return at - step;
    case 'ArrowRight':
    case 'ArrowUp':
      return at + step;
    case 'PageUp':
      return events.find((one) => one.at > at)?.at ?? now;
    case 'PageDown':
      return events.findLast((one) => one.at < at)?.at ?? 0;
    case 'Home':
      return 0;
    case 'End':
      return now;
    default:
      return undefined;
  }
}

function wordsOf(mark: Mark, t: Strings): string {
  return t.time.event(clockText(mark.at), mark.reason, mark.about);
}
