import { type Schema, schemaName, schemasOf } from '@/kubectl/resource/published-schemas';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { splitApiVersion } from '@/kubernetes/api/registry';

/** A field, an item or a map's value, as the server publishes it. */
export interface Field {
  /** Its own schema, with what a reference refers to. */
  readonly schema: Schema;
  /** Name of the schema, where it has one: `io.k8s.api.core.v1.ContainerPort`. */
  readonly id?: string;
  /** The type it is a field of, and its name there; not there for items and for values of maps. */
  readonly of?: { readonly id: string; readonly name: string; readonly required: boolean };
}

/** The kind that a document says it is, as a field; undefined for one that the minor does not serve. */
export function kindField(apiVersion: string, kind: string, minor: KubernetesVersion): Field | undefined {
  const [group, version] = splitApiVersion(apiVersion);
  const schemas = schemasOf(minor);
  const id = schemaName(schemas, group, version, kind);
  const schema = id === undefined ? undefined : schemas[id];
  return schema && id !== undefined ? { schema, id } : undefined;
}

/** The field at the end of a path below another; undefined where the schema has no such place. */
export function fieldAt(from: Field, path: readonly (string | number)[], minor: KubernetesVersion): Field | undefined {
  let at = from;
  for (const step of path) {
    const next = step === '' ? undefined : below(at, step, minor);
    if (!next) return undefined;
    at = next;
  }
  return at;
}

function below({ schema, id }: Field, step: string | number, minor: KubernetesVersion): Field | undefined {
  const next = typeof step === 'number' ? schema.items : childSchema(schema, step);
  if (!next) return undefined;
  const own = resolved(next, minor);
  if (typeof step === 'number' || id === undefined || !schema.properties) return own;
  return { ...own, of: { id, name: step, required: schema.required?.includes(step) === true } };
}

/** What the fields below one are called, those that must be there first, then those that people write most. */
export function namesBelow({ schema, id }: Field): string[] {
  const first = [...(schema.required ?? []), ...(usual[id?.split('.').at(-1) ?? ''] ?? [])];
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);
  return Object.keys(schema.properties ?? {}).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** `[]ContainerPort`, `map[string]string`, `boolean`: as explain writes types. */
export function typeText({ schema, id }: Field, minor: KubernetesVersion): string {
  if (schema.items) return `[]${typeText(resolved(schema.items, minor), minor)}`;
  const values = schema.additionalProperties;
  if (values) return `map[string]${typeText(resolved(values, minor), minor)}`;
  if (schema.type !== undefined && schema.type !== 'object') return schema.type;
  return id?.split('.').at(-1) ?? schema.type ?? 'Object';
}

/** A schema with what it refers to. */
export function resolved(schema: Schema, minor: KubernetesVersion): Field {
  const id = schema.$ref;
  if (id === undefined) return { schema };
  // What stands beside a reference (a default) goes before what it refers to.
  return { schema: { ...schemasOf(minor)[id], ...schema }, id };
}

function childSchema(schema: Schema, name: string): Schema | undefined {
  return schema.properties && Object.hasOwn(schema.properties, name)
    ? schema.properties[name]
    : schema.additionalProperties;
}

/** What people write first, by type; everything else follows by name. */
const usual: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['apiVersion', 'kind', 'metadata', 'spec'],
  DaemonSet: ['apiVersion', 'kind', 'metadata', 'spec'],
  StatefulSet: ['apiVersion', 'kind', 'metadata', 'spec'],
  Pod: ['apiVersion', 'kind', 'metadata', 'spec'],
  Service: ['apiVersion', 'kind', 'metadata', 'spec'],
  ObjectMeta: ['name', 'namespace', 'labels', 'annotations'],
  DeploymentSpec: ['replicas', 'selector', 'template', 'strategy'],
  DaemonSetSpec: ['selector', 'template', 'updateStrategy'],
  StatefulSetSpec: ['replicas', 'selector', 'serviceName', 'template'],
  LabelSelector: ['matchLabels', 'matchExpressions'],
  PodTemplateSpec: ['metadata', 'spec'],
  PodSpec: ['containers', 'hostNetwork', 'dnsPolicy', 'nodeName', 'nodeSelector', 'restartPolicy', 'volumes'],
  Container: ['name', 'image', 'ports', 'command', 'args', 'env', 'resources', 'readinessProbe', 'livenessProbe'],
  ContainerPort: ['containerPort', 'hostPort', 'protocol', 'name', 'hostIP'],
  ServiceSpec: ['type', 'selector', 'ports'],
  ServicePort: ['name', 'port', 'targetPort', 'nodePort', 'protocol'],
};
