import type { Board } from '../state';
import type { Strings } from '../strings';
import { Reasons } from './Reasons';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** Who decided what about a Pod, by which rule, looking at what. Nothing but the recorded decisions. */
export function WhyPane({ board, t }: Props) {
  const { picture, reasons } = board.view.value;
  const rooms = [...picture.waiting, ...picture.houses.flatMap((house) => house.rooms)];
  const chosen = rooms.find((room) => room.key === board.chosen.value);
  const about = chosen ? reasons.filter(({ kind, subject }) => kind === 'Pod' && subject === chosen.key) : [];
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
      <div class="pane-body" tabIndex={0} role="region" aria-label={t.play.why}>
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
        {chosen && <Reasons reasons={about} none={t.why.nothing} />}
      </div>
    </section>
  );
}
