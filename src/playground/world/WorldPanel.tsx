import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { stringify } from 'yaml';
import { readWorld, WorldError } from '@/course/worlds';
import type { WorldFile } from '@/kubernetes/world';
import { largestFile } from '../files/read-dropped';
import { download } from '../share/download';
import { restartWith } from '../start';
import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';
import { addWorld, fits, ownName } from './own-world';
import { WorldForm } from './WorldForm';
import { wear } from '../wear';
import sheet from '@/styles/playground/world.css?inline';

wear(sheet);

interface Props {
  readonly board: Board;
  readonly t: Strings;
  readonly onClose: () => void;
}

/** What the form and the YAML are two views of. */
interface Draft {
  readonly world: WorldFile;
  readonly text: string;
  /** Why the text is no world; empty when it is one. */
  readonly fault: string;
}

/** The world as a form and as a file: another cluster to play in, one's own among them. */
export default function WorldPanel({ board, t, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const view = useSignal<'form' | 'yaml'>('form');
  const [first] = board.given;
  const start = worldOf(board) ?? first;
  const draft = useSignal<Draft | undefined>(start && drafted(start));
  useEffect(() => dialog.current?.showModal(), []);
  if (!draft.value) return null;
  const { world, text, fault } = draft.value;
  const play = async () => {
    const known = board.worlds.value.includes(world);
    const own = known ? world : { ...world, name: ownName(board, world.name) };
    if (!known) addWorld(board, own);
    dialog.current?.close();
    await restartWith(board, own.name);
  };
  return (
    <dialog class="world" aria-labelledby="world-title" ref={dialog} onClose={onClose}>
      <header>
        <h2 id="world-title">{t.world.title}</h2>
        <span class="segments" role="group" aria-label={t.world.views}>
          {(['form', 'yaml'] as const).map((value) => (
            <button key={value} type="button" aria-pressed={view.value === value} onClick={() => (view.value = value)}>
              {t.world[value]}
            </button>
          ))}
        </span>
      </header>
      <div class="world-body">
        {view.value === 'form' ? (
          <WorldForm
            world={world}
            worlds={board.worlds.value}
            t={t.world}
            onChange={(next) => (draft.value = drafted(next))}
          />
        ) : (
          <label class="world-text">
            <span>{t.world.file}</span>
            <textarea
              class="mono"
              spellcheck={false}
              value={text}
              aria-invalid={fault !== ''}
              aria-describedby="world-fault"
              onInput={(event) => (draft.value = read(event.currentTarget.value, world, 'world.yaml', t))}
            />
          </label>
        )}
      </div>
      <p id="world-fault" class={fault ? 'fault' : 'soft'} role="status">
        {fault || t.world.note}
      </p>
      <footer>
        <Import draft={draft} t={t} onRead={() => (view.value = 'form')} />
        <button
          type="button"
          class="button"
          disabled={fault !== ''}
          onClick={() => download(`${world.name}.yaml`, text, 'application/yaml')}
        >
          {t.world.download}
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t.world.cancel}
        </button>
        <button type="button" class="button primary" disabled={fault !== ''} onClick={() => void play()}>
          {t.world.start}
        </button>
      </footer>
    </dialog>
  );
}

interface ImportProps {
  readonly draft: Signal<Draft | undefined>;
  readonly t: Strings;
  readonly onRead: () => void;
}

/** Opens a world file, or the listing of a real cluster. */
function Import({ draft, t, onRead }: ImportProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file || !draft.value) return;
    const { world } = draft.value;
    const text = file.size > largestFile ? undefined : await file.text().catch(() => undefined);
    draft.value =
      text === undefined ? { ...draft.value, fault: t.world.unreadable(file.name) } : read(text, world, file.name, t);
    if (draft.value.fault === '') onRead();
  };
  return (
    <>
      <button type="button" class="button" onClick={() => chooser.current?.click()}>
        {t.world.import}
      </button>
      <input
        type="file"
        accept=".yaml,.yml,.json"
        hidden
        aria-label={t.world.import}
        ref={chooser}
        onChange={(event) => {
          const input = event.currentTarget;
          void take(input.files?.[0]).then(() => (input.value = ''));
        }}
      />
    </>
  );
}

function drafted(world: WorldFile): Draft {
  return { world, text: stringify(world, { lineWidth: 0 }), fault: '' };
}

/** A text as a draft: what was typed stays, with a word of what is wrong; a listing is shown as the world it makes. */
function read(text: string, last: WorldFile, source: string, t: Strings): Draft {
  try {
    const world = readWorld(text, source);
    if (!fits(world)) return { world: last, text, fault: t.world.tooLarge };
    const listing = world.about?.startsWith('Made from a listing');
    return listing ? drafted(world) : { world, text, fault: '' };
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    return { world: last, text, fault: error.message };
  }
}
