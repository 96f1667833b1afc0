import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { editValue, quoteValue, renameKey } from '@/manifest/edit';
import type { FieldPath, ManifestDocument } from '@/manifest/manifest';
import type { Fix } from './finding';

/** A change of a manifest by field: `quote` makes a text of what reads as a number or a word. */
export type Change =
  | { readonly kind: 'set'; readonly path: FieldPath; readonly value: unknown }
  | { readonly kind: 'rename'; readonly path: FieldPath; readonly name: string }
  | { readonly kind: 'quote'; readonly path: FieldPath };

/** Changes that together end one finding. Only proposed where no other change would do as well. */
export interface Proposal {
  readonly title: string;
  /** Whether the manifest keeps its meaning. */
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

/** A proposal as edits of the text; nothing where one of its changes has no place in it. */
export function fixesOf(document: ManifestDocument, proposal: Proposal | undefined): Fix[] {
  if (!proposal) return [];
  const edits = proposal.changes.map((change) => editsOf(document, change));
  if (edits.some((one) => one.length === 0)) return [];
  return [{ title: proposal.title, safe: proposal.safe, edits: edits.flat() }];
}

function editsOf(document: ManifestDocument, change: Change) {
  switch (change.kind) {
    case 'set':
      return editValue(document, change.path, change.value);
    case 'rename':
      return renameKey(document, change.path, change.name);
    case 'quote':
      return quoteValue(document, change.path);
  }
}

/** What stands at a path of a value. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return typeof step === 'number' ? (at as readonly unknown[])[step] : undefined;
    return isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, value);
}

/** Makes a change in a value that nobody else holds. */
export function applyChange(root: JsonObject, { path, ...change }: Change): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let parent: unknown = root;
  path.slice(0, -1).forEach((step, i) => {
    if (valueAt(parent, [step]) === undefined || valueAt(parent, [step]) === null) {
      if (typeof path[i + 1] === 'string') put(parent, step, {});
    }
    parent = valueAt(parent, [step]);
  });
  const old = valueAt(parent, [last]);
  if (change.kind === 'set') put(parent, last, structuredClone(change.value));
  else if (change.kind === 'quote') put(parent, last, String(old));
  else if (isObject(parent)) {
    Reflect.deleteProperty(parent, last);
    put(parent, change.name, old);
  }
}

function put(parent: unknown, step: string | number, value: unknown): void {
  if (typeof parent !== 'object' || parent === null) return;
  // `__proto__` and its like are keys as any other.
  Object.defineProperty(parent, step, { value, enumerable: true, writable: true, configurable: true });
}
