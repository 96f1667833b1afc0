import { type Signal, useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import { keepHints } from '../editor/use-assistance';
import { write } from '../files/workspace';
import { workerLanguage } from '../language/worker-language';
import type { Board } from '../state';
import type { Strings } from '../strings';

interface Props {
  readonly board: Board;
  readonly t: Strings;
  readonly hints: Signal<boolean>;
  /** The button that sends the text to the cluster. */
  readonly children: ComponentChildren;
}

/** Under the text: what is to be done with it, what is wrong with it, and the tools of the editor. */
export function EditorFoot({ board, t, hints, children }: Props) {
  // Numbers, which mostly stay what they are: the markers themselves are others after every key.
  const problems = useComputed(() => board.markers.value.length).value;
  const errors = useComputed(() => board.markers.value.filter(({ severity }) => severity === 'error').length).value;
  const sheet = useSignal<ComponentType<{ board: Board; t: Strings }> | undefined>(undefined);
  const Sheet = sheet.value;
  const tell = async () => {
    sheet.value = sheet.peek() ? undefined : (await import('./FindingsSheet')).default;
  };
  const format = async () => {
    const { current } = board.workspace.peek();
    const before = board.text.peek();
    const after = await workerLanguage.format(before).catch(() => undefined);
    // Whoever typed on meanwhile is not to lose it.
    if (board.text.peek() !== before || board.workspace.peek().current !== current) return;
    if (after !== undefined) board.workspace.value = write(board.workspace.peek(), after);
    board.notice.value =
      after === undefined ? t.editor.formatRefused : after === before ? t.editor.formatSame : t.editor.formatDone;
  };
  return (
    <footer class="pane-foot">
      {Sheet && <Sheet board={board} t={t} />}
      {children}
      <span class={errors > 0 ? 'count error' : 'count'} role="status">
        {problems === 0 ? (
          t.play.problems(0, 0)
        ) : (
          <button type="button" class="quiet" aria-expanded={Sheet !== undefined} onClick={() => void tell()}>
            {t.play.problems(errors, problems - errors)}
          </button>
        )}
      </span>
      <label class="hints-switch">
        <input
          type="checkbox"
          checked={hints.value}
          onChange={(event) => {
            hints.value = event.currentTarget.checked;
            keepHints(hints.value);
          }}
        />
        <span>{t.editor.hints}</span>
      </label>
      <button type="button" class="button small" title={t.editor.formatTitle} onClick={() => void format()}>
        {t.editor.format}
      </button>
    </footer>
  );
}
