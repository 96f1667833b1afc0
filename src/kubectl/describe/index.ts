import type { KubeObject, ResourceMap, ResourceName } from '@/kubernetes/api/object';
import { describeAutoscaler } from './autoscaler';
import { describeCronJob, describeJob } from './batch';
import * as config from './config';
import type { Describer, Describing } from './describer';
import { describeAnything } from './generic';
import { isUncommon, uncommon } from './load';
import { describeIngress, describeIngressClass } from './ingress';
import { describeNode } from './node';
import { describePod } from './pod';
import { describeEndpointSlice, describeEndpoints, describeService } from './service';
import { describeRole, describeRoleBinding } from './rbac';
import { describePriorityClass } from './scheduling';
import { describePersistentVolume, describePersistentVolumeClaim, describeStorageClass } from './storage';
import * as workloads from './workloads';

type Registry = { readonly [R in ResourceName]?: Describer<ResourceMap[R]> };

/** The kinds with a description of their own. Upstream: kubectl/pkg/describe/describe.go `describerMap`. */
const registry: Registry = {
  pods: describePod,
  'deployments.apps': workloads.describeDeployment,
  'replicasets.apps': workloads.describeReplicaSet,
  'daemonsets.apps': workloads.describeDaemonSet,
  'statefulsets.apps': workloads.describeStatefulSet,
  replicationcontrollers: workloads.describeReplicationController,
  'jobs.batch': describeJob,
  'cronjobs.batch': describeCronJob,
  'horizontalpodautoscalers.autoscaling': describeAutoscaler,
  services: describeService,
  endpoints: describeEndpoints,
  'endpointslices.discovery.k8s.io': describeEndpointSlice,
  nodes: describeNode,
  namespaces: config.describeNamespace,
  configmaps: config.describeConfigMap,
  secrets: config.describeSecret,
  serviceaccounts: config.describeServiceAccount,
  resourcequotas: config.describeResourceQuota,
  limitranges: config.describeLimitRange,
  'roles.rbac.authorization.k8s.io': describeRole,
  'clusterroles.rbac.authorization.k8s.io': describeRole,
  'rolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  'clusterrolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  persistentvolumes: describePersistentVolume,
  persistentvolumeclaims: describePersistentVolumeClaim,
  'storageclasses.storage.k8s.io': describeStorageClass,
  'priorityclasses.scheduling.k8s.io': describePriorityClass,
  'ingresses.networking.k8s.io': describeIngress,
  'ingressclasses.networking.k8s.io': describeIngressClass,
  'poddisruptionbudgets.policy': config.describePodDisruptionBudget,
  'networkpolicies.networking.k8s.io': config.describeNetworkPolicy,
};

/** The description of one object of `resource`. */
export function describeObject(resource: ResourceName, object: KubeObject, describing: Describing): string {
  // A resource's describer is written for the objects of that resource, which `object` is.
  const describer = (isUncommon(resource) ? uncommon().uncommonDescribers : registry)[resource] as
    Describer<KubeObject> | undefined;
  return describer ? describer({ spec: {}, status: {}, ...object }, describing) : describeAnything(object, describing);
}
