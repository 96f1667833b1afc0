import type { PersistentVolumeClaim, Pod } from '../../../api/generated/core-v1';
import { claimNames } from '../../framework/pod-info';
import type { ObjectReader } from '../../framework/snapshot';

/** The claims a Pod mounts, or the text about the first that cannot be used. */
export type Claims = { readonly found: PersistentVolumeClaim[] } | { readonly trouble: string };

/**
 * Upstream: pkg/scheduler/framework/plugins/volumebinding/volume_binding.go `podHasPVCs`
 */
export function claimsOf(pod: Pod, objects: ObjectReader): Claims {
  const found: PersistentVolumeClaim[] = [];
  for (const name of claimNames(pod)) {
    const claim = objects.get('persistentvolumeclaims', pod.metadata.namespace, name);
    if (!claim) return { trouble: `persistentvolumeclaim "${name}" not found` };
    if (claim.status?.phase === 'Lost') {
      const volume = claim.spec.volumeName ?? '';
      return { trouble: `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${volume}"` };
    }
    if (claim.metadata.deletionTimestamp) return { trouble: `persistentvolumeclaim "${name}" is being deleted` };
    found.push(claim);
  }
  return { found };
}

/** Bound to a volume, and both sides know it. Upstream: binder.go `isPVCFullyBound` */
export function isFullyBound({ spec, metadata }: PersistentVolumeClaim): boolean {
  return !!spec.volumeName && metadata.annotations?.['pv.kubernetes.io/bind-completed'] !== undefined;
}
