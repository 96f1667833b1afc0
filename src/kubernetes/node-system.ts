import type { NodeFile } from './world';

/** What a node's operating system calls itself (`osImage` of its status). */
export function osImageOf(node: NodeFile | undefined): string {
  return node?.osImage ?? 'Debian GNU/Linux 12 (bookworm)';
}

/** The container runtime of a node and its version, as its status names them: `containerd://2.2.1`. */
export function containerRuntimeOf(node: NodeFile | undefined): string {
  return node?.containerRuntimeVersion ?? 'containerd://2.2.1';
}

/** The release of a node's kernel: what `uname -r` prints there, and in every container. */
export function kernelReleaseOf(node: NodeFile | undefined): string {
  return node?.kernelVersion ?? '6.12.30';
}
