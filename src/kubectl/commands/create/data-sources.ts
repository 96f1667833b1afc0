import { configMapKey } from '@/kubernetes/api/meta/names';
import { KubectlError } from '../../errors';
import type { FileSystem } from '../../command';
import type { Invocation } from '../../invocation';

/** What a key of a ConfigMap or Secret holds. */
export type Data = readonly (readonly [key: string, value: string])[];

/** Upstream: apimachinery/pkg/util/validation `IsEnvVarName`. */
export const variableRule =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

export function isVariableName(name: string): boolean {
  return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name);
}

/**
 * Keys and values of `--from-literal`, `--from-file`, `--from-env-file`. Upstream: kubectl/pkg/cmd/create/create_configmap.go,
 * create_secret.go. `defaultKey` is that of a file without one; else the file's name. Throws for sources that cannot be read.
 */
export function dataOf(
  { flags, context }: Invocation,
  kind: 'ConfigMap' | 'Secret',
  name: string,
  defaultKey?: string,
): Data {
  const [literals, paths, envFiles] = ['from-literal', 'from-file', 'from-env-file'].map((flag) =>
    flags.has(flag) ? flags.list(flag) : [],
  );
  if (envFiles?.length && (literals?.length || paths?.length)) {
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal');
  }
  const found = new Map<string, string>();
  const add = (key: string, value: string) => {
    const problems = configMapKey(key);
    if (problems.length > 0) {
      const verdict =
        kind === 'ConfigMap' ? 'is not a valid key name for a ConfigMap:' : 'is not valid key name for a Secret';
      throw new KubectlError(`"${key}" ${verdict} ${problems.join(kind === 'ConfigMap' ? ',' : ';')}`);
    }
    if (found.has(key)) {
      throw new KubectlError(
        kind === 'ConfigMap'
          ? `cannot add key "${key}", another key by that name already exists in Data for ConfigMap "${name}"`
          : `cannot add key ${key}, another key by that name already exists`,
      );
    }
    found.set(key, value);
  };
  for (const literal of literals ?? []) {
    const equals = literal.indexOf('=');
    if (equals <= 0) throw new KubectlError(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, equals), literal.slice(equals + 1));
  }
  for (const path of paths ?? []) {
    const source = defaultKey !== undefined && !path.includes('=') ? `${defaultKey}=${path}` : path;
    for (const [key, value] of fileSource(context.files, source)) add(key, value);
  }
  for (const path of envFiles ?? []) {
    for (const [key, value] of envFile(context.files, path, context.environment)) add(key, value);
  }
  return [...found];
}

/** `path`, `key=path` or a folder. Upstream: kubectl/pkg/util/util.go `ParseFileSource`. */
function fileSource(files: FileSystem, source: string): Data {
  const [first = '', second, more] = source.split('=');
  if (more !== undefined) throw new KubectlError("key names or file paths cannot contain '='");
  if (second !== undefined && first === '') throw new KubectlError(`key name for file path ${second} missing`);
  if (second === '') throw new KubectlError(`file path for key name ${first} missing`);
  const path = second ?? first;
  const text = files.read(path);
  if (text !== undefined) return [[second === undefined ? (path.split('/').pop() ?? path) : first, text]];
  const names = files.list(path);
  if (names === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`);
  if (second !== undefined) throw new KubectlError('cannot give a key name for a directory path');
  return [...names].sort().flatMap((name) => {
    const content = files.read(`${path}/${name}`);
    return content === undefined ? [] : [[name, content] as const];
  });
}

/** Lines `KEY=value`; a key alone takes its value from the environment. Upstream: kubectl/pkg/cmd/util/env_file.go. */
function envFile(files: FileSystem, path: string, environment: ReadonlyMap<string, string>): Data {
  const text = files.read(path);
  if (text === undefined) {
    if (files.list(path) !== undefined) throw new KubectlError('env config file cannot be a directory');
    throw new KubectlError(`error reading ${path}: no such file or directory`);
  }
  return text.split(/\r?\n/).flatMap((line) => {
    const pair = line.trimStart();
    if (pair === '' || pair.startsWith('#')) return [];
    const equals = pair.indexOf('=');
    const key = equals < 0 ? pair : pair.slice(0, equals);
    if (!isVariableName(key)) throw new KubectlError(`${JSON.stringify(key)} is not a valid key name: ${variableRule}`);
    return [[key, equals < 0 ? (environment.get(key) ?? '') : pair.slice(equals + 1)] as const];
  });
}
