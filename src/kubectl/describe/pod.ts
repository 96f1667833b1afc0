import type { EnvVar, Pod } from '@/kubernetes/api/generated/core-v1';
import { controllerOf } from '@/kubernetes/api/object';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import { humanDuration } from '../output/duration';
import { describeContainers, describeResources } from './containers';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines, longTime } from './lines';
import { annotations, labels } from './metadata';
import { describeSpread, describeTolerations } from './pod-template';
import { describeVolumes } from './volumes';

/** Upstream: kubectl/pkg/describe/describe.go `describePod`. */
export const describePod: Describer<Pod> = (pod, { invocation, events }) => {
  const { metadata, spec, status } = pod;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  if (spec.priority !== undefined) lines.field('Priority', spec.priority);
  if (spec.priorityClassName) lines.field('Priority Class Name', spec.priorityClassName);
  if (spec.runtimeClassName) lines.field('Runtime Class Name', spec.runtimeClassName);
  if (spec.serviceAccountName) lines.field('Service Account', spec.serviceAccountName);
  lines.field('Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime) lines.field('Start Time', longTime(status.startTime));
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    const since = invocation.now - (parseRfc3339(metadata.deletionTimestamp) ?? 0);
    lines.field('Status', `Terminating (lasts ${humanDuration(since)})`);
    lines.field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else lines.field('Status', status.phase);
  if (status.reason) lines.field('Reason', status.reason);
  if (status.message) lines.field('Message', status.message);
  const profile = spec.securityContext?.seccompProfile;
  if (profile) {
    lines.field('SeccompProfile', profile.type);
    if (profile.type === 'Localhost') lines.field('LocalhostProfile', profile.localhostProfile);
  }
  lines.field('IP', status.podIP);
  if (status.podIPs?.length) {
    lines.add(0, 'IPs:');
    for (const { ip } of status.podIPs) lines.field('IP', ip, 1);
  } else lines.add(0, 'IPs:\t<none>');
  const owner = controllerOf({ ...pod });
  if (owner) lines.field('Controlled By', `${owner.kind}/${owner.name}`);
  if (status.nominatedNodeName) lines.field('NominatedNodeName', status.nominatedNodeName);
  if (spec.resources) {
    lines.add(0, 'Resources:');
    describeResources(lines, spec.resources, 1);
  }
  const resolve = (variable: EnvVar) => downward(pod, variable);
  if (spec.initContainers?.length) {
    const statuses = status.initContainerStatuses;
    describeContainers(lines, 'Init Containers', spec.initContainers, { template: false, statuses, resolve });
  }
  describeContainers(lines, 'Containers', spec.containers, {
    template: false,
    statuses: status.containerStatuses,
    resolve,
  });
  if (spec.ephemeralContainers?.length) {
    const statuses = status.ephemeralContainerStatuses;
    describeContainers(lines, 'Ephemeral Containers', spec.ephemeralContainers, { template: false, statuses, resolve });
  }
  conditions(lines, pod);
  describeVolumes(lines, spec.volumes, false);
  lines.field('QoS Class', status.qosClass);
  labels(lines, 'Node-Selectors', spec.nodeSelector);
  describeTolerations(lines, 'Tolerations', spec.tolerations);
  describeSpread(lines, spec.topologySpreadConstraints, '');
  if (events) describeEvents(lines, eventsAbout(invocation, { ...pod }), invocation.now);
  return lines.toString();
};

function conditions(lines: Lines, { spec, status }: Pod): void {
  const list = status.conditions ?? [];
  const gates = spec.readinessGates ?? [];
  if (gates.length > 0) {
    lines.add(0, 'Readiness Gates:');
    lines.add(1, 'Type\tStatus');
    for (const { conditionType } of gates) {
      lines.add(1, `${conditionType} \t${list.find((one) => one.type === conditionType)?.status ?? '<none>'} `);
    }
  }
  if (list.length === 0) return;
  lines.add(0, 'Conditions:');
  lines.add(1, 'Type\tStatus');
  for (const one of list) lines.add(1, `${one.type} \t${one.status} `);
}

/** What a field reference comes to. Upstream: `EnvValueRetriever`, `fieldpath.ExtractFieldPathAsString`. */
function downward({ metadata }: Pod, { valueFrom }: EnvVar): string {
  switch (valueFrom?.fieldRef?.fieldPath) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    default:
      return '';
  }
}
