import { isObject, type JsonObject } from '@/kubernetes/api/object';
import type { BareServer } from '@/kubernetes/bare-server';
import { namespaceOf } from './api-stage';
import type { CheckOptions } from './options';

/**
 * A manifest for a namespace that this empty cluster lacks is no mistake: the reader's cluster has it. It is made, with
 * the Pod Security level asked for; returns what to say of it.
 */
export function assumeNamespace(
  value: unknown,
  server: BareServer,
  { podSecurity: level }: Pick<CheckOptions, 'podSecurity'>,
): string | undefined {
  if (!isObject(value) || value.kind === 'Namespace') return undefined;
  const name = namespaceOf(value);
  const client = server.client();
  const labels = level ? { 'pod-security.kubernetes.io/enforce': level } : undefined;
  const known = client.get('namespaces', undefined, name);
  if (known) {
    const enforced = known.metadata.labels?.['pod-security.kubernetes.io/enforce'];
    // Not a request of the manifest's: the cluster that it is meant for was made so.
    if (labels && enforced !== level) {
      const metadata = { ...known.metadata, labels: { ...known.metadata.labels, ...labels } };
      server.store.put('namespaces', { ...known, metadata });
    }
    return undefined;
  }
  const made = client.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
    spec: {},
  });
  if (made.ok) giveServiceAccount(server, name);
  return made.ok ? `namespace "${name}" is not part of this text; it is assumed to exist` : undefined;
}

/** The controllers give every namespace its service account a moment after it was made; a manifest may not be faster. */
function giveServiceAccount(server: BareServer, namespace: string): void {
  server.client().create('serviceaccounts', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace },
  });
}

/** After a Namespace of the manifest was accepted: what its cluster would add to it. */
export function welcome(accepted: JsonObject | undefined, server: BareServer): void {
  if (accepted?.kind !== 'Namespace' || !isObject(accepted.metadata)) return;
  giveServiceAccount(server, String(accepted.metadata.name));
}
