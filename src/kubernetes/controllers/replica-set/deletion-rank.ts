import type { Pod } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import { isPodActive, isPodReady, type ParseTime, podCondition } from '../pod-state';

const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const phaseOrder: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** A Pod that may be deleted, and why it stands where it stands. */
export interface RankedPod {
  readonly pod: Pod;
  /** The first rule by which it differs from the Pod that comes after it. */
  readonly rule: string;
}

interface Moment {
  readonly now: Millis;
  readonly parse: ParseTime;
}

interface Candidate {
  readonly pod: Pod;
  /** Active Pods of the same family on the same node. */
  readonly sharing: number;
}

/** One comparison: negative when `a` is to die before `b`. */
interface Rule {
  readonly name: string;
  compare(a: Candidate, b: Candidate, moment: Moment): number;
}

/**
 * The order in which a ReplicaSet gives up its Pods; the first difference wins.
 * Upstream: pkg/controller/controller_utils.go `ActivePodsWithRanks.Less`
 */
const rules: readonly Rule[] = [
  {
    name: 'it has no node yet',
    compare: ({ pod: a }, { pod: b }) => Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)),
  },
  {
    name: 'its phase is further from Running',
    compare: ({ pod: a }, { pod: b }) =>
      (phaseOrder[a.status.phase ?? ''] ?? 0) - (phaseOrder[b.status.phase ?? ''] ?? 0),
  },
  { name: 'it is not ready', compare: ({ pod: a }, { pod: b }) => Number(isPodReady(a)) - Number(isPodReady(b)) },
  {
    name: `its ${deletionCost} is lower`,
    compare: ({ pod: a }, { pod: b }) => costOf(a) - costOf(b),
  },
  { name: 'more Pods of its family share its node', compare: (a, b) => b.sharing - a.sharing },
  { name: 'it has been ready for less time', compare: ({ pod: a }, { pod: b }, moment) => byReadyTime(a, b, moment) },
  { name: 'its containers restarted more often', compare: ({ pod: a }, { pod: b }) => restartsOf(b) - restartsOf(a) },
  {
    name: 'it is newer',
    compare: ({ pod: a }, { pod: b }, moment) =>
      logarithmic(moment.parse(a.metadata.creationTimestamp), moment.parse(b.metadata.creationTimestamp), a, b, moment),
  },
];

/** `pods` with the first to die in front. `family`: Pods of the ReplicaSets under one controller, if there is one. */
export function rankForDeletion(pods: readonly Pod[], family: readonly Pod[], moment: Moment): RankedPod[] {
  const onNode = new Map<string, number>();
  for (const pod of family) {
    if (isPodActive(pod)) onNode.set(pod.spec.nodeName ?? '', (onNode.get(pod.spec.nodeName ?? '') ?? 0) + 1);
  }
  const candidates = pods.map((pod) => ({ pod, sharing: onNode.get(pod.spec.nodeName ?? '') ?? 0 }));
  candidates.sort((a, b) => firstDifference(a, b, moment)?.order ?? 0);
  return candidates.map((candidate, i) => {
    const next = candidates[i + 1];
    const difference = next && firstDifference(candidate, next, moment);
    return { pod: candidate.pod, rule: difference?.rule ?? 'nothing tells them apart' };
  });
}

function firstDifference(a: Candidate, b: Candidate, moment: Moment): { order: number; rule: string } | undefined {
  for (const rule of rules) {
    const order = rule.compare(a, b, moment);
    if (order !== 0) return { order, rule: rule.name };
  }
  return undefined;
}

function costOf(pod: Pod): number {
  const cost = Number(pod.metadata.annotations?.[deletionCost] ?? 0);
  return Number.isInteger(cost) ? cost : 0;
}

function restartsOf(pod: Pod): number {
  return Math.max(0, ...(pod.status.containerStatuses ?? []).map((container) => container.restartCount));
}

function byReadyTime(a: Pod, b: Pod, moment: Moment): number {
  if (!isPodReady(a) || !isPodReady(b)) return 0;
  const readyA = moment.parse(podCondition(a, 'Ready')?.lastTransitionTime);
  const readyB = moment.parse(podCondition(b, 'Ready')?.lastTransitionTime);
  return logarithmic(readyA, readyB, a, b, moment);
}

/** Later times first, in buckets that double in width; inside a bucket the smaller UID decides. */
function logarithmic(a: Millis | undefined, b: Millis | undefined, podA: Pod, podB: Pod, { now }: Moment): number {
  if (a === b || a === undefined || b === undefined) return 0;
  const difference = bucket(now - a) - bucket(now - b);
  if (difference !== 0) return difference;
  return podA.metadata.uid < podB.metadata.uid ? -1 : 1;
}

/** log2 of an age in nanoseconds, as upstream counts. */
function bucket(age: Millis): number {
  return age > 0 ? Math.floor(Math.log2(age * 1e6)) : -1;
}
