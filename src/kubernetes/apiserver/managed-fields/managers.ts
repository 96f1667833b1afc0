import type { ManagedFieldsEntry } from '../../api/generated/meta-v1';
import { isObject, type JsonObject, type KubeObject } from '../../api/object';
import type { GoStruct, GoType } from '../schema/go-type';
import { FieldSet } from './field-set';
import { compare } from './typed-value';

/** How a manager came to its fields. */
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

/** The managers of an object, with the fields of each as a set. */
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

/** Managers as an object holds them, without those that are left without fields, in the order of upstream. */
export function entriesOf(managers: readonly Manager[]): ManagedFieldsEntry[] {
  return managers
    .filter(({ fields }) => !fields.isEmpty)
    .sort(byOperationAndTime)
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

/** Upstream: managedfields/internal/managedfields.go `sortEncodedManagedFields`. */
function byOperationAndTime(a: Manager, b: Manager): number {
  const keys = ({ operation, time = '', name, apiVersion, subresource = '' }: Manager) => [
    operation,
    time,
    name,
    apiVersion,
    subresource,
  ];
  const others = keys(b);
  for (const [i, key] of keys(a).entries()) {
    const other = others[i] ?? '';
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}

/**
 * An object of the type before anything is set: the fields that Go writes all the same. Against it a new object is
 * compared, so that nobody owns `spec` as such. Upstream: handlers/create.go, which begins with `scope.Creater.New`.
 */
function zeroOf({ always }: GoStruct): JsonObject {
  return Object.fromEntries(always.map(({ name, type }) => [name, zeroValue(type)]));
}

function zeroValue(type: GoType): unknown {
  switch (type.kind) {
    case 'struct':
      return zeroOf(type);
    case 'slice':
      return [];
    case 'pointer':
    case 'map':
      return {};
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
    case 'float64':
      return 0;
    default:
      return undefined;
  }
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
  const change = compare(ownable(old ?? zeroOf(type), status), ownable(next, status), type);
  const taken = change.added.union(change.modified);
  const metadata = taken.children.get('f:metadata');
  if (metadata) metadata.owned = false; // `metadata` as such is nobody's either: stripmeta.go
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
