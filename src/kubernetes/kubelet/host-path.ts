import type { HostPathVolumeSource } from '../api/generated/core-v1';

/** What is asked of a node's files: the text of one, and the names in a folder; undefined where there is none. */
export interface HostPaths {
  read(path: string): string | undefined;
  list(path: string): readonly string[] | undefined;
}

/** Below these a Linux machine has far more than is simulated, so that nothing there counts as missing. */
const system = /^\/(bin|boot|dev|etc|lib|lib64|opt\/cni|proc|run|sbin|sys|usr|var)(\/|$)/;
/** Folders that every machine has, with nothing in them to begin with. */
const always = ['/', '/home', '/media', '/mnt', '/opt', '/root', '/srv', '/tmp'];

/**
 * Why a path of the node is not what a volume asks for; undefined when it is, or when nothing is known of it.
 * Upstream: pkg/volume/hostpath/host_path.go `checkTypeInternal`.
 */
export function hostPathError({ path: written, type }: HostPathVolumeSource, files: HostPaths): string | undefined {
  const path = written.replace(/(?<=.)\/+$/, '');
  const isFile = files.read(path) !== undefined;
  const isFolder = !isFile && (always.includes(path) || files.list(path) !== undefined);
  const isThere = isFile || isFolder || system.test(path);
  const failed = (what: string) => `hostPath type check failed: ${path} is not a ${what}`;
  switch (type) {
    case 'Directory':
      return isThere && !isFile ? undefined : failed('directory');
    case 'DirectoryOrCreate':
      return isFile ? failed('directory') : undefined;
    case 'File':
      return isThere && !isFolder ? undefined : failed('file');
    case 'FileOrCreate':
      return isFolder ? failed('file') : undefined;
    case 'Socket':
      return isThere && !isFile && !isFolder ? undefined : failed('socket file');
    case 'CharDevice':
      return isThere && !isFile && !isFolder ? undefined : failed('character device');
    case 'BlockDevice':
      return isThere && !isFile && !isFolder ? undefined : failed('block device');
    default:
      return undefined;
  }
}
