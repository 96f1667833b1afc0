import type { IPAddress, ServiceCIDR } from '@/kubernetes/api/generated/networking-v1';
import type { Describer } from '../describer';
import { describeEvents, eventsAbout } from '../events';
import { Lines, longTime } from '../lines';
import { annotations, labels } from '../metadata';

/** Upstream: kubectl/pkg/describe/describe.go `describeServiceCIDRV1`. */
export const describeServiceCIDR: Describer<ServiceCIDR> = (range, { invocation, events }) => {
  const { metadata, spec, status } = range;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('CIDRs', (spec?.cidrs ?? []).join(', '));
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    lines.add(0, 'Status:');
    lines.add(0, 'Conditions:');
    lines.add(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage');
    lines.add(1, '----\t------\t------------------\t------\t-------');
    for (const one of conditions) {
      lines.add(1, [one.type, one.status, longTime(one.lastTransitionTime), one.reason, one.message].join('\t'));
    }
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...range }), invocation.now);
  return lines.toString();
};

/** Upstream: `describeIPAddressV1`. */
export const describeIPAddress: Describer<IPAddress> = (address, { invocation, events }) => {
  const { metadata, spec } = address;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  const parent = spec?.parentRef;
  if (parent) {
    lines.add(0, 'Parent Reference:');
    lines.field('Group', parent.group, 1);
    lines.field('Resource', parent.resource, 1);
    lines.field('Namespace', parent.namespace, 1);
    lines.field('Name', parent.name, 1);
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...address }), invocation.now);
  return lines.toString();
};
