import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { findKind, type ResourceInfo, splitApiVersion } from '@/kubernetes/api/registry';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { isServedBy } from '@/kubernetes/api/versions/served';
import { isKnownKind, meantKind, servedVersion } from './fixes/kind';
import type { Details } from './remark';

/** Where kubectl would send an object, or why it would not. */
export type Target = { readonly info: ResourceInfo; readonly value: JsonObject } | { readonly stopped: Details };

/** What kubectl says before it asks the server. Upstream: staging/src/k8s.io/kubectl/pkg/validation/schema.go */
export function targetOf(value: unknown, minor: KubernetesVersion): Target {
  if (!isObject(value)) return stop('InvalidObject', 'error validating data: invalid object to validate', '');
  const { apiVersion, kind } = value;
  const missing = [...typeProblem('apiVersion', apiVersion), ...typeProblem('kind', kind)];
  if (missing.length > 0 || typeof apiVersion !== 'string' || typeof kind !== 'string') {
    const list = missing.length === 1 ? missing.join() : `[${missing.join(', ')}]`;
    const known = apiVersion === undefined && typeof kind === 'string' ? servedVersion(kind, undefined) : undefined;
    const path = isUnset(apiVersion) || typeof apiVersion !== 'string' ? 'apiVersion' : 'kind';
    return stop('TypeNotSet', `error validating data: ${list}`, path, known);
  }
  const [group, version] = splitApiVersion(apiVersion);
  const info = findKind(group, version, kind);
  if (info && isServedBy(minor, info)) return { info, value };
  // staging/src/k8s.io/apimachinery/pkg/api/meta/errors.go `NoKindMatchError`
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  // Another version of it would not be served either.
  if (info) return stop('NoKindMatch', message, 'kind');
  if (isKnownKind(kind)) return stop('NoKindMatch', message, 'apiVersion', servedVersion(kind, apiVersion));
  return stop('NoKindMatch', message, 'kind', meantKind(kind, apiVersion));
}

function stop(code: string, message: string, path: string, proposal?: Details['proposal']): Target {
  return { stopped: { code, speaker: 'kubectl', message, path, proposal } };
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function typeProblem(field: string, value: unknown): string[] {
  if (isUnset(value)) return [`${field} not set`];
  return typeof value === 'string' ? [] : [`${field} isn't string type`];
}
