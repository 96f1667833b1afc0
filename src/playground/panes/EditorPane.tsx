import { useSignal } from '@preact/signals';
import type { ComponentProps, ComponentType } from 'preact';
import type { Assistance } from '../editor/assistance';
import { Editor } from '../editor/Editor';
import { useAssistance } from '../editor/use-assistance';
import { openFiles } from '../files/open-files';
import { write } from '../files/workspace';
import { type Board, act } from '../state';
import type { Strings } from '../strings';
import { comeAlive, openPreset } from '../start';
import { EditorFoot } from './EditorFoot';
import { EditTasks } from './EditTask';
import { FileTabs } from './FileTabs';
import type SharePanel from './SharePanel';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** The manifests and the button that sends the one that is seen to the cluster. */
export function EditorPane({ board, t }: Props) {
  const { assistance, hints } = useAssistance(board, t);
  const dropping = useSignal(false);
  const apply = async () => {
    const { exitCode } = await act(board, { kind: 'apply', file: board.file.value, text: board.text.value });
    // On a small screen one part is seen at a time: the cluster that comes alive, or the words of whoever refused.
    if (matchMedia('(max-width: 1099px)').matches) board.tab.value = exitCode === 0 ? 'cluster' : 'terminal';
    if (exitCode === 0) await comeAlive(board, t);
  };
  const take = (event: Event, from: DataTransfer | null) => {
    dropping.value = false;
    if (!from || from.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void openFiles(board, [...from.files], t);
  };
  return (
    <section
      class={dropping.value ? 'pane edit dropping' : 'pane edit'}
      data-pane="edit"
      data-drop={t.files.drop}
      aria-label={t.play.edit}
      onDragOverCapture={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        dropping.value = true;
      }}
      onDragLeave={() => (dropping.value = false)}
      onDropCapture={(event) => take(event, event.dataTransfer)}
      onPasteCapture={(event) => take(event, event.clipboardData)}
    >
      <EditorHead board={board} t={t} />
      <FileTabs board={board} t={t} />
      <SeenFile board={board} t={t} assistance={assistance} />
      <EditTasks board={board} t={t} />
      <EditorFoot board={board} t={t} hints={hints}>
        <button
          type="button"
          class="button primary"
          disabled={board.busy.value || board.seeker.at.value !== undefined}
          onClick={() => void apply()}
        >
          {t.play.apply}
        </button>
      </EditorFoot>
    </section>
  );
}

/** The editor with the file that is seen: what is drawn anew at every key is here, and nothing else. */
function SeenFile({ board, t, assistance }: Props & { readonly assistance: Assistance }) {
  return (
    <Editor
      label={t.play.editor}
      file={board.file.value}
      value={board.text.value}
      markers={board.markers.value}
      assistance={assistance}
      onChange={(text) => (board.workspace.value = write(board.workspace.value, text))}
    />
  );
}

/** The menu of manifests, and the way to take all this along. */
function EditorHead({ board, t }: Props) {
  const presets = board.presets.value;
  const chosen = presets.find((entry) => entry.file === board.file.value);
  const panel = useSignal<ComponentType<ComponentProps<typeof SharePanel>> | undefined>(undefined);
  const Panel = panel.value;
  const share = async () => {
    panel.value = (await import('./SharePanel')).default;
  };
  const compare = async () => {
    panel.value = (await import('./ComparePanel')).default;
  };
  return (
    <header class="pane-head">
      <label>
        <span class="soft">{t.play.manifest}</span>
        <select value={chosen?.id ?? ''} onChange={(event) => openPreset(board, event.currentTarget.value)}>
          {!chosen && <option value="">{t.files.ownFile}</option>}
          {presets.map((preset) => (
            <option key={preset.id} value={preset.id}>
              {preset.title}
            </option>
          ))}
        </select>
      </label>
      <span class="tools">
        <button type="button" class="button small" onClick={() => void compare()}>
          {t.compare.button}
        </button>
        <button type="button" class="button small" onClick={() => void share()}>
          {t.share.button}
        </button>
      </span>
      {Panel && <Panel board={board} t={t} onClose={() => (panel.value = undefined)} />}
    </header>
  );
}
