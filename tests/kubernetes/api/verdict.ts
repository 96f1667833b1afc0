import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { findKind, splitApiVersion } from '@/kubernetes/api/registry';
import type { ApiResponse } from '@/kubernetes/apiserver/request';
import { server, yaml } from '../apiserver/server';

/** Makes the documents one after another in a fresh cluster; the answer is the last one's. */
export function create(manifests: readonly string[], version: KubernetesVersion = '1.36'): ApiResponse {
  const { ask } = server(version);
  const answers = manifests.map((text) => {
    const body = yaml(text);
    const [group, version] = splitApiVersion(String(body.apiVersion));
    const info = findKind(group, version, String(body.kind));
    if (!info) throw new Error(`no kind ${String(body.kind)}`);
    const metadata = isObject(body.metadata) ? body.metadata : {};
    const namespace = info.namespaced ? String(metadata.namespace ?? 'default') : undefined;
    return ask({ verb: 'create', group, version, resource: info.plural, body, namespace });
  });
  const refused = answers.slice(0, -1).find(({ code }) => code >= 400);
  const last = refused ?? answers.at(-1);
  if (!last) throw new Error('nothing to create');
  return last;
}

/** `spec.replicas: Invalid value: -1: must be …` of each cause; a refusal without causes is its message. */
export function errorsOf({ body }: ApiResponse): string[] {
  if (body.kind !== 'Status') return [];
  const details = isObject(body.details) ? body.details : {};
  const causes: JsonObject[] = Array.isArray(details.causes) ? details.causes.filter(isObject) : [];
  if (causes.length === 0) return [String(body.message)];
  return causes.map(({ field, message }) => `${String(field)}: ${String(message)}`);
}

/** What `text` is refused for, with nothing before it. */
export function verdict(text: string, version?: KubernetesVersion): string[] {
  return errorsOf(create([text], version));
}
