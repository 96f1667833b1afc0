import { qosClass } from '../api/core/pod/qos';
import type { Pod } from '../api/generated/core-v1';
import { podRequests } from '../placement/resources';
import type { Refusal, Shortage } from './admission';
import { isCritical, isPreemptable } from './critical';
import type { PodWorker, Verdict } from './pod-worker';

/** What is said of a Pod that has to make room. Upstream: pkg/kubelet/preemption/preemption.go */
export const preempted: Verdict = {
  reason: 'Preempting',
  message: 'Preempted in order to admit critical pod',
  disruption: 'Pod was preempted by Kubelet to accommodate a critical pod.',
};

/**
 * Why a Pod is not taken, when its node is given the chance to make room for it, and the Pods that have to go. Room is
 * made for critical Pods alone, and where nothing but resources is missing: nobody frees a port so.
 * Upstream: `HandleAdmissionFailure`
 */
export function recover(
  pod: Pod,
  found: readonly Refusal[],
  others: readonly PodWorker[],
): { readonly refusal?: Refusal; readonly victims: readonly PodWorker[] } {
  const [first] = found;
  if (!first || !isCritical(pod)) return { ...(first ? { refusal: first } : {}), victims: [] };
  const other = found.find(({ shortage }) => !shortage);
  if (other) return { refusal: other, victims: [] };
  const missing = found.flatMap(({ shortage }) => shortage ?? []);
  const victims = podsToPreempt(pod, others, missing);
  if (typeof victims !== 'string') return { victims };
  const message = `Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: ${victims}`;
  return { refusal: { reason: 'UnexpectedAdmissionError', message }, victims: [] };
}

/**
 * Those whose end would free what is missing: BestEffort Pods before Burstable ones before Guaranteed ones, and as few as
 * can be. A text is why there are none. Upstream: `getPodsToPreempt`
 */
function podsToPreempt(pod: Pod, others: readonly PodWorker[], missing: readonly Shortage[]): PodWorker[] | string {
  const of = (qos: string) => others.filter((one) => isPreemptable(pod, one.pod) && qosClass(one.pod.spec) === qos);
  const [bestEffort, burstable, guaranteed] = [of('BestEffort'), of('Burstable'), of('Guaranteed')];
  const never = without(missing, [...bestEffort, ...burstable, ...guaranteed]);
  if (never.length > 0) return noSet(never);
  const third = nearest(guaranteed, without(missing, [...bestEffort, ...burstable]));
  if (typeof third === 'string') return third;
  const second = nearest(burstable, without(missing, [...bestEffort, ...third]));
  if (typeof second === 'string') return second;
  const first = nearest(bestEffort, without(missing, [...second, ...third]));
  return typeof first === 'string' ? first : [...first, ...second, ...third];
}

/** `getPodsToPreemptByDistance`: again and again the one that gives most of what is still missing. */
function nearest(pods: readonly PodWorker[], missing: readonly Shortage[]): PodWorker[] | string {
  const left = [...pods];
  const chosen: PodWorker[] = [];
  for (let rest = missing; rest.length > 0;) {
    let best: PodWorker | undefined;
    let least = rest.length + 1;
    for (const one of left) {
      const distance = distanceOf(one, rest);
      if (distance < least || (best && distance === least && asksLess(one, best))) [best, least] = [one, distance];
    }
    if (!best) return noSet(rest);
    rest = without(rest, [best]);
    chosen.push(best);
    const last = left.pop();
    const place = left.indexOf(best);
    if (last && place >= 0) left[place] = last;
  }
  return chosen;
}

/** Each missing resource counts alike, however much of it there is. */
function distanceOf(worker: PodWorker, missing: readonly Shortage[]): number {
  let distance = 0;
  for (const { resource, amount } of missing) {
    const rest = amount - requested(worker, resource);
    if (rest > 0) distance += (rest / amount) ** 2;
  }
  return distance;
}

function without(missing: readonly Shortage[], workers: readonly PodWorker[]): Shortage[] {
  return missing
    .map(({ resource, amount }) => ({
      resource,
      amount: workers.reduce((rest, worker) => rest - requested(worker, resource), amount),
    }))
    .filter(({ amount }) => amount > 0);
}

function asksLess(a: PodWorker, b: PodWorker): boolean {
  for (const resource of ['memory', 'cpu']) {
    const difference = requested(a, resource) - requested(b, resource);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** pkg/api/v1/resource/helpers.go `GetResourceRequest` */
function requested({ pod }: PodWorker, resource: string): number {
  const { milliCPU, memory, ephemeralStorage, scalar } = podRequests(pod.spec);
  if (resource === 'pods') return 1;
  if (resource === 'cpu') return milliCPU;
  if (resource === 'memory') return memory;
  return resource === 'ephemeral-storage' ? ephemeralStorage : (scalar.get(resource) ?? 0);
}

function noSet(missing: readonly Shortage[]): string {
  const list = missing.map(({ resource, amount }) => `(res: ${resource}, q: ${amount}), `).join('');
  return `no set of running pods found to reclaim resources: [${list}]`;
}
