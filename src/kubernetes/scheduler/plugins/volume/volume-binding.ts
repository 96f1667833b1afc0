import type { Node, PersistentVolume, PersistentVolumeClaim } from '../../../api/generated/core-v1';
import type { StorageClass } from '../../../api/generated/storage-v1';
import { matchesLabelSelector } from '../../../api/label-selector';
import { referenceTo } from '../../../api/object';
import { compareQuantities } from '../../../api/quantity';
import { anyTermMatchesNode } from '../../../placement/node-selector';
import type { Plugin, Refusal } from '../../framework/plugin';
import type { ObjectReader } from '../../framework/snapshot';
import { claimsOf, classNameOf, isFullyBound } from './claims';
import { mounts } from './volume-restrictions';

const name = 'VolumeBinding';

// pkg/scheduler/framework/plugins/volumebinding/binder.go
function refusal(...reasons: string[]): Refusal {
  return { plugin: name, reasons, resolvable: false };
}
const nodeConflict = "node(s) didn't match PersistentVolume's node affinity";
const bindConflict = "node(s) didn't find available persistent volumes to bind";
const volumeMissing = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

function reachable(volume: PersistentVolume, node: Node): boolean {
  const required = volume.spec.nodeAffinity?.required;
  return !required || anyTermMatchesNode(required.nodeSelectorTerms, node);
}

/** Whether a volume that nobody has could serve a claim on this node. Upstream: `FindMatchingVolume` */
function couldServe(volume: PersistentVolume, claim: PersistentVolumeClaim, node: Node): boolean {
  const { spec, status, metadata } = volume;
  const reserved = spec.claimRef;
  if (reserved) return reserved.name === claim.metadata.name && reserved.namespace === claim.metadata.namespace;
  return (
    status?.phase === 'Available' &&
    !metadata.deletionTimestamp &&
    (spec.storageClassName ?? '') === classNameOf(claim) &&
    (spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem') &&
    (claim.spec.accessModes ?? []).every((mode) => spec.accessModes?.includes(mode)) &&
    compareQuantities(spec.capacity?.storage, claim.spec.resources?.requests?.storage) >= 0 &&
    (!claim.spec.selector || matchesLabelSelector(claim.spec.selector, metadata.labels)) &&
    reachable(volume, node)
  );
}

/** Whether the class could make a volume for this node. Upstream: `checkVolumeProvisions` */
function couldProvision(storageClass: StorageClass | undefined, node: Node): boolean {
  if (!storageClass?.provisioner || storageClass.provisioner === 'kubernetes.io/no-provisioner') return false;
  const terms = storageClass.allowedTopologies ?? [];
  if (terms.length === 0) return true;
  return terms.some((term) =>
    (term.matchLabelExpressions ?? []).every(({ key, values }) => values.includes(node.metadata.labels?.[key] ?? '')),
  );
}

/** The class of a claim that waits for its first user. */
function waitingClass(claim: PersistentVolumeClaim, objects: ObjectReader): StorageClass | undefined {
  const found = objects.get('storageclasses.storage.k8s.io', undefined, classNameOf(claim));
  return found?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec.volumeName ? found : undefined;
}

/**
 * Volumes that a node can reach. Binding a waiting claim is the persistent volume controller's work and is not
 * simulated.
 */
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
    const canBind = (claim: PersistentVolumeClaim, node: Node) =>
      available.some((volume) => couldServe(volume, claim, node)) || couldProvision(waitingClass(claim, objects), node);
    return {
      filter({ node }) {
        if (!node) return undefined;
        const reasons: string[] = [];
        if (volumes.some((volume) => volume && !reachable(volume, node))) reasons.push(nodeConflict);
        if (unbound.some((claim) => !canBind(claim, node))) reasons.push(bindConflict);
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
