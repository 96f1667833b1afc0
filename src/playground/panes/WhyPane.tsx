import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { EngineLost } from '../session/engine-host';
import type { Board } from '../state';
import type { Lessons } from '../check/shown';
import type { Strings } from '../strings';
import { Doors, NodeTable } from '../why/Doors';
import type { PodWhy } from '../why/pod-why';
import { type ErrorLink, errorLinkOf } from '../why/error-link';
import { Reasons } from './Reasons';

interface Props {
  readonly board: Board;
  readonly lessons?: Lessons;
  readonly errors?: readonly ErrorLink[];
  readonly t: Strings;
}

/** Who decided what about a Pod, by which rule, looking at what. Nothing but the recorded decisions. */
export function WhyPane({ board, lessons, errors, t }: Props) {
  const lesson = lessons?.l02;
  const { picture, reasons } = board.view.value;
  const rooms = [...picture.waiting, ...picture.houses.flatMap((house) => house.rooms)];
  const chosen = rooms.find((room) => room.key === board.chosen.value);
  const about = chosen ? reasons.filter(({ kind, subject }) => kind === 'Pod' && subject === chosen.key) : [];
  const why = usePodWhy(board, chosen?.key);
  const texts = [chosen?.said ?? '', ...(why?.doors ?? []).map(({ text }) => text)];
  const explained = texts.map((text) => errorLinkOf(text, errors)).find((link) => link !== undefined);
  return (
    <section class="pane why" data-pane="why" aria-label={t.play.why}>
      <header class="pane-head">
        <h2>{t.play.why}</h2>
        {rooms.length > 0 && (
          <label>
            <span class="hidden-text">{t.why.pod}</span>
            <select value={chosen?.key ?? ''} onChange={(event) => (board.chosen.value = event.currentTarget.value)}>
              {!chosen && <option value="">{t.why.pod} …</option>}
              {rooms.map((room) => (
                <option key={room.key} value={room.key}>
                  {room.name}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <div class="pane-body" tabIndex={0} role="region" aria-label={chosen ? t.why.title(chosen.name) : t.why.latest}>
        {!chosen && <p class="soft">{t.why.choose}</p>}
        {chosen && (
          <p class={`verdict ${chosen.tone}`}>
            <b>{chosen.status}</b> · {chosen.ready} {t.picture.ready}
            {chosen.restarts > 0 && ` · ${t.picture.restarts(chosen.restarts)}`}
          </p>
        )}
        {chosen?.said !== undefined && (
          <div class="log-end">
            {t.why.logEnd}
            <pre tabIndex={0}>{chosen.said}</pre>
          </div>
        )}
        {why && <Doors why={why} t={t.doors} />}
        {why && <NodeTable why={why} t={t.doors} />}
        {explained && (
          <p>
            <a href={explained.href}>{t.errors.about}</a>
          </p>
        )}
        {why?.hostNetwork && lesson && (
          <p>
            <a href={lesson.href}>{lesson.title}</a>
          </p>
        )}
        {chosen && about.length > 0 && <h3>{t.doors.decisions}</h3>}
        {chosen && <Reasons reasons={about} none={t.why.nothing} />}
      </div>
    </section>
  );
}

/** Asks anew whenever the cluster or the moment that is looked at is another. */
function usePodWhy(board: Board, key: string | undefined): PodWhy | undefined {
  const found = useSignal<{ readonly key: string; readonly why: PodWhy | undefined } | undefined>(undefined);
  const view = board.view.value;
  const at = board.seeker.at.value;
  useEffect(() => {
    if (key === undefined) return undefined;
    let stale = false;
    board.session.why(key, at).then(
      (why) => {
        if (!stale) found.value = { key, why };
      },
      (error: unknown) => {
        if (!(error instanceof EngineLost)) throw error;
      },
    );
    return () => (stale = true);
  }, [key, view, at]);
  return found.value?.key === key ? found.value?.why : undefined;
}
