import type { Cluster } from '../cluster';
import type { Component, ComponentContext } from '../component';
import { DeploymentController } from './deployment';
import { ReplicaSetController } from './replica-set';
import type { QueueTimer } from './work-queue';

type Make = (context: ComponentContext<QueueTimer>) => Component<QueueTimer>;

/** The controllers by the name of their service account, in the order in which kube-controller-manager starts them. */
const controllers: readonly (readonly [name: string, make: Make])[] = [
  ['deployment-controller', (context) => new DeploymentController(context)],
  ['replicaset-controller', (context) => new ReplicaSetController(context)],
];

/**
 * kube-controller-manager: every controller with a user of its own. A world leaves all of them out with
 * `kube-controller-manager`, or one with its own name.
 */
export function controllerManager(cluster: Cluster): Component[] {
  const without = new Set(cluster.world.without);
  if (without.has('kube-controller-manager')) return [];
  return controllers
    .filter(([name]) => !without.has(name))
    .map(([name, make]) => make(cluster.context<QueueTimer>(name, `system:serviceaccount:kube-system:${name}`)));
}
