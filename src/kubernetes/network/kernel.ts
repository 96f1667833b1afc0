import type { ObjectReference } from '../api/object';

/** What a request to an application carries, after all rewriting. */
export interface AppRequest {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly source: { readonly address: string; readonly port: number };
  readonly destination: { readonly address: string; readonly port: number };
  readonly http?: {
    readonly method: string;
    readonly path: string;
    readonly host: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** Bytes of a request that is not HTTP. */
  readonly data?: string;
}

export interface AppResponse {
  readonly http?: {
    readonly version: '1.0' | '1.1';
    readonly status: number;
    readonly reason: string;
    /** In the order in which the program sends them. */
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
  readonly data?: string;
  /** The application accepted the connection and never answered. */
  readonly hangs?: boolean;
  /** Milliseconds that pass before it answers. */
  readonly after?: number;
}

/** The program behind a socket, as far as the network is concerned. */
export type Application = (request: AppRequest) => AppResponse;

export type BindError = 'EADDRINUSE' | 'EACCES' | 'EADDRNOTAVAIL';

export interface Socket {
  readonly id: number;
  readonly pid: number;
  /** Network namespace: `host`, or a sandbox id. */
  readonly namespace: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  /** `0.0.0.0`, `127.0.0.1`, `::` … */
  readonly address: string;
  readonly port: number;
  /** An IPv6 wildcard that does not take IPv4 (IPV6_V6ONLY). */
  readonly v6only: boolean;
  readonly reusePort: boolean;
  /** Send queue length that `ss` shows for a listener. */
  readonly backlog: number;
}

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly namespace: string;
  /** PID namespace: `host`, or a container id. */
  readonly pidNamespace: string;
  /** PID inside its own PID namespace. */
  readonly innerPid: number;
  readonly command: readonly string[];
  /** Name that `ss -p` and `ps` show: `nginx`. */
  readonly comm: string;
  readonly uid: number;
  /** As Pod specs spell them: `NET_BIND_SERVICE`. Root on a machine has at least that one. */
  readonly capabilities: readonly string[];
  /** What a program of root could have here; left out where that is what it has. */
  readonly bounding?: readonly string[];
  readonly container?: string;
  readonly owner?: ObjectReference;
}

export interface ListenOptions {
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  readonly address: string;
  readonly port: number;
  readonly v6only?: boolean;
  readonly reusePort?: boolean;
  readonly backlog?: number;
  readonly app?: Application;
}

/** What a process of a container finds around it: its mounts, its host name, its environment. */
export interface ContainerRoot {
  /** The reference it was made from. */
  readonly image: string;
  readonly hostname: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the commands in its PATH; undefined when nobody described the image. */
  readonly tools?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/**
 * One machine's kernel as the rest of the cluster sees it: processes, network namespaces, sockets. `bind` follows
 * Linux. State is kept with its history (`at` = a revision of the cluster), so that the past can be looked at.
 */
export interface Kernel {
  readonly host: string;
  createNetworkNamespace(id: string): void;
  deleteNetworkNamespace(id: string): void;
  spawn(process: Omit<Process, 'pid' | 'innerPid' | 'parent'> & { parent?: number }): Process;
  /** Ends a process: its sockets close. */
  exit(pid: number): void;
  /** Puts a container's root in place: a terminal in the container sees it. Written files last as long as it does. */
  createRoot(container: string, root: ContainerRoot): void;
  deleteRoot(container: string): void;
  listen(pid: number, options: ListenOptions): Socket | BindError;
  close(socket: number): void;
  sockets(namespace?: string, at?: number): Socket[];
  processes(at?: number): Process[];
}

/** What a Pod's network plugin answers to ADD. */
export type CniResult =
  | { readonly ok: true; readonly ip: string; readonly interface: string }
  | { readonly ok: false; readonly error: string };

export interface PortMapping {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly hostIP: string;
}

/** The chained network plugins of a node: bridge, host-local, portmap. */
export interface Cni {
  /** Whether a network is configured; a node without one is not ready. */
  readonly ready: boolean;
  add(sandbox: string, pod: ObjectReference, mappings: readonly PortMapping[]): CniResult;
  del(sandbox: string): void;
}
