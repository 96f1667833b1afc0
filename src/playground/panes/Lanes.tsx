import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Happening } from '../session/happenings';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** The latest things that are told in words. */
const told = 24;

/** A piece of time that is drawn, in virtual milliseconds. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Who did what when: a lane for each component, and in words what had happened up to the moment that is looked at. */
export default function Lanes({ board, t }: Props) {
  const zoom = useSignal(0);
  const onlyChosen = useSignal(false);
  const { now } = board.live.value;
  const at = board.seeker.at.value ?? now;
  const chosen = board.chosen.value;
  const all = board.happened.value;
  const shown = useMemo(
    () => (onlyChosen.value && chosen !== undefined ? all.filter(({ pod }) => pod === chosen) : all),
    [all, chosen, onlyChosen.value],
  );
  const span = spanOf(zoom.value, at, now);
  const lanes = useMemo(() => lanesOf(shown), [shown]);
  const seek = (to: number) => {
    board.running.value = false;
    board.startedFor.value = false;
    if (to >= now) board.seeker.back();
    else board.seeker.to(Math.max(0, Math.round(to)));
  };
  const until = shown.findLastIndex((one) => one.at <= at) + 1;
  return (
    <div class="lanes" role="region" aria-label={t.lanes.title}>
      <header>
        <h2>{t.lanes.title}</h2>
        <label>
          <span class="soft">{t.lanes.zoom}</span>
          <select value={String(zoom.value)} onChange={(event) => (zoom.value = Number(event.currentTarget.value))}>
            {t.lanes.zooms.map(({ label, seconds }) => (
              <option key={label} value={String(seconds * 1000)}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={onlyChosen.value && chosen !== undefined}
            disabled={chosen === undefined}
            onChange={(event) => (onlyChosen.value = event.currentTarget.checked)}
          />
          <span>{chosen === undefined ? t.lanes.chooseFirst : t.lanes.only(chosen.replace(/^.*\//, ''))}</span>
        </label>
      </header>
      <div class="lanes-body">
        <div class="lane-rows">
          {lanes.map(([lane, happenings]) => (
            <Lane key={lane} name={laneName(lane, t)} happenings={happenings} span={span} at={at} onSeek={seek} />
          ))}
          <p class="lane-ends soft mono" aria-hidden="true">
            <span>{clockText(span.from)}</span>
            <span>{clockText(span.to)}</span>
          </p>
        </div>
        <ol class="happened" aria-label={t.lanes.upTo(clockText(at))} tabIndex={0}>
          {until === 0 && <li class="soft">{t.lanes.nothing}</li>}
          {shown
            .slice(Math.max(0, until - told), until)
            .reverse()
            .map((one, i) => (
              <li key={until - i} class={one.warning ? 'warning' : ''}>
                <button type="button" onClick={() => seek(one.at)}>
                  <time class="mono">{clockText(one.at)}</time>
                  <span class="who">{laneName(one.lane, t)}</span>
                  <span class="what">{whatOf(one, t)}</span>
                </button>
              </li>
            ))}
        </ol>
      </div>
    </div>
  );
}

interface LaneProps {
  readonly name: string;
  readonly happenings: readonly Happening[];
  readonly span: Span;
  readonly at: number;
  readonly onSeek: (at: number) => void;
}

/** One component's line. The pointer's way to a moment; the list beside it and the slider are the keyboard's. */
function Lane({ name, happenings, span, at, onSeek }: LaneProps) {
  const length = Math.max(1, span.to - span.from);
  const paths = useMemo(() => {
    const strokes = (warning: boolean) => {
      const columns = happenings.flatMap((one) =>
        one.warning === warning && one.at >= span.from && one.at <= span.to
          ? [Math.round(((one.at - span.from) / length) * 500) * 2]
          : [],
      );
      return [...new Set(columns)].map((x) => `M${x} ${warning ? 3 : 7}V${warning ? 21 : 17}`).join('');
    };
    return { normal: strokes(false), warning: strokes(true) };
  }, [happenings, span.from, span.to]);
  const x = ((at - span.from) / length) * 1000;
  return (
    <div class="lane">
      <span class="lane-name">{name}</span>
      <svg
        viewBox="0 0 1000 24"
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onSeek(span.from + ((event.clientX - box.left) / box.width) * length);
        }}
      >
        <path class="axis" d="M0 12H1000" />
        <path class="normal" d={paths.normal} />
        <path class="warning" d={paths.warning} />
        <path class="now" d={`M${x} 0V24`} />
      </svg>
    </div>
  );
}

/** `width` milliseconds around a moment; 0: everything. */
function spanOf(width: number, at: number, now: number): Span {
  if (width === 0 || width >= now) return { from: 0, to: Math.max(1, now) };
  const from = Math.max(0, Math.min(at - width / 2, now - width));
  return { from, to: from + width };
}

const order = ['api', 'scheduler', 'controllers', 'kubelet', 'network'];

/** The lanes in the order in which a Pod comes to life. */
function lanesOf(happened: readonly Happening[]): [string, Happening[]][] {
  const rank = (lane: string) => order.findIndex((name) => lane.startsWith(name));
  const lanes = Map.groupBy(happened, ({ lane }) => lane);
  for (const lane of ['api', 'scheduler', 'controllers', 'network']) if (!lanes.has(lane)) lanes.set(lane, []);
  return [...lanes].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function laneName(lane: string, t: Strings): string {
  const { names } = t.lanes;
  if (lane.startsWith('kubelet/')) return names.kubelet(lane.slice('kubelet/'.length));
  if (lane === 'api') return names.api;
  if (lane === 'scheduler') return names.scheduler;
  return lane === 'network' ? names.network : names.controllers;
}

function whatOf({ subject, verb, text }: Happening, t: Strings): string {
  return verb ? `${subject} ${t.lanes.verbs[verb]}${text && ` ${text}`}` : `${subject}: ${text}`;
}
