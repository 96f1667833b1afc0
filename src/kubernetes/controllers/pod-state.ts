import type { Pod, PodCondition } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';

/** Virtual time of a timestamp. */
export type ParseTime = (timestamp: string | undefined) => Millis | undefined;

/** Upstream: pkg/api/v1/pod/util.go */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  for (const condition of pod.status.conditions ?? []) if (condition.type === type) return condition;
  return undefined;
}

/** Upstream `IsPodReady`. */
export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** Ready for at least `minReadySeconds`. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: Millis, parse: ParseTime): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = parse(podCondition(pod, 'Ready')?.lastTransitionTime);
  return since !== undefined && since + minReadySeconds * 1000 <= now;
}

/** Milliseconds until a ready Pod counts as available; undefined when it is not ready or already available. */
export function timeUntilAvailable(
  pod: Pod,
  minReadySeconds: number,
  now: Millis,
  parse: ParseTime,
): Millis | undefined {
  if (minReadySeconds === 0 || !isPodReady(pod)) return undefined;
  const since = parse(podCondition(pod, 'Ready')?.lastTransitionTime);
  if (since === undefined) return undefined;
  const rest = since + minReadySeconds * 1000 - now;
  return rest > 0 ? rest : undefined;
}

/** Upstream `IsPodPhaseTerminal`: it has ended, and will not run again. */
export function isPodPhaseTerminal(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** Neither finished nor being deleted: pkg/controller/controller_utils.go `IsPodActive` */
export function isPodActive(pod: Pod): boolean {
  return !isPodPhaseTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Being deleted and not yet finished: pkg/controller/controller_utils.go `IsPodTerminating` */
export function isPodTerminating(pod: Pod): boolean {
  return !isPodPhaseTerminal(pod) && pod.metadata.deletionTimestamp !== undefined;
}
