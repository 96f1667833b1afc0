// Upstream: pkg/kubelet/allocation/allocation_manager.go `sortPendingResizes`
import { podTotal } from '../../placement/pod-total';
import { compareQuantities } from '../../api/quantity';
import type { PodWorker } from '../pod-worker';
import { withGranted } from './state';

/** Who asks for no more comes first, then who is more important, better served, and who has waited longer. */
export function earlierResize(a: PodWorker, b: PodWorker): number {
  if (!asksForMore(a)) return -1;
  if (!asksForMore(b)) return 1;
  const priority = (b.pod.spec.priority ?? 0) - (a.pod.spec.priority ?? 0);
  if (priority !== 0) return priority;
  const [first, second] = [a, b].map(({ pod }) => pod.status.qosClass === 'Guaranteed');
  if (first !== second) return first ? -1 : 1;
  const [since, then] = [a, b].map(({ resize }) => resize?.pending?.lastTransitionTime);
  if (since === undefined) return 1;
  return then === undefined || since < then ? -1 : 1;
}

function asksForMore({ pod, resize }: PodWorker): boolean {
  if (!resize) return false;
  const before = podTotal(withGranted(pod, resize.allocated).spec, 'requests');
  const now = podTotal(pod.spec, 'requests');
  return ['cpu', 'memory'].some((name) => compareQuantities(now[name], before[name]) > 0);
}
