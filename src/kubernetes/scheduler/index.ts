import type { Cluster } from '../cluster';
import { Scheduler, type SchedulerTimer } from './scheduler';

/** The scheduler of a cluster, unless its world goes without one. */
export function kubeScheduler(cluster: Cluster): Scheduler[] {
  if (cluster.world.without.includes('kube-scheduler')) return [];
  return [new Scheduler(cluster.context<SchedulerTimer>('kube-scheduler', 'system:kube-scheduler'))];
}
