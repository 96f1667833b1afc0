import type { ObjectReference } from '../api/object';
import type { Millis } from '../clock/clock';
import type { Image } from './catalogue';
import type { WriteRights } from './write-rights';

/** A Pod's sandbox: its network namespace, its name, the pause process that holds them. */
export interface SandboxRecord {
  readonly id: string;
  readonly pod: ObjectReference;
  readonly attempt: number;
  readonly ready: boolean;
  readonly createdAt: Millis;
  readonly hostNetwork: boolean;
  /** Network namespace: `host` or the sandbox's id. */
  readonly namespace: string;
  /** Undefined for Pods on the host's network. */
  readonly ip: string | undefined;
  readonly hostname: string;
  readonly pid: number;
}

export type ContainerState = 'created' | 'running' | 'exited';

/** What a container is made from: the kubelet has resolved everything in it. */
export interface ContainerConfig {
  readonly name: string;
  readonly attempt: number;
  /** As the Pod spells it. */
  readonly imageReference: string;
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  readonly environment: ReadonlyMap<string, string>;
  /** Files mounted into it, by path: `/etc/resolv.conf`, keys of ConfigMaps. */
  readonly files: ReadonlyMap<string, string>;
  /** Where volumes are mounted: of the image's own files nothing is seen under them. */
  readonly covered: readonly string[];
  readonly rights: WriteRights;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly groups: readonly number[];
  readonly capabilities: readonly string[];
  readonly privileged: boolean;
  readonly hostPID: boolean;
  readonly hostIPC: boolean;
  /** The file in it that becomes the message of its end; whether the end of its log does when that is empty. */
  readonly terminationMessagePath: string;
  readonly terminationMessageFromLog: boolean;
  /** The PID namespace it shares (`shareProcessNamespace`, `kubectl debug --target`); else its own. */
  readonly pidNamespace: string | undefined;
  /** The most memory that it may use, in bytes. */
  readonly memoryLimit?: number;
  /** By how much the kernel would rather kill it than others, when the machine has no memory left. */
  readonly oomScoreAdj: number;
}

/** A container as the runtime knows it (CRI `ContainerStatus`). */
export interface ContainerRecord {
  readonly id: string;
  readonly sandbox: string;
  readonly pod: ObjectReference;
  readonly name: string;
  readonly attempt: number;
  readonly image: Image;
  readonly imageId: string;
  readonly config: ContainerConfig;
  readonly state: ContainerState;
  readonly createdAt: Millis;
  readonly startedAt: Millis | undefined;
  readonly finishedAt: Millis | undefined;
  readonly exitCode: number | undefined;
  /** `Completed`, `Error`, `StartError`, `OOMKilled` */
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** PID 1 of the container, on the machine. */
  readonly pid: number | undefined;
  readonly uid: number;
}

export interface LogLine {
  readonly at: Millis;
  readonly stream: 'stdout' | 'stderr';
  /** Without its line break. */
  readonly text: string;
  /** False for a last line that was not ended. */
  readonly ended: boolean;
}

/** A line that a daemon of the node has written to its journal, in the pieces of klog. */
export interface LogRecord {
  readonly at: Millis;
  /** `pod_workers.go:1324` */
  readonly place: string;
  readonly message: string;
  readonly values: Readonly<Record<string, string>>;
}
