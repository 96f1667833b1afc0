import { referenceTo } from '../../../api/object';
import type { Pod } from '../../../api/generated/core-v1';
import type { Plugin, Refusal } from '../../framework/plugin';
import type { NodeInfo } from '../../framework/node-info';
import { claimNames, type PodInfo } from '../../framework/pod-info';
import { disksConflict, disksOf } from './disk-conflict';

const name = 'VolumeRestrictions';

// pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go
const inUse: Refusal = {
  plugin: name,
  reasons: [
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  ],
  resolvable: true,
};
const noDisk: Refusal = { plugin: name, reasons: ['node(s) had no available disk'], resolvable: true };

/** The claims a Pod names itself; those of its ephemeral volumes are its own anyway. */
function namedClaims({ spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap((one) => one.persistentVolumeClaim?.claimName ?? []);
}

/**
 * Claims with access mode ReadWriteOncePod have one user in the whole cluster, and some kinds of disks one on each node.
 */
export const volumeRestrictions: Plugin = {
  name,
  preFilter({ pod }, snapshot) {
    if (!pod.spec.volumes) return undefined;
    const disks = disksOf(pod);
    const exclusive = new Set<string>();
    for (const claimName of namedClaims(pod)) {
      const claim = snapshot.objects.get('persistentvolumeclaims', pod.metadata.namespace, claimName);
      if (!claim) {
        return { plugin: name, reasons: [`persistentvolumeclaim "${claimName}" not found`], resolvable: false };
      }
      if (claim.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.add(claimName);
    }
    const used = (other: PodInfo) =>
      other.namespace === pod.metadata.namespace ? namedClaims(other.pod).filter((one) => exclusive.has(one)) : [];
    const users = exclusive.size === 0 ? [] : snapshot.nodes.flatMap(({ pods }) => pods.filter((one) => used(one)[0]));
    // Of each claim one user is reckoned with, whoever else there is.
    let uses = new Set(users.flatMap(used)).size;
    if (disks.length === 0 && uses === 0) return undefined;
    const takers = (node: NodeInfo) => node.pods.filter((other) => disksConflict(disks, other.pod));
    return {
      filter(node) {
        if (disks.length > 0 && takers(node).length > 0) return noDisk;
        return uses > 0 ? inUse : undefined;
      },
      addPod: (added) => void (uses += used(added).length),
      removePod: (removed) => void (uses -= used(removed).length),
      because: (node) => [
        ...takers(node).map((taker) => ({
          text: `the disk is in use by Pod ${taker.key}`,
          about: [referenceTo(taker.pod)],
        })),
        ...users.map((user) => ({ text: `the claim is in use by Pod ${user.key}`, about: [referenceTo(user.pod)] })),
      ],
    };
  },
  events: [
    {
      resource: 'Pod',
      actions: ['Delete'],
      hint(waiting, event) {
        // Events of Pods carry Pods.
        const gone = event.old as Pod;
        if (gone.metadata.namespace !== waiting.namespace) return false;
        const names = new Set(namedClaims(waiting.pod));
        return disksConflict(disksOf(waiting.pod), gone) || namedClaims(gone).some((one) => names.has(one));
      },
    },
    { resource: 'Node', actions: ['Add'] },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add'],
      hint: (waiting, event) => mounts(waiting, event.new?.metadata),
    },
  ],
};

/** Whether a claim, by name and namespace, is one that the Pod mounts. */
export function mounts({ pod, namespace }: PodInfo, claim: { name: string; namespace?: string } | undefined): boolean {
  return claim !== undefined && claim.namespace === namespace && claimNames(pod).includes(claim.name);
}
