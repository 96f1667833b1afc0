import { type ReadonlySignal, type Signal, batch, computed, signal } from '@preact/signals';
import type { WorldFile } from '@/kubernetes/world';
import type { Lessons } from './check/shown';
import type { Marker } from './editor/marker';
import { unsaved } from './files/unsaved';
import { type Workspace, currentFile } from './files/workspace';
import type { Action, Outcome } from './session/action';
import { EngineLost } from './session/engine-host';
import type { Happening } from './session/happenings';
import { Session } from './session/session';
import type { Target } from './session/look';
import type { Entry } from './session/session';
import type { View } from './session/view';
import { Seeker } from './seek';
import { nameOf } from './action-name';
import type { ErrorLink } from './why/error-link';
import type { Strings } from './strings';

/** Something the reader must know that no pane has a place for. It stays until it is dismissed. */
export interface BannerText {
  readonly tone: 'plain' | 'refuse';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

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
  /** The lessons that findings may link to. */
  readonly lessons?: Lessons;
  /** The pages about what Kubernetes says. */
  readonly errors?: readonly ErrorLink[];
  /** What has been done already. */
  readonly actions?: readonly Action[];
  /** The cluster as the build saw it: what is shown until the engine runs. */
  readonly view?: View;
}

export type Tab = 'edit' | 'cluster' | 'terminal' | 'why';

/** The state of the views. That of the cluster is in the session. */
export interface Board {
  readonly t: Strings;
  readonly session: Session;
  /** The cluster now; and what is shown of it, which may be a moment of the past. */
  readonly live: Signal<View>;
  readonly view: ReadonlySignal<View>;
  readonly seeker: Seeker;
  /** Everything that happened in the cluster, in order. */
  readonly happened: Signal<readonly Happening[]>;
  readonly entries: Signal<readonly Entry[]>;
  /** How many actions that were taken back can be done again. */
  readonly undone: Signal<number>;
  /** The worlds that came with the page. */
  readonly given: readonly WorldFile[];
  /** The worlds of the menu, those that the reader made after them, and the one that is played. */
  readonly worlds: Signal<readonly WorldFile[]>;
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
  /** The object that is looked at closely. */
  readonly looked: Signal<Target | undefined>;
  readonly running: Signal<boolean>;
  /** The clock was started for a command: it stands still again when the command ends. */
  readonly startedFor: Signal<boolean>;
  /** How much cluster time passes in a second of the reader's, while time is let run. */
  readonly pace: Signal<number>;
  readonly busy: Signal<boolean>;
  /** The engine has not answered for a while: it can be stopped. */
  readonly slow: Signal<boolean>;
  readonly notice: Signal<string>;
  readonly banner: Signal<BannerText | undefined>;
}

/** Builds the board of a playground and connects it to a session of its own. */
export function createBoard(props: PlaygroundProps, t: Strings): Board {
  const preset = props.presets.find((entry) => entry.id === props.preset) ?? props.presets[0];
  const world = signal(props.world);
  const presets = signal(props.presets);
  const seed = signal(1);
  const worlds = signal(props.worlds);
  const find = () => worlds.value.find((entry) => entry.name === world.value) ?? worlds.value[0];
  const recipe = () => {
    const file = find();
    if (!file) throw new Error('a playground needs a world');
    return { world: file, files: readyFiles(presets.peek()), seed: seed.peek() };
  };
  const session = new Session(recipe, props.actions, props.view);
  const live = signal(session.read().view);
  const entries = signal(session.read().entries);
  const happened = signal(session.read().happened);
  const undone = signal(0);
  const slow = signal(false);
  const seeker = new Seeker(session);
  session.subscribe((snapshot) => {
    batch(() => {
      // What was looked at is not there any more: another cluster, or one that went another way.
      if (snapshot.view.now < (seeker.at.peek() ?? 0)) seeker.back();
      live.value = snapshot.view;
      entries.value = snapshot.entries;
      happened.value = snapshot.happened;
      undone.value = snapshot.undone;
    });
  });
  session.onSlow((is) => (slow.value = is));
  const first = { name: preset?.file ?? 'manifest.yaml', text: preset?.text ?? '' };
  const workspace = signal<Workspace>({ files: [first], current: first.name });
  return {
    t,
    session,
    live,
    view: computed(() => seeker.view.value ?? live.value),
    seeker,
    happened,
    entries,
    undone,
    given: props.worlds,
    worlds,
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
    looked: signal<Target | undefined>(undefined),
    running: signal(false),
    startedFor: signal(false),
    pace: signal(1),
    busy: signal(false),
    slow,
    notice: signal(''),
    banner: signal<BannerText | undefined>(undefined),
  };
}

/** The world that is played. */
export function worldOf(board: Board): WorldFile | undefined {
  return board.worlds.value.find((entry) => entry.name === board.world.value);
}

/** Does something on the cluster, and says meanwhile that it is at it; resolves with what came of it. */
export async function act(board: Board, action: Action): Promise<Outcome> {
  board.busy.value = true;
  board.notice.value = '';
  try {
    board.seeker.back();
    return await board.session.act(withSaved(board, action));
  } catch (error) {
    if (error instanceof EngineLost) return lost(board, action);
    // The cluster itself never throws for what one types; this is a fault of ours, and it is said, not swallowed.
    board.notice.value = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    board.busy.value = false;
  }
}

/** Stops an engine that does not answer; where it runs in the page itself, that cannot be, and is said. */
export function stopEngine(board: Board): void {
  board.running.value = false;
  if (!board.session.stop()) board.notice.value = board.t.time.cannotStop;
}

/** The engine was stopped over an action; it has been made anew without it. */
function lost(board: Board, action: Action): Outcome {
  const { now } = board.live.peek();
  board.running.value = false;
  board.banner.value = { tone: 'refuse', text: board.t.time.stopped(nameOf(action, board.t)) };
  return { output: [], exitCode: 137, from: now, to: now };
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
