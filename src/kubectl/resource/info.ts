import type { KubeObject } from '@/kubernetes/api/object';
import { type ResourceInfo, findResource, splitApiVersion } from '@/kubernetes/api/registry';
import { isReason } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { kindName } from './mapping';

/** One object of a run: what it is, where it lives, where it was read. Upstream: cli-runtime/pkg/resource `Info`. */
export interface Info {
  readonly mapping: ResourceInfo;
  /** Undefined for kinds outside namespaces. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly object: KubeObject;
  /** `web.yaml`, `STDIN`, or empty for what came from the server. */
  readonly source: string;
}

/** An object, or why there is none, in the order in which they were met. */
export type Entry = { readonly info: Info } | { readonly error: Error };

/** `pod/web`, `deployment.apps/web` */
export function infoName(info: Info): string {
  return `${kindName(info.mapping.kind, apiVersionOf(info.mapping))}/${info.name}`;
}

/** `apps/v1` */
export function apiVersionOf(mapping: ResourceInfo): string {
  return mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version;
}

/** An object with what its commands need to know of its resource. `source`: the file it came from. */
export function infoOf(mapping: ResourceInfo, object: KubeObject, source = ''): Info {
  return { mapping, namespace: object.metadata.namespace, name: object.metadata.name, object, source };
}

/** `ReplicaSet.apps`, `Pod`. Upstream: apimachinery/pkg/runtime/schema `GroupKind.String`. */
export function groupKind({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  const [group] = splitApiVersion(apiVersion);
  return group ? `${kind}.${group}` : kind;
}

/** Reads the object behind an info from the server. Throws StatusError. */
export function fetchInfo(invocation: Invocation, info: Info, ask: Ask = {}): Info {
  const { mapping, namespace, name } = info;
  return { ...info, object: getObject(invocation, mapping, { namespace, name, ...ask }) };
}

/**
 * Reads one object. Where it is missing because its namespace is, that is what is said. Upstream:
 * cli-runtime/pkg/resource/visitor.go `Info.Get`. Throws StatusError.
 */
export function getObject(invocation: Invocation, mapping: ResourceInfo, ask: Ask): KubeObject {
  try {
    return invocation.request('get', mapping, ask);
  } catch (error) {
    const { namespace = 'default' } = ask;
    const namespaces = findResource('namespaces', '');
    if (namespace !== 'default' && namespaces && isReason(error, 'NotFound')) {
      invocation.request('get', namespaces, { name: namespace });
    }
    throw error;
  }
}
