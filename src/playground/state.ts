import { type ReadonlySignal, type Signal, computed, signal } from '@preact/signals';
import { loadDescriptions, mentionsExplain } from '@/kubectl/explain/load';
import type { WorldFile } from '@/kubernetes/world';
import type { Marker } from './editor/marker';
import { unsaved } from './files/unsaved';
import { type Workspace, currentFile } from './files/workspace';
import type { BannerText } from './panes/Banner';
import type { Action, Outcome } from './session/action';
import { Engine } from './session/engine';
import { Session } from './session/session';
import type { View } from './session/view';
import type { Entry } from './session/session';

/** A manifest of the menu. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** The name it is saved under: `nginx.yaml`. */
  readonly file: string;
  readonly text: string;
  /** The world it is meant for. */
  readonly world?: string;
}

/** What a playground is given when it opens. All of it is plain data. */
export interface PlaygroundProps {
  readonly worlds: readonly WorldFile[];
  readonly presets: readonly Preset[];
  readonly world: string;
  readonly preset: string;
  /** What has been done already. */
  readonly actions?: readonly Action[];
}

export type Tab = 'edit' | 'cluster' | 'terminal' | 'why';

/** The state of the views. That of the cluster is in the session. */
export interface Board {
  readonly session: Session;
  readonly view: Signal<View>;
  readonly entries: Signal<readonly Entry[]>;
  /** How many actions that were taken back can be done again. */
  readonly undone: Signal<number>;
  /** The worlds of the menu, and the one that is played. */
  readonly worlds: readonly WorldFile[];
  readonly world: Signal<string>;
  /** What everything drawn by lot is drawn from: the same seed, the same names. */
  readonly seed: Signal<number>;
  readonly presets: Signal<readonly Preset[]>;
  /** The open files. `file` and `text`: name and text of the one that is seen. */
  readonly workspace: Signal<Workspace>;
  readonly file: ReadonlySignal<string>;
  readonly text: ReadonlySignal<string>;
  readonly markers: Signal<readonly Marker[]>;
  readonly place: Signal<string>;
  readonly tab: Signal<Tab>;
  readonly mode: Signal<'picture' | 'table'>;
  /** Key of the Pod whose reasons are shown. */
  readonly chosen: Signal<string | undefined>;
  readonly running: Signal<boolean>;
  /** How much cluster time passes in a second of the reader's, while time is let run. */
  readonly pace: Signal<number>;
  readonly busy: Signal<boolean>;
  readonly notice: Signal<string>;
  readonly banner: Signal<BannerText | undefined>;
}

/** Builds the board of a playground and connects it to a session of its own. */
export function createBoard(props: PlaygroundProps): Board {
  const preset = props.presets.find((entry) => entry.id === props.preset) ?? props.presets[0];
  const world = signal(props.world);
  const presets = signal(props.presets);
  const seed = signal(1);
  const find = () => props.worlds.find((entry) => entry.name === world.value) ?? props.worlds[0];
  const session = new Session(() => {
    const file = find();
    if (!file) throw new Error('a playground needs a world');
    return new Engine(file, readyFiles(presets.peek()), seed.peek());
  }, props.actions);
  const view = signal(session.read().view);
  const entries = signal(session.read().entries);
  const undone = signal(0);
  session.subscribe((snapshot) => {
    view.value = snapshot.view;
    entries.value = snapshot.entries;
    undone.value = snapshot.undone;
  });
  const first = { name: preset?.file ?? 'manifest.yaml', text: preset?.text ?? '' };
  const workspace = signal<Workspace>({ files: [first], current: first.name });
  return {
    session,
    view,
    entries,
    undone,
    worlds: props.worlds,
    world,
    seed,
    presets,
    workspace,
    file: computed(() => currentFile(workspace.value).name),
    text: computed(() => currentFile(workspace.value).text),
    markers: signal<readonly Marker[]>([]),
    place: signal('client'),
    tab: signal<Tab>('edit'),
    mode: signal<'picture' | 'table'>('picture'),
    chosen: signal<string | undefined>(undefined),
    running: signal(false),
    pace: signal(1),
    busy: signal(false),
    notice: signal(''),
    banner: signal<BannerText | undefined>(undefined),
  };
}

/** Does something on the cluster, and says meanwhile that it is at it; resolves with what came of it. */
export async function act(board: Board, action: Action): Promise<Outcome> {
  board.busy.value = true;
  board.notice.value = '';
  try {
    // Offline, or when the file is gone, explain says itself that it has no descriptions.
    if (action.kind === 'run' && mentionsExplain(action.line)) await loadDescriptions().catch(() => undefined);
    return await board.session.act(withSaved(board, action));
  } catch (error) {
    // The cluster itself never throws for what one types; this is a fault of ours, and it is said, not swallowed.
    board.notice.value = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    board.busy.value = false;
  }
}

/** The manifests of the menu, as they lie ready on the client machine. */
function readyFiles(presets: readonly Preset[]): Record<string, string> {
  return Object.fromEntries(presets.map((entry) => [entry.file, entry.text]));
}

/** A command sees the files as the editor shows them: what was not saved yet is saved before it runs. */
function withSaved(board: Board, action: Action): Action {
  if (action.kind !== 'run') return action;
  const done = board.entries.peek().map((entry) => entry.action);
  const saved = unsaved(board.workspace.peek(), readyFiles(board.presets.peek()), done);
  return Object.keys(saved).length > 0 ? { ...action, saved } : action;
}
