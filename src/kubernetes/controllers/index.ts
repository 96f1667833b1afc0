import type { Cluster } from '../cluster';
import type { Component, ComponentContext } from '../component';
import { DaemonSetController } from './daemon-set';
import { DeploymentController } from './deployment';
import { EndpointSliceController } from './endpoint-slice';
import { EndpointsController } from './endpoints';
import { GarbageCollector } from './garbage-collector';
import { JobController } from './job';
import { NamespaceController } from './namespace';
import { ReplicaSetController } from './replica-set';
import { ServiceAccountController } from './service-account';
import { RootCaPublisher } from './service-account/root-ca';
import { StatefulSetController } from './stateful-set';
import type { QueueTimer } from './work-queue';

type Make = (context: ComponentContext<QueueTimer>) => Component<QueueTimer>;

/** The controllers by the name of their service account, in the order in which kube-controller-manager starts them. */
const controllers: readonly (readonly [name: string, make: Make])[] = [
  ['service-account-controller', (context) => new ServiceAccountController(context)],
  ['endpoint-controller', (context) => new EndpointsController(context)],
  ['endpointslice-controller', (context) => new EndpointSliceController(context)],
  ['namespace-controller', (context) => new NamespaceController(context)],
  ['garbage-collector-controller', (context) => new GarbageCollector(context)],
  ['daemonset-controller', (context) => new DaemonSetController(context)],
  ['job-controller', (context) => new JobController(context)],
  ['deployment-controller', (context) => new DeploymentController(context)],
  ['replicaset-controller', (context) => new ReplicaSetController(context)],
  ['statefulset-controller', (context) => new StatefulSetController(context)],
  ['root-ca-cert-publisher', (context) => new RootCaPublisher(context)],
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
