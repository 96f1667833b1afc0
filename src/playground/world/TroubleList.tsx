import { useSignal } from '@preact/signals';
import { act, type Board, worldOf } from '../state';
import type { Strings } from '../strings';
import { troubleLine, troubleNames } from './troubles';

interface Props {
  readonly board: Board;
  readonly t: Strings;
  readonly close: () => void;
}

/** What may befall a node. Each entry types its line in the terminal, so that one learns how it is done by hand. */
export default function TroubleList({ board, t, close }: Props) {
  const chosen = useSignal('');
  const world = worldOf(board);
  const names = board.view.value.picture.houses.map((house) => house.name);
  const node = names.includes(chosen.value) ? chosen.value : names.at(-1);
  if (!world || node === undefined) return null;
  return (
    <>
      <label>
        <span>{t.world.node}</span>
        <select value={node} onChange={(event) => (chosen.value = event.currentTarget.value)}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ul>
        {troubleNames.map((name) => {
          const line = troubleLine(name, node, world);
          return (
            line && (
              <li key={name}>
                <button
                  type="button"
                  onClick={() => {
                    close();
                    board.place.value = line.place;
                    void act(board, { kind: 'run', ...line });
                  }}
                >
                  <span>{t.world.troubles[name]}</span>
                  <code>{line.line}</code>
                </button>
              </li>
            )
          );
        })}
      </ul>
      <p class="soft">{t.world.troubleNote}</p>
    </>
  );
}
