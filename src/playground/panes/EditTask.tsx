import { useEffect } from 'preact/hooks';
import { add, remove, show, write } from '../files/workspace';
import { type Board, act } from '../state';
import type { Strings } from '../strings';
import { runForCommands } from '../use-clock';

interface Props {
  readonly board: Board;
  readonly place: string;
  readonly text: string;
  readonly t: Strings;
}

/** The tab in which a command's text is edited. */
function tabOf(place: string): string {
  return `kubectl-edit-${place.replace(/[^-a-z0-9]/gi, '-')}.yaml`;
}

/** Commands that wait for a text: `kubectl edit`. */
export function EditTasks({ board, t }: Omit<Props, 'place' | 'text'>) {
  const { asked } = board.live.value.terminals;
  return (
    <>
      {asked.map(({ place, text }) => (
        <EditTask key={place} board={board} place={place} text={text} t={t} />
      ))}
    </>
  );
}

/** The text lies in a tab of the editor, and is saved or given up here. */
function EditTask({ board, place, text, t }: Props) {
  const tab = tabOf(place);
  useEffect(() => {
    const workspace = board.workspace.peek();
    const open = workspace.files.some((file) => file.name === tab);
    board.workspace.value = open ? write(show(workspace, tab), text) : add(workspace, [{ name: tab, text }]);
    board.tab.value = 'edit';
    return () => {
      board.workspace.value = remove(board.workspace.peek(), tab);
    };
  }, [text, tab, board]);
  const finish = async (edited: string) => {
    await act(board, { kind: 'edited', place, text: edited });
    board.tab.value = 'terminal';
    runForCommands(board);
  };
  const now = () => board.workspace.peek().files.find((file) => file.name === tab)?.text ?? text;
  return (
    <div class="edit-task" role="group" aria-label={t.terminal.editing(tab)}>
      <span>{t.terminal.editing(tab)}</span>
      <button type="button" class="button small primary" onClick={() => void finish(now())}>
        {t.terminal.saveEdit}
      </button>
      <button type="button" class="button small" onClick={() => void finish(text)}>
        {t.terminal.cancelEdit}
      </button>
    </div>
  );
}
