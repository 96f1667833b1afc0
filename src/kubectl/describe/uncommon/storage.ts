import type { CSINode, VolumeAttributesClass } from '@/kubernetes/api/generated/storage-v1';
import { labelsText } from '../../printers/selector-text';
import type { Describer } from '../describer';
import { describeEvents, eventsAbout } from '../events';
import { Lines, longTime } from '../lines';
import { annotations, labels } from '../metadata';

/** Upstream: kubectl/pkg/describe/describe.go `describeCSINode`. */
export const describeCSINode: Describer<CSINode> = (node, { invocation, events }) => {
  const { metadata, spec } = node;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  lines.add(0, 'Spec:');
  // The server answers null where there is none.
  const drivers = (spec.drivers as CSINode['spec']['drivers'] | null) ?? [];
  if (drivers.length > 0) lines.add(1, 'Drivers:');
  for (const { name, nodeID, allocatable, topologyKeys } of drivers) {
    lines.add(2, `${name}:`);
    lines.field('Node ID', nodeID, 3);
    if (allocatable?.count !== undefined) {
      lines.add(3, 'Allocatables:');
      lines.field('Count', allocatable.count, 4);
    }
    if (topologyKeys?.length) lines.field('Topology Keys', `[${topologyKeys.join(' ')}]`, 3);
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...node }), invocation.now);
  return lines.toString();
};

/** Upstream: `describeVolumeAttributesClass`. */
export const describeVolumeAttributesClass: Describer<VolumeAttributesClass> = (item, { invocation, events }) => {
  const { metadata, driverName, parameters } = item;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Annotations', labelsText(metadata.annotations) || '<none>');
  lines.field('DriverName', driverName);
  lines.field('Parameters', labelsText(parameters) || '<none>');
  if (events) describeEvents(lines, eventsAbout(invocation, { ...item }), invocation.now);
  return lines.toString();
};
