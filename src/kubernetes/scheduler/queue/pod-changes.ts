import type { Node, Pod } from '../../api/generated/core-v1';
import { deepEqual } from '../../api/object';
import type { EventAction } from '../framework/cluster-event';
import { effectiveSpec } from '../../placement/effective-spec';
import { podRequests } from '../../placement/resources';

function hasShrunk(old: Pod, pod: Pod): boolean {
  const [before, after] = [podRequests(effectiveSpec(old)), podRequests(effectiveSpec(pod))];
  return (
    after.milliCPU < before.milliCPU ||
    after.memory < before.memory ||
    [...before.scalar].some(([name, amount]) => (after.scalar.get(name) ?? 0) < amount)
  );
}

/**
 * What about a Pod changed, as far as scheduling goes.
 * Upstream: pkg/scheduler/framework/events.go `PodSchedulingPropertiesChange`
 */
export function podChanges(old: Pod, pod: Pod): EventAction[] {
  const out: EventAction[] = [];
  if (!deepEqual(old.metadata.labels, pod.metadata.labels)) out.push('UpdatePodLabel');
  const isResized = (pod.metadata.generation ?? 1) > 1;
  if ((isResized || old.spec !== pod.spec) && hasShrunk(old, pod)) out.push('UpdatePodScaleDown');
  if (old.spec !== pod.spec) {
    if ((old.spec.schedulingGates?.length ?? 0) > 0 && (pod.spec.schedulingGates?.length ?? 0) === 0) {
      out.push('UpdatePodSchedulingGatesEliminated');
    }
    if (!deepEqual(old.spec.tolerations, pod.spec.tolerations)) out.push('UpdatePodToleration');
  }
  return out.length > 0 ? out : ['UpdatePodOther'];
}

function conditionStates(node: Node): Record<string, string> {
  return Object.fromEntries((node.status.conditions ?? []).map(({ type, status }) => [type, status]));
}

/**
 * What about a node changed, as far as scheduling goes. A heartbeat is nothing.
 * Upstream: pkg/scheduler/framework/events.go `NodeSchedulingPropertiesChange`
 */
export function nodeChanges(old: Node, node: Node): EventAction[] {
  const out: EventAction[] = [];
  if (!deepEqual(old.status.allocatable, node.status.allocatable)) out.push('UpdateNodeAllocatable');
  if (!deepEqual(old.metadata.labels, node.metadata.labels)) out.push('UpdateNodeLabel');
  // To be cordoned opens no way for anybody.
  const uncordoned = (old.spec.unschedulable ?? false) && !(node.spec.unschedulable ?? false);
  if (uncordoned || !deepEqual(old.spec.taints, node.spec.taints)) out.push('UpdateNodeTaint');
  if (!deepEqual(conditionStates(old), conditionStates(node))) out.push('UpdateNodeCondition');
  if (!deepEqual(old.metadata.annotations, node.metadata.annotations)) out.push('UpdateNodeAnnotation');
  return out;
}
