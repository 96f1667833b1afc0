import type { PersistentVolume } from '../../../api/generated/core-v1';
import { referenceTo } from '../../../api/object';
import type { Plugin, Refusal } from '../../framework/plugin';
import type { NodeInfo } from '../../framework/node-info';
import { claimNames } from '../../framework/pod-info';
import { mounts } from './volume-restrictions';

const name = 'VolumeZone';

// pkg/scheduler/framework/plugins/volumezone/volume_zone.go
const conflict: Refusal = { plugin: name, reasons: ['node(s) had no available volume zone'], resolvable: false };

/** Topology labels, each with what it is called today. */
const topologyLabels: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region': 'topology.kubernetes.io/region',
};

function hasTopology({ labels }: NodeInfo): boolean {
  return Object.keys(topologyLabels).some((key) => labels[key] !== undefined);
}

/** Volumes labelled with a zone or region are used there only. */
export const volumeZone: Plugin = {
  name,
  preFilter({ pod }, { objects }) {
    const wanted: { key: string; values: readonly string[]; volume: string }[] = [];
    const volumes: PersistentVolume[] = [];
    for (const claimName of claimNames(pod)) {
      const claim = objects.get('persistentvolumeclaims', pod.metadata.namespace, claimName);
      const volumeName = claim?.spec.volumeName;
      if (!volumeName) continue;
      const volume = objects.get('persistentvolumes', undefined, volumeName);
      if (!volume) {
        return { plugin: name, reasons: [`persistentvolume "${volumeName}" not found`], resolvable: false };
      }
      volumes.push(volume);
      for (const [key, value] of Object.entries(volume.metadata.labels ?? {})) {
        if (topologyLabels[key]) wanted.push({ key, values: value.split('__'), volume: volumeName });
      }
    }
    if (wanted.length === 0) return undefined;
    return {
      filter(node) {
        if (!hasTopology(node)) return undefined;
        const fits = wanted.every(({ key, values }) => {
          const value = node.labels[key] ?? node.labels[topologyLabels[key] ?? ''];
          return value !== undefined && values.includes(value);
        });
        return fits ? undefined : conflict;
      },
      because: () =>
        wanted.map(({ key, values, volume }) => ({
          text: `volume ${volume} is labelled ${key}=${values.join('__')}`,
          about: volumes.filter((one) => one.metadata.name === volume).map((one) => referenceTo(one)),
        })),
    };
  },
  events: [
    { resource: 'StorageClass', actions: ['Add'] },
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel'] },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add', 'Update'],
      hint: (waiting, event) => mounts(waiting, event.new?.metadata),
    },
    { resource: 'PersistentVolume', actions: ['Add', 'Update'] },
  ],
};
