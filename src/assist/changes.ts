import { applyChange, valueAt } from '@/checker/change';
import type { FieldError } from '@/kubernetes/api/field-error';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import type { FieldPath } from '@/manifest/manifest';
import { type ReadObject, readObject } from './objects';

/** What the server does when a field of a stored object is changed. */
export type OnChange =
  | { readonly kind: 'taken' }
  /** Taken, and new Pods are made. */
  | { readonly kind: 'rollout' }
  /** Taken, and only Pods that are made later have it. */
  | { readonly kind: 'later-pods' }
  /** The server's words. */
  | { readonly kind: 'refused'; readonly message: string };

/** More values than this below one field are too different to be spoken of together. */
const mostLeaves = 8;

/**
 * Finds out by trying: the object is stored in thought, the field gets another value of its type, and the server's rules for
 * updates are asked. Undefined where that tells nothing: the object itself is refused, there is no other value, or the values
 * below the field fare differently.
 */
export function onChange(
  value: JsonObject,
  path: FieldPath,
  choices: readonly string[],
  minor: KubernetesVersion,
): OnChange | undefined {
  const object = readObject(value, minor);
  if (!object?.definition?.validateUpdate) return undefined;
  const old = stored(object, minor);
  if ((object.definition.validate?.(old, { kubernetes: minor }) ?? []).length > 0) return undefined;
  const leaves = leavesOf(valueAt(old, path), path);
  if (leaves.length === 0 || leaves.length > mostLeaves) return undefined;
  const [first, ...others] = leaves.map((leaf) => tryOther(value, old, leaf, leaves.length > 1 ? [] : choices, minor));
  return others.every((one) => one?.kind === first?.kind) ? first : undefined;
}

/** What becomes of one value when it is another one. */
function tryOther(
  value: JsonObject,
  old: KubeObject,
  leaf: FieldPath,
  choices: readonly string[],
  minor: KubernetesVersion,
): OnChange | undefined {
  const context = { kubernetes: minor };
  const changed = structuredClone(value);
  applyChange(changed, { kind: 'set', path: leaf, value: another(valueAt(old, leaf), choices) });
  const object = readObject(changed, minor);
  if (!object?.definition) return undefined;
  const next = object.defaulted();
  next.metadata = { ...old.metadata, ...next.metadata };
  object.definition.prepareForUpdate?.(next, old, context);
  const asNew = (object.definition.validate?.(structuredClone(next), context) ?? []).map(wordsOf);
  const refused = (object.definition.validateUpdate?.(next, old, context) ?? []).map(wordsOf);
  const message = refused.find((words) => !asNew.includes(words));
  if (message !== undefined) return { kind: 'refused', message };
  return asNew.length > 0 ? undefined : inTemplate(object, leaf);
}

/** Without the difference that some refusals show in the lines below. */
function wordsOf({ field, body }: FieldError): string {
  return `${field}: ${body.split('\n', 1)[0] ?? ''}`;
}

function inTemplate({ info }: ReadObject, path: FieldPath): OnChange {
  if (path[0] !== 'spec' || path[1] !== 'template') return { kind: 'taken' };
  const rolls = ['Deployment', 'DaemonSet', 'StatefulSet'].includes(info.kind);
  return { kind: rolls ? 'rollout' : 'later-pods' };
}

function stored(object: ReadObject, minor: KubernetesVersion): KubeObject {
  const made = object.defaulted();
  made.metadata.name ??= 'unnamed';
  if (object.info.namespaced) made.metadata.namespace ??= 'default';
  made.metadata.uid = '00000000-0000-0000-0000-000000000000';
  made.metadata.resourceVersion = '1';
  object.definition?.prepareForCreate?.(made, { kubernetes: minor });
  return made;
}

/** The paths of the single values below a field. */
function leavesOf(value: unknown, path: FieldPath): FieldPath[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => leavesOf(item, [...path, i]));
  if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
  return value === undefined || value === null ? [] : [path];
}

function another(value: unknown, choices: readonly string[]): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return choices.find((choice) => choice !== value && choice !== '') ?? `${String(value)}1`;
}
