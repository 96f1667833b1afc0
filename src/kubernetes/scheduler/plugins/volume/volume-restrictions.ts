import { referenceTo } from '../../../api/object';
import type { Pod } from '../../../api/generated/core-v1';
import type { Plugin, Refusal } from '../../framework/plugin';
import { claimNames, type PodInfo } from '../../framework/pod-info';

const name = 'VolumeRestrictions';

// pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go
const inUse: Refusal = {
  plugin: name,
  reasons: [
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  ],
  resolvable: true,
};

/** Claims with access mode ReadWriteOncePod have one user in the whole cluster. */
export const volumeRestrictions: Plugin = {
  name,
  preFilter({ pod }, snapshot) {
    const names = claimNames(pod);
    if (names.length === 0) return undefined;
    const exclusive = new Set<string>();
    for (const claimName of names) {
      const claim = snapshot.objects.get('persistentvolumeclaims', pod.metadata.namespace, claimName);
      if (!claim) {
        return { plugin: name, reasons: [`persistentvolumeclaim "${claimName}" not found`], resolvable: false };
      }
      if (claim.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.add(claimName);
    }
    if (exclusive.size === 0) return undefined;
    const uses = (other: PodInfo) =>
      other.namespace === pod.metadata.namespace && claimNames(other.pod).some((one) => exclusive.has(one));
    const users = new Set<PodInfo>();
    for (const node of snapshot.nodes) for (const other of node.pods) if (uses(other)) users.add(other);
    return {
      filter: () => (users.size > 0 ? inUse : undefined),
      addPod: (added) => void (uses(added) && users.add(added)),
      removePod: (removed) => void users.delete(removed),
      because: () =>
        [...users].map((user) => ({ text: `the claim is in use by Pod ${user.key}`, about: [referenceTo(user.pod)] })),
    };
  },
  events: [
    {
      resource: 'Pod',
      actions: ['Delete'],
      hint(waiting, event) {
        // Events of Pods carry Pods.
        const gone = event.old as Pod;
        const names = new Set(claimNames(waiting.pod));
        return gone.metadata.namespace === waiting.namespace && claimNames(gone).some((one) => names.has(one));
      },
    },
    { resource: 'Node', actions: ['Add'] },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add', 'Update'],
      hint: (waiting, event) => mounts(waiting, event.new?.metadata),
    },
  ],
};

/** Whether a claim, by name and namespace, is one that the Pod mounts. */
export function mounts({ pod, namespace }: PodInfo, claim: { name: string; namespace?: string } | undefined): boolean {
  return claim !== undefined && claim.namespace === namespace && claimNames(pod).includes(claim.name);
}
