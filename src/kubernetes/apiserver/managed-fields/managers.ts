import type { ManagedFieldsEntry } from '../../api/generated/meta-v1';
import { isObject, type JsonObject, type KubeObject } from '../../api/object';
import type { GoStruct } from '../schema/go-type';
import { FieldSet } from './field-set';
import { compare } from './typed-value';

export type Operation = 'Apply' | 'Update';

/** Who owns which fields of an object. */
export interface Manager {
  readonly name: string;
  readonly operation: Operation;
  readonly apiVersion: string;
  readonly subresource?: string;
  readonly time?: string;
  readonly fields: FieldSet;
}

/** Fields that nobody owns. Upstream: apimachinery/pkg/util/managedfields/internal/stripmeta.go */
const nobodys = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'generation',
  'managedFields',
  'resourceVersion',
];

export function managersOf({ metadata }: KubeObject): Manager[] {
  return (metadata.managedFields ?? []).map((entry) => ({
    name: entry.manager ?? '',
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: entry.apiVersion ?? '',
    subresource: entry.subresource,
    time: entry.time,
    fields: FieldSet.fromJson(entry.fieldsV1),
  }));
}

export function entriesOf(managers: readonly Manager[]): ManagedFieldsEntry[] {
  return managers
    .filter(({ fields }) => !fields.isEmpty)
    .map(({ name, operation, apiVersion, subresource, time, fields }) => ({
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: fields.toJson(),
      manager: name,
      operation,
      ...(subresource ? { subresource } : {}),
      ...(time ? { time } : {}),
    }));
}

/** The object without what nobody owns; `status` as well where it is another door's. */
export function ownable(object: JsonObject, status: boolean): JsonObject {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const out: JsonObject = { ...rest };
  if (isObject(metadata)) {
    const left = Object.entries(metadata).filter(([name]) => !nobodys.includes(name));
    if (left.length > 0) out.metadata = Object.fromEntries(left);
  }
  if (status) return { status: out.status };
  delete out.status;
  return out;
}

/**
 * The managers after an update: what it set is the updater's, what it changed or removed is nobody else's. Upstream:
 * sigs.k8s.io/structured-merge-diff/merge/update.go `Update`
 */
export function afterUpdate(
  old: KubeObject | undefined,
  next: KubeObject,
  type: GoStruct,
  updater: Omit<Manager, 'fields' | 'operation'>,
): ManagedFieldsEntry[] {
  const status = updater.subresource === 'status';
  const change = compare(old ? ownable(old, status) : {}, ownable(next, status), type);
  const taken = change.added.union(change.modified);
  const lost = change.modified.union(change.removed);
  const isUpdater = (one: Manager) =>
    one.operation === 'Update' && one.name === updater.name && one.subresource === updater.subresource;
  const before = old ? managersOf(old) : [];
  if (taken.isEmpty && lost.isEmpty) return entriesOf(before);
  const own = before.find(isUpdater)?.fields ?? new FieldSet();
  const others = before
    .filter((one) => !isUpdater(one))
    .map((one) => ({ ...one, fields: one.fields.difference(lost) }));
  const mine: Manager = { ...updater, operation: 'Update', fields: own.difference(change.removed).union(taken) };
  return entriesOf([...others, mine]);
}
