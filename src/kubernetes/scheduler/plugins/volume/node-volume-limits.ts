import type { PersistentVolumeClaim, Pod } from '../../../api/generated/core-v1';
import type { CSINode, VolumeAttachment } from '../../../api/generated/storage-v1';
import { referenceTo } from '../../../api/object';
import type { NodeInfo } from '../../framework/node-info';
import type { Plugin, Refusal } from '../../framework/plugin';
import { claimNames } from '../../framework/pod-info';
import type { ObjectReader } from '../../framework/snapshot';
import { claimClass } from '../../../placement/matching-volume';
import { mounts } from './volume-restrictions';

const name = 'NodeVolumeLimits';

// pkg/scheduler/framework/plugins/nodevolumelimits/csi.go, utils.go
const tooMany: Refusal = { plugin: name, reasons: ['node(s) exceed max volume count'], resolvable: true };

/** Volumes by a name of their own, with the driver that attaches them. */
type Volumes = Map<string, string>;

/**
 * The driver of a claim's volume and a name for the volume: what it is bound to, else what its class would make.
 * Drivers that older kinds of volumes are handed over to are not simulated. Upstream: `getCSIDriverInfo`
 */
function volumeOf(claim: PersistentVolumeClaim, objects: ObjectReader): readonly [volume: string, driver: string][] {
  const bound = objects.get('persistentvolumes', undefined, claim.spec.volumeName ?? '');
  if (bound) {
    const { csi } = bound.spec;
    return csi ? [[`${csi.driver}/${csi.volumeHandle}`, csi.driver]] : [];
  }
  const driver = objects.get('storageclasses.storage.k8s.io', undefined, claimClass(claim))?.provisioner;
  return driver ? [[`${driver}/-${claim.metadata.namespace ?? ''}/${claim.metadata.name}`, driver]] : [];
}

/** Upstream: `filterAttachableVolumes` */
function volumesOf(pods: readonly Pod[], objects: ObjectReader): Volumes {
  const claims = pods.flatMap((pod) =>
    claimNames(pod).flatMap((one) => objects.get('persistentvolumeclaims', pod.metadata.namespace, one) ?? []),
  );
  return new Map(claims.flatMap((claim) => volumeOf(claim, objects)));
}

/** What is attached to a node, whoever uses it. Upstream: `getNodeVolumeAttachmentInfo` */
function attachedTo(node: string, objects: ObjectReader): Volumes {
  const attachments = objects.list('volumeattachments.storage.k8s.io').filter(({ spec }) => spec.nodeName === node);
  return new Map(
    attachments.flatMap(({ spec: { attacher, source } }: VolumeAttachment): [string, string][] => {
      const csi = objects.get('persistentvolumes', undefined, source.persistentVolumeName ?? '')?.spec.csi;
      return csi && attacher ? [[`${attacher}/${csi.volumeHandle}`, attacher]] : [];
    }),
  );
}

function limitsOf(node: CSINode | undefined): Map<string, number> {
  return new Map(
    (node?.spec.drivers ?? []).flatMap(({ name: driver, allocatable }): [string, number][] =>
      allocatable?.count === undefined ? [] : [[driver, allocatable.count]],
    ),
  );
}

function count(volumes: Volumes, driver: string): number {
  return [...volumes.values()].filter((one) => one === driver).length;
}

function exceeds(wanted: Volumes, node: NodeInfo, objects: ObjectReader): boolean {
  const limits = limitsOf(objects.get('csinodes.storage.k8s.io', undefined, node.name));
  if (![...wanted.values()].some((driver) => limits.has(driver))) return false;
  const inUse = volumesOf(
    node.pods.map(({ pod }) => pod),
    objects,
  );
  const fresh: Volumes = new Map([...wanted].filter(([volume]) => !inUse.has(volume)));
  const there: Volumes = new Map([...attachedTo(node.name, objects), ...inUse]);
  return [...new Set(fresh.values())].some(
    (driver) => count(there, driver) + count(fresh, driver) > (limits.get(driver) ?? Infinity),
  );
}

/** As many volumes of a CSI driver as its CSINode says can be attached to a node. */
export const nodeVolumeLimits: Plugin = {
  name,
  preFilter({ pod }, { objects }) {
    if (claimNames(pod).length === 0) return undefined;
    const wanted = volumesOf([pod], objects);
    return {
      filter: (node) => (wanted.size > 0 && exceeds(wanted, node, objects) ? tooMany : undefined),
      because(node) {
        const drivers = objects.get('csinodes.storage.k8s.io', undefined, node.name);
        const said = [...limitsOf(drivers)].map(([driver, most]) => `${most} volumes of ${driver}`).join(', ');
        return [{ text: `${node.name} can attach ${said}`, about: drivers ? [referenceTo(drivers)] : [] }];
      },
    };
  },
  events: [
    { resource: 'CSINode', actions: ['Add'] },
    {
      resource: 'CSINode',
      actions: ['Update'],
      hint(_, event) {
        // Events of CSINodes carry CSINodes.
        const [before, after] = [limitsOf(event.old as CSINode), limitsOf(event.new as CSINode)];
        return [...after].some(([driver, most]) => most > (before.get(driver) ?? 0));
      },
    },
    {
      resource: 'Pod',
      actions: ['Delete'],
      hint(_, event) {
        // Events of Pods carry Pods.
        const gone = event.old as Pod;
        return claimNames(gone).length > 0 && !!(gone.spec.nodeName ?? gone.status.nominatedNodeName);
      },
    },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add'],
      hint: (waiting, event) => mounts(waiting, event.new?.metadata),
    },
    {
      resource: 'VolumeAttachment',
      actions: ['Delete'],
      hint: ({ pod }) => (pod.spec.volumes ?? []).some((one) => one.persistentVolumeClaim !== undefined),
    },
  ],
};
