import type { Cluster } from '@/kubernetes/cluster';
import type { FileSystem } from '@/kubectl/command';
import { resolvePath } from './path';
import { type Place, placeText } from './place';
import { type Scene, sceneOf } from './scene';

export interface SessionOptions {
  /** The files of the machine, instead of the simulated ones (the command line gives the user's own folder). */
  readonly files?: FileSystem;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A background job: `sleep 5 &`. */
export interface Job {
  readonly number: number;
  /** What `$!` and `kill` call it. */
  readonly pid: number;
  readonly command: string;
  done: boolean;
  exitCode: number;
  /** Ends it, as a signal does. */
  stop(): void;
}

/** One terminal: where it is, its working folder, its variables, its jobs. */
export class Session {
  cwd: string;
  lastExitCode = 0;
  lastBackgroundPid: number | undefined;
  readonly jobs: Job[] = [];
  readonly variables = new Map<string, string>();
  readonly exported = new Set<string>();
  /** Commands run at one moment of virtual time: a loop that takes no time is stopped, not left to spin. */
  readonly budget = { at: -1, left: 0 };
  private readonly ownFiles: FileSystem | undefined;

  constructor(
    readonly cluster: Cluster,
    readonly place: Place,
    options: SessionOptions = {},
  ) {
    this.ownFiles = options.files;
    const start = this.scene();
    this.cwd = options.cwd ?? start.home;
    for (const [name, value] of Object.entries({ ...start.environment, ...options.environment }))
      this.export(name, value);
  }

  /** What is at the place now: a container's network changes when its Pod is made anew. Throws PlaceGone. */
  scene(): Scene {
    return sceneOf(this.cluster, this.place);
  }

  /** Files by path, relative paths taken from the working folder. */
  get files(): FileSystem {
    if (this.ownFiles) return this.ownFiles;
    const files = this.scene().files;
    const absolute = (path: string) => resolvePath(this.cwd, path);
    return {
      read: (path) => files.read(absolute(path)),
      write: (path, text) => files.write(absolute(path), text),
      list: (path) => files.list(absolute(path)),
      remove: (path) => files.remove(absolute(path)),
    };
  }

  get environment(): ReadonlyMap<string, string> {
    return new Map([...this.variables].filter(([name]) => this.exported.has(name)));
  }

  export(name: string, value: string): void {
    this.variables.set(name, value);
    this.exported.add(name);
  }

  /** A copy for `( … )` and `$( … )`: what happens in it stays in it. */
  fork(): Session {
    const copy = new Session(this.cluster, this.place, { files: this.ownFiles, cwd: this.cwd });
    copy.variables.clear();
    copy.exported.clear();
    for (const [name, value] of this.variables) copy.variables.set(name, value);
    for (const name of this.exported) copy.exported.add(name);
    copy.lastExitCode = this.lastExitCode;
    copy.lastBackgroundPid = this.lastBackgroundPid;
    return copy;
  }

  /** `root@node1:~#` without the user: what a prompt names. */
  get title(): string {
    return placeText(this.place);
  }
}
