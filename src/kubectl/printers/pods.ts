import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { type Column, ageColumn, column, nameColumn, orNone, wide } from './column';
import { podSummary } from './pod-status';

export const pods: readonly Column<Pod>[] = [
  nameColumn(),
  column('READY', (pod, now) => podSummary(pod, now).ready),
  column('STATUS', (pod, now) => podSummary(pod, now).status),
  column('RESTARTS', (pod, now) => podSummary(pod, now).restarts),
  ageColumn(),
  wide('IP', (pod) => orNone(pod.status.podIPs?.[0]?.ip ?? pod.status.podIP)),
  wide('NODE', (pod) => orNone(pod.spec.nodeName)),
  wide('NOMINATED NODE', (pod) => orNone(pod.status.nominatedNodeName)),
  wide('READINESS GATES', (pod) => readinessGates(pod)),
];

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const open = gates.filter((gate) =>
    pod.status.conditions?.some((one) => one.type === gate.conditionType && one.status === 'True'),
  );
  return `${open.length}/${gates.length}`;
}
