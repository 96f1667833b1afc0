import type { KindDefinition } from './kind';
import { daemonSet } from './apps/daemon-set';
import { deployment } from './apps/deployment';
import { replicaSet } from './apps/replica-set';
import { statefulSet } from './apps/stateful-set';
import { cronJob } from './batch/cron-job';
import { job } from './batch/job';
import { horizontalPodAutoscaler } from './autoscaling/horizontal-pod-autoscaler';
import { limitRange } from './core/limit-range';
import { podDisruptionBudget } from './policy/pod-disruption-budget';
import { storageClass } from './storage/storage-class';
import { configMap } from './core/config-map';
import { namespace } from './core/namespace';
import { node } from './core/node';
import { persistentVolumeClaim } from './core/persistent-volume-claim';
import { pod } from './core/pod';
import { podTemplate } from './core/pod-template';
import { replicationController } from './core/replication-controller';
import { secret } from './core/secret';
import { service } from './core/service';
import { serviceAccount } from './core/service-account';
import { endpointSlice } from './discovery/endpoint-slice';
import { ingress } from './networking/ingress';
import { networkPolicy } from './networking/network-policy';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './rbac';

/**
 * The kinds with rules of their own that many manifests hold; the others are in `uncommon-kinds.ts`. Adding a kind: a
 * folder beside the others, and a line here.
 */
export const kindDefinitions: readonly KindDefinition[] = [
  namespace,
  node,
  pod,
  podTemplate,
  replicationController,
  service,
  persistentVolumeClaim,
  deployment,
  replicaSet,
  daemonSet,
  statefulSet,
  job,
  cronJob,
  configMap,
  secret,
  serviceAccount,
  endpointSlice,
  networkPolicy,
  ingress,
  role,
  clusterRole,
  roleBinding,
  clusterRoleBinding,
  storageClass,
  limitRange,
  podDisruptionBudget,
  horizontalPodAutoscaler,
];
