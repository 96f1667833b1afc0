import { useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { openFiles } from '../files/open-files';
import { add, remove, rename, show } from '../files/workspace';
import type { Board } from '../state';
import type { Strings } from '../strings';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** The open files as tabs; the one that is seen can be renamed and closed. */
export function FileTabs({ board, t }: Props) {
  const renaming = useSignal(false);
  const chooser = useRef<HTMLInputElement>(null);
  // By their names alone: what is in them changes at every key. A slash is in no name.
  const names = useComputed(() => board.workspace.value.files.map(({ name }) => name).join('/')).value.split('/');
  const seen = board.file.value;
  const change = (next: (workspace: typeof board.workspace.value) => typeof board.workspace.value) => {
    renaming.value = false;
    board.workspace.value = next(board.workspace.value);
  };
  const settle = (name: string) => {
    if (!renaming.value) return;
    renaming.value = false;
    if (name.trim() === seen) return;
    const renamed = rename(board.workspace.value, seen, name);
    if (typeof renamed === 'string') board.banner.value = { tone: 'refuse', text: t.files.faults[renamed] };
    else board.workspace.value = renamed;
  };
  return (
    <div class="file-tabs" role="group" aria-label={t.files.tabs}>
      {names.map((name) =>
        name === seen ? (
          <span class="file-tab" key={name}>
            {renaming.value ? (
              <NameField name={name} label={t.files.name} onSettle={settle} onGiveUp={() => (renaming.value = false)} />
            ) : (
              <button type="button" aria-pressed onDblClick={() => (renaming.value = true)}>
                {name}
              </button>
            )}
            <Small
              label={t.files.rename(name)}
              path="M3 13l1-3.5L11 2.5l2.5 2.5-7 7z"
              onClick={() => (renaming.value = true)}
            />
            {names.length > 1 && (
              <Small
                label={t.files.close(name)}
                path="M4 4l8 8M12 4l-8 8"
                onClick={() => change((all) => remove(all, name))}
              />
            )}
          </span>
        ) : (
          <span class="file-tab" key={name}>
            <button type="button" aria-pressed={false} onClick={() => change((all) => show(all, name))}>
              {name}
            </button>
          </span>
        ),
      )}
      <Small
        label={t.files.add}
        path="M8 3v10M3 8h10"
        onClick={() => {
          change((all) => add(all, [{ name: 'manifest.yaml', text: '' }]));
          renaming.value = true;
        }}
      />
      <Small label={t.files.open} path="M2 13V4h4l1.5 2H14v7z" onClick={() => chooser.current?.click()} />
      <input
        type="file"
        multiple
        hidden
        ref={chooser}
        onChange={(event) => {
          const input = event.currentTarget;
          void openFiles(board, input.files ?? [], t).then(() => (input.value = ''));
        }}
      />
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly onSettle: (name: string) => void;
  readonly onGiveUp: () => void;
}

/** Enter or leaving the field takes the name, Escape leaves it as it was. */
function NameField({ name, label, onSettle, onGiveUp }: FieldProps) {
  return (
    <input
      class="mono"
      aria-label={label}
      defaultValue={name}
      size={Math.max(10, name.length)}
      spellcheck={false}
      autocomplete="off"
      ref={(field) => {
        if (!field || field === document.activeElement) return;
        field.focus();
        field.setSelectionRange(0, name.replace(/\.[^.]*$/, '').length);
      }}
      onBlur={(event) => onSettle(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSettle(event.currentTarget.value);
        if (event.key === 'Escape') onGiveUp();
      }}
    />
  );
}

function Small({ label, path, onClick }: { label: string; path: string; onClick: () => void }) {
  return (
    <button type="button" class="small-tool" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
