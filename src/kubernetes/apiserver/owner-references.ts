// Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go `dedupOwnerReferencesAndAddWarning`
import { deepEqual, type KubeObject } from '../api/object';

/** Leaves out, in place, owners that are named twice word for word; the warning that says so, where there were any. */
export function dropRepeatedOwners({ metadata }: KubeObject): string[] {
  const owners = metadata.ownerReferences ?? [];
  if (owners.length < 2) return [];
  const kept = owners.filter((one, i) => !owners.slice(0, i).some((other) => deepEqual(one, other)));
  if (kept.length === owners.length) return [];
  const repeated = owners.filter((one) => !kept.includes(one)).map(({ uid }) => uid ?? '');
  metadata.ownerReferences = kept;
  return [
    `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${repeated.join(', ')}`,
  ];
}
