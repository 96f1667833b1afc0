import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { KindDefinition } from '@/kubernetes/api/kind';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { definitionOf, findKind, type ResourceInfo, splitApiVersion } from '@/kubernetes/api/registry';
import { decoderFacts } from '@/kubernetes/api/versions/decoder-facts';
import { isServedBy } from '@/kubernetes/api/versions/served';
import { decode } from '@/kubernetes/apiserver/decode/decoder';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';

/** An object as the server reads it, and what is particular to its kind. */
export interface ReadObject {
  readonly info: ResourceInfo;
  readonly definition: KindDefinition | undefined;
  /** The fields that were written, with the types of the server; fresh at every call. */
  written(): KubeObject;
  /** The same with what the server fills in. */
  defaulted(): KubeObject;
}

/** Reads a value as the server does, unknown fields left out; undefined when it is no object that can be read. */
export function readObject(value: unknown, minor: KubernetesVersion): ReadObject | undefined {
  if (!isObject(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return undefined;
  const { apiVersion, kind } = value;
  const [group, version] = splitApiVersion(apiVersion);
  const info = findKind(group, version, kind);
  const type = goTypeOf(apiVersion, kind, minor);
  if (!info || !type || !isServedBy(minor, info)) return undefined;
  const decoded = decode(value, type, decoderFacts(minor));
  if (!decoded.ok) return undefined;
  const definition = definitionOf(group, kind);
  const written = () => withIdentity(structuredClone(decoded.object), apiVersion, kind);
  return {
    info,
    definition,
    written,
    defaulted() {
      const object = written();
      definition?.setDefaults?.(object, { kubernetes: minor });
      return object;
    },
  };
}

function withIdentity(content: JsonObject, apiVersion: string, kind: string): KubeObject {
  // A decoded object has the metadata that its Go type has; one without is given an empty one, as the server does.
  const object = Object.assign(content, { apiVersion, kind }) as KubeObject;
  object.metadata ??= {} as KubeObject['metadata'];
  return object;
}

/** The Pod that a workload makes of its template, and where the template stands. */
export function podOf(object: KubeObject): { readonly pod: JsonObject; readonly at: readonly string[] } | undefined {
  for (const at of [
    ['spec', 'jobTemplate', 'spec', 'template'],
    ['spec', 'template'],
  ]) {
    const template = at.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), object);
    if (isObject(template) && isObject(template.spec)) {
      const { metadata = {}, spec } = structuredClone(template);
      return { pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec }, at };
    }
  }
  return undefined;
}
