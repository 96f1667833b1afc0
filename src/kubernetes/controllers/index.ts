import type { Cluster } from '../cluster';
import type { Component, ComponentContext } from '../component';
import { CronJobController } from './cron-job';
import { DisruptionController } from './disruption';
import { NodeLifecycleController } from './node-lifecycle';
import { PodGarbageCollector } from './pod-gc';
import { TaintEvictionController } from './taint-eviction';
import { NodeTtlController } from './ttl/node-ttl';
import { TtlAfterFinishedController } from './ttl/after-finished';
import { DaemonSetController } from './daemon-set';
import { DeploymentController } from './deployment';
import { EndpointSliceController } from './endpoint-slice';
import { EndpointSliceMirroringController } from './endpoint-slice-mirroring';
import { EndpointsController } from './endpoints';
import { GarbageCollector } from './garbage-collector';
import { HorizontalPodAutoscalerController } from './horizontal-pod-autoscaler';
import { JobController } from './job';
import { NamespaceController } from './namespace';
import { PersistentVolumeController } from './persistent-volume';
import { VolumeProtectionController } from './persistent-volume/protection';
import { ClaimProtectionController } from './pvc-protection';
import { ReplicaSetController } from './replica-set';
import { ReplicationManager } from './replication-controller';
import { ResourceQuotaController } from './resource-quota';
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
  ['endpointslicemirroring-controller', (context) => new EndpointSliceMirroringController(context)],
  ['replication-controller', (context) => new ReplicationManager(context)],
  ['pod-garbage-collector', (context) => new PodGarbageCollector(context)],
  ['resourcequota-controller', (context) => new ResourceQuotaController(context)],
  ['namespace-controller', (context) => new NamespaceController(context)],
  ['garbage-collector-controller', (context) => new GarbageCollector(context)],
  // Before the controllers of Pods: it hears of nodes by a way of its own, and is the quicker one.
  ['taint-eviction-controller', (context) => new TaintEvictionController(context)],
  ['daemonset-controller', (context) => new DaemonSetController(context)],
  ['job-controller', (context) => new JobController(context)],
  ['deployment-controller', (context) => new DeploymentController(context)],
  ['replicaset-controller', (context) => new ReplicaSetController(context)],
  ['horizontal-pod-autoscaler', (context) => new HorizontalPodAutoscalerController(context)],
  ['disruption-controller', (context) => new DisruptionController(context)],
  ['statefulset-controller', (context) => new StatefulSetController(context)],
  ['cronjob-controller', (context) => new CronJobController(context)],
  ['ttl-controller', (context) => new NodeTtlController(context)],
  ['node-controller', (context) => new NodeLifecycleController(context)],
  ['ttl-after-finished-controller', (context) => new TtlAfterFinishedController(context)],
  ['persistent-volume-binder', (context) => new PersistentVolumeController(context)],
  ['pvc-protection-controller', (context) => new ClaimProtectionController(context)],
  ['pv-protection-controller', (context) => new VolumeProtectionController(context)],
  ['root-ca-cert-publisher', (context) => new RootCaPublisher(context)],
];

/** The names of the components that kube-controller-manager is made of. */
export const controllerNames: readonly string[] = controllers.map(([name]) => name);

/** What `workload-controllers` in a world's `without` stands for. */
const workloadControllers = [
  'daemonset-controller',
  'job-controller',
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'cronjob-controller',
  'replication-controller',
];

/**
 * kube-controller-manager: every controller with a user of its own. A world leaves all of them out with
 * `kube-controller-manager`, those that make Pods
 * with `workload-controllers`, or one with its own name.
 */
export function controllerManager(cluster: Cluster): Component[] {
  const without = new Set(cluster.world.without);
  if (without.has('kube-controller-manager')) return [];
  if (without.has('workload-controllers')) for (const name of workloadControllers) without.add(name);
  return controllers
    .filter(([name]) => !without.has(name))
    .map(([name, make]) => make(cluster.context<QueueTimer>(name, `system:serviceaccount:kube-system:${name}`)));
}
