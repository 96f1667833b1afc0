import type { PersistentVolume, PersistentVolumeClaim, Pod } from '@/kubernetes/api/generated/core-v1';
import type { StorageClass } from '@/kubernetes/api/generated/storage-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import type { Invocation } from '../invocation';
import { accessModes } from '../printers/core';
import { storageClassOf } from '../printers/storage-class';
import { labelsText } from '../printers/selector-text';
import { typedList } from '../resource/typed';
import { humanDuration } from '../output/duration';
import { describeClaim } from './claim';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines, longTime } from './lines';
import { annotations, labels } from './metadata';
import { describeSource } from './persistent-volume-source';

/** Upstream: kubectl/pkg/describe/describe.go `describePersistentVolume`. */
export const describePersistentVolume: Describer<PersistentVolume> = (volume, { invocation, events }) => {
  const { metadata, spec, status } = volume;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  lines.field('StorageClass', storageClassOf(volume));
  lines.field('Status', phase(metadata, status.phase, invocation.now));
  lines.field('Claim', spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '');
  lines.field('Reclaim Policy', spec.persistentVolumeReclaimPolicy);
  lines.field('Access Modes', accessModes(spec.accessModes));
  if (spec.volumeMode !== undefined) lines.field('VolumeMode', spec.volumeMode);
  lines.field('Capacity', spec.capacity?.storage ?? '0');
  nodeAffinity(lines, volume);
  lines.field('Message', status.message);
  lines.add(0, 'Source:');
  describeSource(lines, spec);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...volume }), invocation.now);
  return lines.toString();
};

function phase(
  { deletionTimestamp }: KubeObject['metadata'],
  word: string | undefined,
  now: number,
): string | undefined {
  if (!deletionTimestamp) return word;
  return `Terminating (lasts ${humanDuration(now - (parseRfc3339(deletionTimestamp) ?? 0))})`;
}

/** Upstream: `printVolumeNodeAffinity`. */
function nodeAffinity(lines: Lines, { spec }: PersistentVolume): void {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  if (!terms) {
    lines.add(0, 'Node Affinity:\t<none>');
    return;
  }
  lines.add(0, 'Node Affinity:\t');
  lines.add(1, terms.length === 0 ? 'Required Terms:\t<none>' : 'Required Terms:\t');
  terms.forEach(({ matchExpressions = [] }, i) => {
    if (matchExpressions.length === 0) lines.add(2, `Term ${i}:\t<none>`);
    matchExpressions.forEach(({ key, operator, values = [] }, j) => {
      const list = values.length > 0 ? ` [${values.join(', ')}]` : '';
      lines.add(2, `${j === 0 ? `Term ${i}:` : ''}\t${key} ${operator.toLowerCase()}${list}`);
    });
  });
}

/** Upstream: `describePersistentVolumeClaim`. */
export const describePersistentVolumeClaim: Describer<PersistentVolumeClaim> = (claim, { invocation, events }) => {
  const { metadata, status } = claim;
  const lines = new Lines();
  describeClaim(lines, claim, { status, phase: phase(metadata, status.phase, invocation.now) });
  const users = podsUsing(invocation, claim);
  if (users.length === 0) lines.field('Used By', '<none>');
  users.forEach((name, i) => lines.add(0, `${i === 0 ? 'Used By:' : ''}\t${name}`));
  if (status.conditions?.length) {
    lines.add(0, 'Conditions:');
    lines.add(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage');
    lines.add(1, '----\t------\t-----------------\t------------------\t------\t-------');
    for (const one of status.conditions) {
      const times = `${longTime(one.lastProbeTime)} \t${longTime(one.lastTransitionTime)}`;
      lines.add(1, `${one.type} \t${one.status} \t${times} \t${one.reason ?? ''} \t${one.message ?? ''}`);
    }
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...claim }), invocation.now);
  return lines.toString();
};

function podsUsing(invocation: Invocation, { metadata }: PersistentVolumeClaim): string[] {
  const mapping = findResource('pods', '');
  // The resource listed is that of Pods.
  const pods = mapping ? typedList<Pod>(invocation.list(mapping, { namespace: metadata.namespace })) : [];
  const uses = ({ spec }: Pod) => spec.volumes?.some((one) => one.persistentVolumeClaim?.claimName === metadata.name);
  return pods
    .filter(uses)
    .map((pod) => pod.metadata.name)
    .sort();
}

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/** Upstream: `describeStorageClass`. Annotations are written without a look at what they are. */
export const describeStorageClass: Describer<StorageClass> = (storageClass, { invocation, events }) => {
  const { metadata, provisioner, parameters, allowVolumeExpansion, mountOptions = [] } = storageClass;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('IsDefaultClass', metadata.annotations?.[defaultClass] === 'true' ? 'Yes' : 'No');
  lines.field('Annotations', labelsText(metadata.annotations) || '<none>');
  lines.field('Provisioner', provisioner);
  lines.field('Parameters', labelsText(parameters) || '<none>');
  lines.field(
    'AllowVolumeExpansion',
    allowVolumeExpansion === undefined ? '<unset>' : allowVolumeExpansion ? 'True' : 'False',
  );
  if (mountOptions.length === 0) lines.field('MountOptions', '<none>');
  else {
    lines.add(0, 'MountOptions:');
    for (const option of mountOptions) lines.add(1, option);
  }
  if (storageClass.reclaimPolicy !== undefined) lines.field('ReclaimPolicy', storageClass.reclaimPolicy);
  if (storageClass.volumeBindingMode !== undefined) lines.field('VolumeBindingMode', storageClass.volumeBindingMode);
  const topologies = storageClass.allowedTopologies;
  if (topologies?.length) {
    lines.add(0, 'AllowedTopologies:\t');
    topologies.forEach(({ matchLabelExpressions = [] }, i) => {
      if (matchLabelExpressions.length === 0) lines.add(1, `Term ${i}:\t<none>`);
      matchLabelExpressions.forEach(({ key, values }, j) => {
        lines.add(1, `${j === 0 ? `Term ${i}:` : ''}\t${key} in [${values.join(', ')}]`);
      });
    });
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...storageClass }), invocation.now);
  return lines.toString();
};
