import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useCallback } from 'preact/hooks';
import { Fetched } from '../Fetched';
import { ClusterPicture } from '../picture/ClusterPicture';
import { restartWith } from '../start';
import type { Target } from '../session/look';
import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';
import { Troubles } from '../world/Troubles';

const loadTables = () => import('./Tables');
const loadPacket = () => import('../picture/LivePacket');
const loadSigns = () => import('../picture/LiveSigns');

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** The cluster, as a picture or as tables: the same facts twice. */
export function ClusterPane({ board, t }: Props) {
  const { picture, tables } = board.view.value;
  const mode = board.mode.value;
  const packet = board.entries.value.at(-1)?.outcome.journeys?.at(-1);
  const pods = picture.waiting.length + picture.houses.reduce((sum, house) => sum + house.rooms.length, 0);
  const panel = useSignal<ComponentType<{ board: Board; t: Strings; onClose: () => void }> | undefined>(undefined);
  const WorldPanel = panel.value;
  const change = async () => {
    panel.value = (await import('../world/WorldPanel')).default;
  };
  const choose = useCallback(
    (key: string) => {
      board.chosen.value = key;
      board.tab.value = matchMedia('(max-width: 1099px)').matches ? 'why' : board.tab.peek();
    },
    [board],
  );
  const look = useCallback((target: Target) => (board.looked.value = target), [board]);
  const lookAtService = useCallback(
    (key: string) => {
      const [namespace = '', name = ''] = key.split('/');
      board.looked.value = { resource: 'services', name, namespace };
    },
    [board],
  );
  return (
    <section class="pane cluster" data-pane="cluster" aria-label={t.play.cluster}>
      <header class="pane-head">
        <label>
          <span class="soft">{t.play.world}</span>
          <select value={board.world.value} onChange={(event) => void restartWith(board, event.currentTarget.value)}>
            {board.worlds.value.map((world) => (
              <option key={world.name} value={world.name} title={world.about}>
                {world.name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button small" onClick={() => void change()}>
          {t.world.button}
        </button>
        <Troubles board={board} t={t} />
        <span class="soft summary">{t.play.summary(picture.houses.length, pods)}</span>
        <span class="segments" role="group" aria-label={t.play.views}>
          {(['picture', 'table'] as const).map((value) => (
            <button key={value} type="button" aria-pressed={mode === value} onClick={() => (board.mode.value = value)}>
              {t.play[value]}
            </button>
          ))}
        </span>
      </header>
      {WorldPanel && <WorldPanel board={board} t={t} onClose={() => (panel.value = undefined)} />}
      <div class="pane-body" tabIndex={0} role="region" aria-label={t.play[mode]}>
        {mode === 'picture' ? (
          <ClusterPicture
            picture={picture}
            t={t.picture}
            about={worldOf(board)?.about}
            selected={board.chosen.value}
            onSelect={choose}
          >
            {picture.signs.length > 0 && (
              <Fetched load={loadSigns} given={{ picture, t: t.picture, onLook: lookAtService }} />
            )}
            {packet && <Fetched load={loadPacket} given={{ picture, journey: packet }} />}
          </ClusterPicture>
        ) : (
          <Fetched load={loadTables} given={{ tables, t: t.play, onLook: look }} />
        )}
        {mode === 'picture' && (
          <details class="legend soft">
            <summary>{t.picture.legend}</summary>
            <ul>
              {t.picture.legendItems.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </section>
  );
}
