import type { JsonObject } from '@/kubernetes/api/object';
import type { entryKinds } from '../../kubeconfig';

/** How a field of a kubeconfig is written on a command line; `bytes` is text in base64. */
export type FieldType = 'text' | 'bool' | 'bytes' | 'other';

type Fields = ReadonlyMap<string, FieldType>;

/** `text` fields that are written even when they are empty. */
const always = new Set(['server', 'cluster', 'user']);

/** The fields of an entry in the order of the Go structs. Upstream: client-go/tools/clientcmd/api/v1/types.go. */
export const entryFields: Readonly<Record<keyof typeof entryKinds, Fields>> = {
  clusters: new Map([
    ['server', 'text'],
    ['tls-server-name', 'text'],
    ['insecure-skip-tls-verify', 'bool'],
    ['certificate-authority', 'text'],
    ['certificate-authority-data', 'bytes'],
    ['proxy-url', 'text'],
    ['disable-compression', 'bool'],
    ['extensions', 'other'],
  ]),
  users: new Map([
    ['client-certificate', 'text'],
    ['client-certificate-data', 'bytes'],
    ['client-key', 'text'],
    ['client-key-data', 'bytes'],
    ['token', 'text'],
    ['tokenFile', 'text'],
    ['as', 'text'],
    ['as-uid', 'text'],
    ['as-groups', 'other'],
    ['as-user-extra', 'other'],
    ['username', 'text'],
    ['password', 'text'],
    ['auth-provider', 'other'],
    ['exec', 'other'],
    ['extensions', 'other'],
  ]),
  contexts: new Map([
    ['cluster', 'text'],
    ['user', 'text'],
    ['namespace', 'text'],
    ['extensions', 'other'],
  ]),
};

/** An entry with its fields in order, and without those that say nothing. */
export function tidy(kind: keyof typeof entryKinds, entry: JsonObject): JsonObject {
  const fields = [...entryFields[kind].keys()].flatMap((name) => {
    const value = entry[name] ?? (always.has(name) && kind !== 'users' ? '' : undefined);
    const silent = value === undefined || value === false || (value === '' && !(always.has(name) && kind !== 'users'));
    return silent ? [] : [[name, value] as const];
  });
  return Object.fromEntries(fields);
}
