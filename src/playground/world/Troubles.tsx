import { Fetched } from '../Fetched';
import { DropDown } from '../panes/DropDown';
import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

const load = () => import('./TroubleList');

/** The menu of what may befall a node; it is fetched when it is opened. */
export function Troubles({ board, t }: Props) {
  if (!worldOf(board) || board.view.value.picture.houses.length === 0) return null;
  return (
    <DropDown class="troubles" summary={t.world.trouble} summaryClass="button small">
      {(close) => <Fetched load={load} given={{ board, t, close }} />}
    </DropDown>
  );
}
