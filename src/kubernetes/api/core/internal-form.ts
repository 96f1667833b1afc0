import type { EphemeralContainer, PodSpec, PodTemplateSpec } from '../generated/core-v1';
import { isObject } from '../object';
import { internalStructs } from './internal-structs';

type Printed = { [field: string]: unknown };

const zeros: Readonly<Record<string, unknown>> = { s: '', i: 0, b: false, p: null };

interface Field {
  readonly goName: string;
  readonly type: string;
  readonly jsonName: string;
}

type Structs = typeof internalStructs;

const parsed = new Map<string, readonly Field[]>();

function fieldsOf(struct: string, structs: Structs): readonly Field[] {
  const known = parsed.get(struct);
  if (known) return known;
  const fields = (structs[struct] ?? internalStructs[struct] ?? []).map((row) => {
    const [goName = '', type = 'p', jsonName = goName.charAt(0).toLowerCase() + goName.slice(1)] = row.split(' ');
    return { goName, type, jsonName };
  });
  parsed.set(struct, fields);
  return fields;
}

/**
 * A value as upstream prints it: as its internal type, with Go's field names, every field, in the order of the struct.
 * `struct` is a key of `internalStructs`, or of `structs`, the kind's own.
 */
export function internalForm(struct: string, value: object, structs: Structs = internalStructs): Printed {
  const given = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    fieldsOf(struct, structs).map(({ goName, type, jsonName }) => [goName, formOf(type, given.get(jsonName), structs)]),
  );
}

function formOf(type: string, value: unknown, structs: Structs): unknown {
  if (type in zeros) return value ?? zeros[type];
  const struct = type.replace(/^(\*|\[\])/, '');
  const form = (item: unknown) => internalForm(struct, isObject(item) ? item : {}, structs);
  if (type.startsWith('[]')) return Array.isArray(value) ? value.map(form) : null;
  if (value === undefined || value === null) return type.startsWith('*') ? null : form({});
  return form(value);
}

/** Upstream keeps the host namespaces in the security context. */
export function internalPodSpec(spec: PodSpec): Printed {
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers, ephemeralContainers } = spec;
  const securityContext = { ...spec.securityContext, hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers };
  return {
    ...internalForm('PodSpec', { ...spec, securityContext }),
    EphemeralContainers: ephemeralContainers?.length ? ephemeralContainers.map(internalEphemeral) : null,
  };
}

function internalEphemeral(container: EphemeralContainer): Printed {
  return { ...internalForm('Container', container), TargetContainerName: container.targetContainerName ?? '' };
}

/** Metadata keeps its JSON names: it is the same type in every version. */
export function internalPodTemplate({ metadata = {}, spec = { containers: [] } }: PodTemplateSpec): Printed {
  const order = ['name', 'generateName', 'namespace', 'labels', 'annotations', 'ownerReferences', 'finalizers'];
  const given = new Map<string, unknown>(Object.entries(metadata));
  const named = order
    .filter((field) => given.get(field) !== undefined)
    .map((field) => [field, sorted(given.get(field))]);
  return { ...Object.fromEntries(named), Spec: internalPodSpec(spec) };
}

/** Go prints a map in the order of its keys. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
