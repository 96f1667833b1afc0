import type { Cluster } from '@/kubernetes/cluster';
import type { FileSystem } from '@/kubectl/command';
import type { Task } from '@/kubernetes/clock/task';
import type { ScriptCall } from './command';
import type { Node } from './language/syntax';
import type { Journey } from './net/journey';
import { resolvePath } from './path';
import { withKernelFiles } from './proc/files';
import { type Place, placeText } from './place';
import { type Scene, sceneOf } from './scene';
import { Traps } from './traps';

export interface SessionOptions {
  /** The files of the machine, instead of the simulated ones (the command line gives the user's own folder). */
  readonly files?: FileSystem;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Somebody watches: curl then prints no progress meter. */
  readonly terminal?: boolean;
  /** Opens an editor on a text, for `kubectl edit`. */
  readonly edit?: (text: string) => Task<string>;
  /** Told the way of every packet that a command of this terminal begins a connection with. */
  readonly walked?: (journey: Journey) => void;
}

/** A background job: `sleep 5 &`. */
export interface Job {
  readonly number: number;
  /** What `$!` and `kill` call it. */
  readonly pid: number;
  done: boolean;
  exitCode: number;
  /** Ends it, as a signal does. */
  stop(): void;
}

/** One terminal: where it is, its working folder, its variables, its jobs. */
export class Session {
  cwd = '/';
  lastExitCode = 0;
  lastBackgroundPid: number | undefined;
  readonly jobs: Job[] = [];
  readonly variables = new Map<string, string>();
  readonly exported = new Set<string>();
  /** The arrays whose keys are words: `declare -A`. */
  readonly associative = new Set<string>();
  /** The files that stand for `<( … )` in the command that runs. */
  readonly descriptors: string[] = [];
  /** `$1`, `$2`, …; and `$0`. */
  parameters: readonly string[] = [];
  /** What `trap` has set. A subshell begins without. */
  readonly traps = new Traps();
  /** What `set -e` and `set -o pipefail` switch on. */
  readonly switches = new Set<string>();
  /** Above 0 while a condition runs: there a failure ends nothing. */
  guarded = 0;
  name = 'bash';
  /** The functions that were defined here, by name. */
  readonly functions = new Map<string, Node>();
  /** What `local` has hidden in each function that runs, the innermost last: the values from before. */
  readonly locals: Map<string, string | undefined>[] = [];
  /** Commands run at one moment of virtual time: a loop that takes no time is stopped, not left to spin. */
  readonly budget: {
    at: number;
    left: number;
    /** Background jobs that were begun at that moment. */
    jobs: number;
    /** Characters that the line has written into files. */
    written: number;
  };
  /** The network namespace that `nsenter` has gone into, instead of the place's own. */
  private network: string | undefined;
  /** How deep scripts are nested in scripts. */
  depth = 0;
  /** Exit code of the last `$( … )`. */
  substituted = 0;
  /** The process that stands for a background job, in the session that runs it. */
  process: number | undefined;
  readonly edit: ((text: string) => Task<string>) | undefined;
  readonly terminal: boolean;
  readonly walked: ((journey: Journey) => void) | undefined;
  private readonly options: SessionOptions;
  private draws = 0;

  constructor(
    readonly cluster: Cluster,
    readonly place: Place,
    options: SessionOptions = {},
    parent?: Session,
  ) {
    this.options = options;
    this.edit = options.edit;
    this.walked = options.walked;
    this.terminal = options.terminal ?? false;
    this.budget = parent?.budget ?? { at: -1, left: 0, jobs: 0, written: 0 };
    if (parent) {
      this.copy(parent);
      return;
    }
    const start = this.scene();
    this.cwd = options.cwd ?? start.home;
    for (const [name, value] of Object.entries({ ...start.environment, ...options.environment }))
      this.export(name, value);
    // What bash sets of itself, without giving it on.
    if (this.shell === 'bash') {
      this.variables.set('HOSTNAME', start.hostname);
      this.variables.set('UID', String(start.uid));
      this.variables.set('EUID', String(start.uid));
    }
  }

  /** What is at the place now: a container's network changes when its Pod is made anew. Throws PlaceGone. */
  scene(): Scene {
    const scene = sceneOf(this.cluster, this.place);
    return this.network === undefined ? scene : { ...scene, namespace: this.network };
  }

  /** Files by path, relative paths taken from the working folder. */
  get files(): FileSystem {
    const scene = this.scene();
    if (this.options.files) return withKernelFiles(this.options.files, scene, this.cluster);
    const files = withKernelFiles(scene.files, scene, this.cluster);
    const absolute = (path: string) => resolvePath(this.cwd, path);
    return {
      read: (path) => files.read(absolute(path)),
      write: (path, text) => files.write(absolute(path), text),
      list: (path) => files.list(absolute(path)),
      remove: (path) => files.remove(absolute(path)),
      reserve: files.reserve && ((path, bytes) => files.reserve?.(absolute(path), bytes)),
      reserved: (path) => files.reserved?.(absolute(path)),
    };
  }

  get environment(): ReadonlyMap<string, string> {
    return new Map([...this.variables].filter(([name]) => this.exported.has(name)));
  }

  /** A number of `$RANDOM`: below 32768, the next each time. */
  drawn(): number {
    return this.cluster.random.stream(`RANDOM/${this.title}/${this.draws++}`).below(32_768);
  }

  export(name: string, value: string): void {
    this.variables.set(name, value);
    this.exported.add(name);
  }

  /** A copy for `( … )` and `$( … )`: what happens in it stays in it. */
  fork(): Session {
    return new Session(this.cluster, this.place, this.options, this);
  }

  /** A copy that stands in another network namespace of the machine. */
  inNetwork(namespace: string): Session {
    const copy = this.fork();
    copy.network = namespace;
    return copy;
  }

  /** Another shell, begun by this one: it is given what is exported, a name and arguments. */
  child({ name = this.shell, parameters = [] }: ScriptCall): Session {
    const child = this.fork();
    for (const variable of [...child.variables.keys()])
      if (!child.exported.has(variable)) child.variables.delete(variable);
    child.functions.clear();
    child.switches.clear();
    child.guarded = 0;
    child.name = name;
    child.parameters = parameters;
    return child;
  }

  /** How the shell names itself in its messages. */
  get shell(): string {
    return this.place.kind === 'container' ? 'sh' : 'bash';
  }

  /** The line for a command that cannot be run. `missing`: it exists, but not at this place. */
  notFound(name: string, missing: boolean): string {
    if (missing)
      return this.place.kind === 'container' ? `sh: ${name}: not found\n` : `bash: ${name}: command not found\n`;
    return `${this.shell}: ${name}: command not found (or not simulated; type help for what is)\n`;
  }

  /** What a prompt names. */
  get title(): string {
    return placeText(this.place);
  }

  private copy(parent: Session): void {
    this.cwd = parent.cwd;
    this.network = parent.network;
    for (const [name, value] of parent.variables) this.variables.set(name, value);
    for (const name of parent.exported) this.exported.add(name);
    for (const name of parent.associative) this.associative.add(name);
    this.parameters = parent.parameters;
    this.guarded = parent.guarded;
    for (const name of parent.switches) this.switches.add(name);
    this.name = parent.name;
    for (const [name, body] of parent.functions) this.functions.set(name, body);
    this.jobs.push(...parent.jobs);
    this.lastExitCode = parent.lastExitCode;
    this.lastBackgroundPid = parent.lastBackgroundPid;
    this.depth = parent.depth;
    this.process = parent.process;
  }
}
