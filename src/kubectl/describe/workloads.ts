import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '@/kubernetes/api/generated/apps-v1';
import type { ReplicationController } from '@/kubernetes/api/generated/core-v1';
import { controllerOf } from '@/kubernetes/api/object';
import { replicaSetsOf } from '../rollout/replica-sets';
import { labelsText, selectorText } from '../printers/selector-text';
import { storageClassOf } from '../printers/storage-class';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines, longTime } from './lines';
import { annotations, labels } from './metadata';
import { podsStatus } from './owned';
import { describePodTemplate } from './pod-template';

/** Upstream: kubectl/pkg/describe/describe.go `describeDeployment`. */
export const describeDeployment: Describer<Deployment> = (deployment, { invocation, events }) => {
  const { metadata, spec, status } = deployment;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  lines.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('Selector', selectorText(spec.selector));
  lines.field(
    'Replicas',
    `${spec.replicas ?? 1} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
  );
  lines.field('StrategyType', spec.strategy?.type);
  lines.field('MinReadySeconds', spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling) {
    lines.field(
      'RollingUpdateStrategy',
      `${rolling.maxUnavailable ?? '25%'} max unavailable, ${rolling.maxSurge ?? '25%'} max surge`,
    );
  }
  describePodTemplate(lines, spec.template);
  conditions(lines, status.conditions);
  const { old, current } = replicaSetsOf(invocation, deployment);
  if (old.length > 0 || current) {
    lines.field('OldReplicaSets', replicaSetsText(old));
    lines.field('NewReplicaSet', replicaSetsText(current ? [current] : []));
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...deployment }), invocation.now);
  return lines.toString();
};

function replicaSetsText(list: readonly ReplicaSet[]): string {
  const texts = list.map(
    (one) => `${one.metadata.name} (${one.status.replicas}/${one.spec.replicas ?? 0} replicas created)`,
  );
  return texts.join(', ') || '<none>';
}

function conditions(
  lines: Lines,
  list: readonly { type: string; status: string; reason?: string }[] | undefined,
): void {
  if (!list?.length) return;
  lines.add(0, 'Conditions:');
  lines.add(1, 'Type\tStatus\tReason');
  lines.add(1, '----\t------\t------');
  for (const one of list) lines.add(1, `${one.type} \t${one.status}\t${one.reason ?? ''}`);
}

export const describeReplicaSet: Describer<ReplicaSet> = (set, { invocation, events }) => {
  const { metadata, spec, status } = set;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  lines.field('Selector', selectorText(spec.selector));
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  const owner = controllerOf({ ...set });
  if (owner) lines.field('Controlled By', `${owner.kind}/${owner.name}`);
  lines.field('Replicas', `${status.replicas} current / ${spec.replicas ?? 1} desired`);
  lines.field('Pods Status', podsStatus(invocation, { ...set }, spec.selector));
  describePodTemplate(lines, spec.template);
  conditions(lines, status.conditions);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...set }), invocation.now);
  return lines.toString();
};

export const describeReplicationController: Describer<ReplicationController> = (controller, { invocation, events }) => {
  const { metadata, spec, status } = controller;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  lines.field('Selector', labelsText(spec.selector));
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('Replicas', `${status.replicas} current / ${spec.replicas ?? 1} desired`);
  lines.field('Pods Status', podsStatus(invocation, { ...controller }, { matchLabels: spec.selector ?? {} }));
  describePodTemplate(lines, spec.template);
  conditions(lines, status.conditions);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...controller }), invocation.now);
  return lines.toString();
};

export const describeDaemonSet: Describer<DaemonSet> = (set, { invocation, events }) => {
  const { metadata, spec, status } = set;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  lines.field('Selector', selectorText(spec.selector));
  lines.field('Node-Selector', labelsText(spec.template.spec?.nodeSelector) || '<none>');
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.add(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled}`);
  lines.add(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled}`);
  lines.add(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`);
  lines.add(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`);
  lines.add(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled}`);
  lines.field('Pods Status', podsStatus(invocation, { ...set }, spec.selector));
  describePodTemplate(lines, spec.template);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...set }), invocation.now);
  return lines.toString();
};

export const describeStatefulSet: Describer<StatefulSet> = (set, { invocation, events }) => {
  const { metadata, spec, status } = set;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  lines.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  lines.field('Selector', selectorText(spec.selector));
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('Replicas', `${spec.replicas ?? 1} desired | ${status.replicas} total`);
  lines.field('Update Strategy', spec.updateStrategy?.type);
  const rolling = spec.updateStrategy?.rollingUpdate;
  if (rolling) {
    lines.field('Partition', rolling.partition ?? 0, 1);
    if (rolling.maxUnavailable !== undefined) lines.field('MaxUnavailable', rolling.maxUnavailable, 1);
  }
  lines.field('Pods Status', podsStatus(invocation, { ...set }, spec.selector));
  describePodTemplate(lines, spec.template);
  const claims = spec.volumeClaimTemplates ?? [];
  if (claims.length === 0) lines.add(0, 'Volume Claims:\t<none>');
  else {
    lines.add(0, 'Volume Claims:');
    for (const claim of claims) {
      lines.field('Name', claim.metadata.name, 1);
      lines.field('StorageClass', storageClassOf(claim), 1);
      labels(lines, '  Labels', claim.metadata.labels);
      labels(lines, '  Annotations', claim.metadata.annotations);
      lines.field('Capacity', claim.spec.resources?.requests?.storage ?? '<default>', 1);
      lines.field('Access Modes', `[${(claim.spec.accessModes ?? []).join(' ')}]`, 1);
    }
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...set }), invocation.now);
  return lines.toString();
};
