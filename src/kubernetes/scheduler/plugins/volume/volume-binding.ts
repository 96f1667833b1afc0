import { referenceTo } from '../../../api/object';
import { isVolumeReachable } from '../../../placement/matching-volume';
import type { Plugin, Refusal } from '../../framework/plugin';
import { planBinding, waitingClass } from './binding-plan';
import { claimsOf, isFullyBound } from './claims';
import { mounts } from './volume-restrictions';

const name = 'VolumeBinding';

// pkg/scheduler/framework/plugins/volumebinding/binder.go
function refusal(...reasons: string[]): Refusal {
  return { plugin: name, reasons, resolvable: false };
}
const nodeConflict = "node(s) didn't match PersistentVolume's node affinity";
const bindConflict = "node(s) didn't find available persistent volumes to bind";
const volumeMissing = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

/** Volumes that a node can reach, or that claims waiting for their first Pod could have there. */
export const volumeBinding: Plugin = {
  name,
  preFilter({ pod }, { objects }) {
    const claims = claimsOf(pod, objects);
    if ('trouble' in claims) return refusal(claims.trouble);
    if (claims.found.length === 0) return undefined;
    const bound = claims.found.filter(isFullyBound);
    const unbound = claims.found.filter((claim) => !isFullyBound(claim));
    if (unbound.some((claim) => !waitingClass(claim, objects))) {
      return refusal('pod has unbound immediate PersistentVolumeClaims');
    }
    const volumes = bound.map(({ spec }) => objects.get('persistentvolumes', undefined, spec.volumeName ?? ''));
    const available = unbound.length > 0 ? objects.list('persistentvolumes') : [];
    return {
      filter({ node }) {
        if (!node) return undefined;
        const reasons: string[] = [];
        if (volumes.some((volume) => volume && !isVolumeReachable(volume, node))) reasons.push(nodeConflict);
        if (unbound.length > 0 && !planBinding(unbound, available, node, objects)) reasons.push(bindConflict);
        if (volumes.includes(undefined)) reasons.push(volumeMissing);
        return reasons.length > 0 ? refusal(...reasons) : undefined;
      },
      because: () =>
        claims.found.map((claim) => ({ text: `claim ${claim.metadata.name}`, about: [referenceTo(claim)] })),
    };
  },
  events: [
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel'] },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add', 'Update'],
      hint: (waiting, event) => mounts(waiting, event.new?.metadata),
    },
    { resource: 'PersistentVolume', actions: ['Add', 'Update'] },
    { resource: 'StorageClass', actions: ['Add', 'Update'] },
  ],
};
