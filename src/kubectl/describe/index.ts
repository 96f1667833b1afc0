import type { KubeObject, ResourceMap, ResourceName } from '@/kubernetes/api/object';
import { describeAutoscaler } from './autoscaler';
import { describeCronJob, describeJob } from './batch';
import * as config from './config';
import type { Describer, Describing } from './describer';
import { describeAnything } from './generic';
import { describeIngress, describeIngressClass } from './ingress';
import { describeNode } from './node';
import { describePod } from './pod';
import { describeEndpointSlice, describeEndpoints, describeService } from './service';
import { describeRole, describeRoleBinding } from './rbac';
import { describePriorityClass } from './scheduling';
import { describePersistentVolume, describePersistentVolumeClaim, describeStorageClass } from './storage';
import { describeCertificateSigningRequest } from './uncommon/certificates';
import { describeIPAddress, describeServiceCIDR } from './uncommon/networking';
import { describeCSINode, describeVolumeAttributesClass } from './uncommon/storage';
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
  'certificatesigningrequests.certificates.k8s.io': describeCertificateSigningRequest,
  'csinodes.storage.k8s.io': describeCSINode,
  'volumeattributesclasses.storage.k8s.io': describeVolumeAttributesClass,
  'servicecidrs.networking.k8s.io': describeServiceCIDR,
  'ipaddresses.networking.k8s.io': describeIPAddress,
};

/** The description of one object of `resource`. */
export function describeObject(resource: ResourceName, object: KubeObject, describing: Describing): string {
  // A resource's describer is written for the objects of that resource, which `object` is.
  const describer = registry[resource] as Describer<KubeObject> | undefined;
  return describer ? describer({ spec: {}, status: {}, ...object }, describing) : describeAnything(object, describing);
}
