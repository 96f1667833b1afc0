import type { Node, NodeCondition, Taint } from '../../api/generated/core-v1';
import { conditionOf } from '../conditions';

export const unreachable = 'node.kubernetes.io/unreachable';
export const notReady = 'node.kubernetes.io/not-ready';
const unschedulable = 'node.kubernetes.io/unschedulable';

/** Which condition in which state becomes which taint: `nodeConditionToTaintKeyStatusMap` */
const byCondition: readonly (readonly [type: string, status: string, taint: string])[] = [
  ['Ready', 'False', notReady],
  ['Ready', 'Unknown', unreachable],
  ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'],
  ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
  ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'],
];
const ownKeys = new Set([unschedulable, ...byCondition.map(([, , key]) => key)]);

/** The taints of a node after its NoSchedule taints follow its conditions: `doNoScheduleTaintingPass`. */
export function withScheduleTaints({ spec, status }: Node, timeAdded: string): Taint[] {
  const wanted = byCondition
    .filter(([type, state]) => conditionOf<NodeCondition>(status.conditions, type)?.status === state)
    .map(([, , key]) => key);
  if (spec.unschedulable) wanted.push(unschedulable);
  const taints = spec.taints ?? [];
  const kept = taints.filter(({ key, effect }) => effect !== 'NoSchedule' || !ownKeys.has(key) || wanted.includes(key));
  const missing = wanted.filter((key) => !kept.some((taint) => taint.key === key && taint.effect === 'NoSchedule'));
  return [...kept, ...missing.map((key) => ({ effect: 'NoSchedule', key, timeAdded }))];
}

/** The NoExecute taint of a node that is not ready, if it needs one. */
export function executeTaint({ status }: Node): string | undefined {
  const ready = conditionOf<NodeCondition>(status.conditions, 'Ready')?.status;
  if (ready === 'Unknown') return unreachable;
  return ready === 'False' ? notReady : undefined;
}

/** The taints with `key` as the only NoExecute taint of this controller; undefined = none of them. */
export function withExecuteTaint(taints: readonly Taint[] = [], key: string | undefined, timeAdded: string): Taint[] {
  const isOwn = (taint: Taint) => taint.effect === 'NoExecute' && (taint.key === unreachable || taint.key === notReady);
  const kept = taints.filter((taint) => !isOwn(taint) || taint.key === key);
  if (key === undefined || kept.some(isOwn)) return kept;
  return [...kept, { effect: 'NoExecute', key, timeAdded }];
}
