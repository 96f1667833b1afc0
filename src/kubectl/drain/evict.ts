import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { findResource, type ResourceInfo } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import { KubectlError, StatusError, isReason } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { goDuration } from '../output/duration';

/** Evictions that a disruption budget forbids are tried again after this long. */
const retry = 5000;
/** How often upstream looks whether an evicted Pod is gone. */
const poll = 1000;

/** One Pod on its way out: when it is looked at next, and whether the server has agreed to let it go. */
interface Leaving {
  readonly pod: Pod;
  at: number;
  agreed: boolean;
}

/**
 * Removes Pods and waits until they are gone; each is asked for, then looked for once a second. The first failure ends
 * it. Upstream: kubectl/pkg/drain/drain.go `evictPods`, `deletePods`.
 */
export function* removePods(invocation: Invocation, pods: readonly Pod[]): Task<void> {
  const mapping = findResource('pods', '');
  if (!mapping || pods.length === 0) return;
  const { flags, context } = invocation;
  const { clock } = context.cluster;
  const limit = flags.number('timeout');
  const until = limit > 0 ? clock.now + limit : undefined;
  const done = flags.bool('disable-eviction') ? 'deleted' : 'evicted';
  // Upstream starts a goroutine for each: the last one started runs first, the others in their order.
  const order = [...pods.slice(-1), ...pods.slice(0, -1)];
  const left = new Set<Leaving>(order.map((pod) => ({ pod, at: clock.now, agreed: false })));
  while (left.size > 0) {
    for (const one of left) {
      if (clock.now < one.at) continue;
      const late = until !== undefined && clock.now >= until;
      if (!one.agreed) attempt(invocation, mapping, one, late ? limit : undefined);
      if (!one.agreed) continue;
      if (isGone(invocation, mapping, one.pod)) {
        invocation.out(`pod/${one.pod.metadata.name} ${done}\n`);
        left.delete(one);
      } else if (late) throw failure(one.pod, 'waiting for pod to terminate', limit);
      else one.at = clock.now + poll;
    }
    if (left.size === 0) return;
    if (clock.nextAt() === undefined && [...left].every((one) => one.agreed)) return;
    yield { until: Math.min(...[...left].map((one) => one.at)) };
  }
}

/** Asks the server once. A budget that forbids it puts the Pod off; past the limit it is a failure. */
function attempt(invocation: Invocation, mapping: ResourceInfo, leaving: Leaving, limit: number | undefined): void {
  const { flags, context } = invocation;
  const { name, namespace = 'default' } = leaving.pod.metadata;
  const evicting = !flags.bool('disable-eviction');
  const grace = flags.number('grace-period');
  const options: Ask = grace >= 0 ? { gracePeriodSeconds: grace } : {};
  if (evicting) invocation.out(`evicting pod ${namespace}/${name}\n`);
  if (limit !== undefined) throw failure(leaving.pod, 'evicting', limit);
  try {
    if (evicting) {
      const deleteOptions = grace >= 0 ? { deleteOptions: { gracePeriodSeconds: grace } } : {};
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, ...deleteOptions };
      invocation.request('create', mapping, { ...options, namespace, name, subresource: 'eviction', body });
    } else invocation.request('delete', mapping, { ...options, namespace, name });
    leaving.agreed = true;
  } catch (error) {
    if (isReason(error, 'NotFound')) leaving.agreed = true;
    else if (isReason(error, 'TooManyRequests')) {
      const text = `error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${error.message}`;
      invocation.err(`${text}\n`);
      leaving.at = context.cluster.clock.now + retry;
    } else if (evicting && error instanceof Error) {
      throw new KubectlError(`error when evicting pods/"${name}" -n "${namespace}": ${error.message}`);
    } else throw error;
  }
}

function isGone(invocation: Invocation, mapping: ResourceInfo, pod: Pod): boolean {
  const { name, namespace, uid } = pod.metadata;
  try {
    return invocation.request('get', mapping, { namespace, name }).metadata.uid !== uid;
  } catch (error) {
    if (error instanceof StatusError) return true;
    throw error;
  }
}

function failure({ metadata }: Pod, doing: string, limit: number): KubectlError {
  const where = `pods/"${metadata.name}" -n "${metadata.namespace ?? ''}"`;
  return new KubectlError(`error when ${doing} ${where}: global timeout reached: ${goDuration(limit)}`);
}
