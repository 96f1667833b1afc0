/**
 * What content/images/*.yaml say (schema: content/images/image.schema.json). An image is data: which references it
 * stands for, how it is started, and what the programs in it do.
 */
export interface ImageFile {
  /** Name of the file: `nginx-official`. Worlds refer to it (`images: {"nginx:alpine": nginx-debian-1.22}`). */
  readonly id: string;
  readonly about?: string;
  /** Normalised repositories it stands for: `docker.io/library/nginx`. `*` stands for any text. */
  readonly repositories: readonly string[];
  /** First match wins; a tag that matches none is not in the registry. Left out: every tag is there. */
  readonly tags?: readonly TagFile[];
  /** Bytes, as `Image size:` prints them. */
  readonly size?: number;
  /** The working set of a container of it that has nothing to do: `5Mi`. */
  readonly memory?: string;
  readonly user?: number;
  /** Supplementary groups of its user (`/etc/group`). */
  readonly groups?: readonly number[];
  /** The reference that container statuses show, where an image has several tags and the runtime picks one. */
  readonly reportedAs?: string;
  /** `STOPSIGNAL`; default SIGTERM. */
  readonly stopSignal?: 'SIGTERM' | 'SIGQUIT' | 'SIGINT';
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Texts that programs use: `${version}`. A tag's own come first. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Names of the commands in its PATH, besides its own programs. */
  readonly tools?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly programs?: Readonly<Record<string, ProgramFile>>;
}

export interface TagFile {
  /** `1.25`, `*-alpine`; what `*` stands for is `${tag}`. */
  readonly match: string;
  readonly size?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** Commands in its PATH, instead of the image's own. */
  readonly tools?: readonly string[];
  readonly programs?: Readonly<Record<string, ProgramFile>>;
}

export type ProgramFile = ServerFile | EntrypointFile | SleepFile;

/** Prints its lines, then becomes the command it was given, as official entry-point scripts do. */
export interface EntrypointFile {
  readonly kind: 'entrypoint';
  /** Only when the first argument is one of these; else it becomes the command at once. */
  readonly when?: readonly string[];
  readonly log?: readonly LogFile[];
  /** The file that it is about to change. */
  readonly touches?: string;
  /** Put before the arguments when the first of them begins with `-`. */
  readonly default?: string;
}

/** Does nothing until it is told to stop. */
export interface SleepFile {
  readonly kind: 'sleep';
  readonly log?: readonly LogFile[];
  readonly stop?: StopFile;
}

export interface ServerFile {
  readonly kind: 'server';
  /** Name of the process; default: the program's own name. */
  readonly comm?: string;
  /** The process title where a program sets its own. */
  readonly title?: string;
  readonly settings?: Readonly<Record<string, SettingFile>>;
  /** Processes it forks once it listens. */
  readonly workers?: WorkerFile;
  readonly listens?: readonly ListenFile[];
  /** The file of nginx's own configuration that says what it listens on and answers, instead of `listens` and `http`. */
  readonly configuration?: string;
  /** The folder that it makes before it binds, and gives to its workers' user. */
  readonly makes?: string;
  /** Lines before it binds, and once it listens. */
  readonly before?: readonly LogFile[];
  readonly log?: readonly LogFile[];
  readonly bindFailure?: BindFailureFile;
  readonly http?: HttpFile;
  readonly stop?: StopFile;
  /** Milliseconds from the start of the process to its first bind. */
  readonly startup?: number;
}

export interface SettingFile {
  /** `--web.listen-address`; `--x y` and `--x=y` are both read. */
  readonly flag?: string;
  readonly env?: string;
  readonly default: string;
  /** `address` splits `host:port` into `${name.host}` and `${name.port}`. */
  readonly type?: 'text' | 'address';
}

export interface ListenFile {
  /** `tcp`, `udp`, or a setting: `${protocol}`. */
  readonly protocol?: string;
  /** `go` = an empty host or 0.0.0.0 is an IPv6 wildcard that takes IPv4 as well, as Go's net.Listen does. */
  readonly style?: 'go' | 'plain';
  readonly address: string;
  readonly port: string;
  readonly v6only?: boolean;
  readonly backlog?: number;
  readonly reusePort?: boolean;
}

/** A log line: a text, or a text with where and when (milliseconds after the one before). */
export type LogFile =
  | string
  | {
      readonly text: string;
      readonly stream?: 'stdout' | 'stderr';
      readonly after?: number;
      /** Said only where the program's file (`touches`) is so: missing, there and open for writing, or there and not. */
      readonly if?: FileState;
    };

export type FileState = 'missing' | 'open' | 'closed';

export interface BindFailureFile {
  /** Tries before it gives up; default 1. */
  readonly rounds?: number;
  /** Milliseconds after each round. */
  readonly interval?: number;
  /** Lines per refused address. `${endpoint}`, `${errno}`, `${error}`. */
  readonly each?: readonly LogFile[];
  readonly afterRound?: readonly LogFile[];
  readonly finally?: readonly LogFile[];
  readonly exitCode: number;
  /** Whether it tries its other addresses too before the round ends; default false. */
  readonly triesAll?: boolean;
  /** Whether the program's own timestamps stand still while it tries. */
  readonly clockStands?: boolean;
}

export interface WorkerFile {
  readonly comm: string;
  readonly title: string;
  readonly uid?: number;
  /** A number, or one per CPU. */
  readonly count: number | 'cpus';
}

/** What it does on SIGTERM. */
export interface StopFile {
  readonly exitCode: number;
  /** Milliseconds until it has ended. */
  readonly after?: number;
  readonly log?: readonly LogFile[];
}

export interface HttpFile {
  readonly version?: '1.0' | '1.1';
  /** Sent with every answer, in this order. `${date}`, `${length}`. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly routes: readonly RouteFile[];
  readonly accessLog?: LogFile;
}

export interface RouteFile {
  /** `/`, `/metrics`, `/static/*`, `*` */
  readonly path: string;
  readonly methods?: readonly string[];
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  /** The body is this file of the image. */
  readonly file?: string;
  /** The body is made from this page of metrics under content/images/pages, where it is there. */
  readonly exposition?: string;
  readonly log?: readonly LogFile[];
}
