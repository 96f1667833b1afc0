import { Editor } from '../editor/Editor';
import { type Board, act } from '../state';
import type { Strings } from '../strings';
import { comeAlive, restartWith } from '../start';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** The manifest and the button that sends it to the cluster. */
export function EditorPane({ board, t }: Props) {
  const presets = board.presets.value;
  const markers = board.markers.value;
  const errors = markers.filter((marker) => marker.severity === 'error').length;
  const pick = (id: string) => {
    const preset = presets.find((entry) => entry.id === id);
    if (!preset) return;
    board.file.value = preset.file;
    board.text.value = preset.text;
    if (preset.world && preset.world !== board.world.value) void restartWith(board, preset.world);
  };
  const apply = async () => {
    const { exitCode } = await act(board, { kind: 'apply', file: board.file.value, text: board.text.value });
    // On a small screen one part is seen at a time: the cluster that comes alive, or the words of whoever refused.
    if (matchMedia('(max-width: 1099px)').matches) board.tab.value = exitCode === 0 ? 'cluster' : 'terminal';
    if (exitCode === 0) await comeAlive(board, t);
  };
  return (
    <section class="pane edit" data-pane="edit" aria-label={t.play.edit}>
      <header class="pane-head">
        <label>
          <span class="soft">{t.play.manifest}</span>
          <select
            value={presets.find((entry) => entry.file === board.file.value)?.id}
            onChange={(event) => pick(event.currentTarget.value)}
          >
            {presets.map((preset) => (
              <option key={preset.id} value={preset.id}>
                {preset.title}
              </option>
            ))}
          </select>
        </label>
      </header>
      <Editor
        label={t.play.editor}
        value={board.text.value}
        markers={markers}
        onChange={(text) => (board.text.value = text)}
      />
      <footer class="pane-foot">
        <button type="button" class="button primary" disabled={board.busy.value} onClick={() => void apply()}>
          {t.play.apply}
        </button>
        <code class="soft">{board.file.value}</code>
        <span class={errors > 0 ? 'count error' : 'count'} role="status">
          {t.play.problems(errors, markers.length - errors)}
        </span>
      </footer>
    </section>
  );
}
