import type { FileSystem } from '../command';
import { KubectlError } from '../errors';

/** A source of manifests: its name as errors print it, and its text. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

const extensions = ['.json', '.yaml', '.yml'];

/**
 * The files that `-f` names: files, folders, `-` for standard input. Upstream: cli-runtime/pkg/resource
 * `ExpandPathsToFileVisitors`. Throws for a path that is not there.
 */
export function sourcesOf(paths: readonly string[], recursive: boolean, files: FileSystem, stdin: string): Source[] {
  return paths.flatMap((path) => {
    if (path === '-') return [{ name: 'STDIN', text: stdin }];
    if (/^https?:\/\//.test(path)) {
      throw new KubectlError(`unable to read URL "${path}": addresses outside the cluster cannot be reached from here`);
    }
    const text = files.read(path);
    if (text !== undefined) return [{ name: path, text }];
    if (files.list(path) === undefined) throw new KubectlError(`the path "${path}" does not exist`);
    const found = walk(path, recursive, files);
    if (found.length === 0) {
      throw new KubectlError(`error reading [${path}]: recognized file extensions are [${extensions.join(' ')}]`);
    }
    return found;
  });
}

function walk(folder: string, recursive: boolean, files: FileSystem): Source[] {
  const names = [...(files.list(folder) ?? [])].sort();
  return names.flatMap((name) => {
    const path = folder === '.' ? name : `${folder.replace(/\/+$/, '')}/${name}`;
    const text = files.read(path);
    if (text !== undefined) return extensions.some((one) => name.endsWith(one)) ? [{ name: path, text }] : [];
    return recursive && files.list(path) !== undefined ? walk(path, recursive, files) : [];
  });
}
