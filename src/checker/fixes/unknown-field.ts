import { isObject } from '@/kubernetes/api/object';
import type { GoStruct, GoType } from '@/kubernetes/apiserver/schema/go-type';
import type { FieldPath } from '@/manifest/manifest';
import { type Proposal, valueAt } from '../change';
import { nearName } from './near-name';

/** An unknown field whose name is nearly that of one that its type has and the manifest does not use yet. */
export function renameUnknown(root: GoStruct, value: unknown, path: FieldPath): Proposal | undefined {
  const typed = path.at(-1);
  const type = typeAt(root, path.slice(0, -1));
  const owner = valueAt(value, path.slice(0, -1));
  if (typeof typed !== 'string' || type?.kind !== 'struct' || !isObject(owner)) return undefined;
  const name = nearName(typed, [...type.fields.keys()]);
  if (name === undefined || Object.hasOwn(owner, name)) return undefined;
  return { title: `Rename to ${name}`, safe: false, changes: [{ kind: 'rename', path, name }] };
}

/** The type of what stands at a path; undefined where the type knows no such field. */
export function typeAt(root: GoType, path: FieldPath): GoType | undefined {
  let type: GoType | undefined = root;
  for (const step of path) {
    while (type?.kind === 'pointer') type = type.element;
    if (type?.kind === 'struct') type = type.fields.get(String(step))?.field.type;
    else type = type?.kind === 'slice' || type?.kind === 'map' ? type.element : undefined;
  }
  while (type?.kind === 'pointer') type = type.element;
  return type;
}
