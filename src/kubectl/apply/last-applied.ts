import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { goJson, goStructJson } from '@/kubernetes/strconv/go-json';
import { inTypedOrder } from '../output/typed-order';

export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The object as the annotation keeps it: one line of JSON, without the annotation itself. Upstream:
 * kubectl/pkg/util/apply.go `GetModifiedConfiguration`.
 */
function lastAppliedText(object: KubeObject): string {
  return `${goJson(modifiedObject(object))}\n`;
}

/** The object as its manifest says, with a map of annotations that is never missing and never names itself. */
export function modifiedObject(object: KubeObject): KubeObject {
  const { [lastApplied]: _, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** The object with the annotation that says what it was made of. */
export function withLastApplied(object: KubeObject): KubeObject {
  const annotations = { ...object.metadata.annotations, [lastApplied]: lastAppliedText(object) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/**
 * The same of a typed object, which a command made itself: `--save-config` of `create TYPE`, `run`, `expose`. Upstream:
 * kubectl/pkg/util/apply.go `CreateOrUpdateAnnotation` with the scheme's encoder.
 */
export function withTypedLastApplied(object: KubeObject, minor: KubernetesVersion): KubeObject {
  const text = `${goStructJson(inTypedOrder(object, minor))}\n`;
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [lastApplied]: text } },
  };
}

/** What was applied last, undefined when nothing was. */
export function readLastApplied(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[lastApplied];
}

export function parsedLastApplied(object: KubeObject): JsonObject {
  const text = readLastApplied(object);
  const value: unknown = text === undefined || text === '' ? {} : JSON.parse(text);
  return isObject(value) ? value : {};
}

/** Fields that a manifest sets to null are not sent when the object is new. Upstream: apply.go `pruneNullsFromMap`. */
export function withoutNulls<T>(value: T): T {
  // The shape stays; only keys that hold null disappear.
  if (Array.isArray(value)) return value.map((item: unknown) => withoutNulls(item)) as T;
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)])) as T;
}
