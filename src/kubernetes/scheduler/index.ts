import type { Cluster } from '../cluster';
import { Scheduler } from './scheduler';
import type { SchedulerTimer } from './ticks';

/** The scheduler of a cluster, unless its world goes without one. */
export function kubeScheduler(cluster: Cluster): Scheduler[] {
  if (cluster.world.without.includes('kube-scheduler')) return [];
  return [new Scheduler(cluster.context<SchedulerTimer>('kube-scheduler', 'system:kube-scheduler'))];
}
