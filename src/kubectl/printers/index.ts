import type { KubeObject, ResourceMap, ResourceName } from '@/kubernetes/api/object';
import * as admission from './admission';
import { cronJobs, jobs } from './batch';
import { type Column, ageColumn, nameColumn } from './column';
import * as core from './core';
import * as devices from './devices';
import { events } from './events';
import * as extensions from './extensions';
import { flowSchemas, priorityLevels } from './flow-control';
import { ingressClasses, ingresses, ipAddresses, networkPolicies, serviceCidrs } from './networking';
import { nodes } from './nodes';
import { pods } from './pods';
import * as policy from './policy';
import { endpointSlices, endpoints, services } from './services';
import * as storage from './storage';
import * as workloads from './workloads';

type Registry = { readonly [R in ResourceName]?: readonly Column<ResourceMap[R]>[] };

/** The columns of every kind that has columns of its own. Upstream: pkg/printers/internalversion/printers.go. */
const registry: Registry = {
  pods,
  podtemplates: core.podTemplates,
  'deployments.apps': workloads.deployments,
  'replicasets.apps': workloads.replicaSets,
  'daemonsets.apps': workloads.daemonSets,
  'statefulsets.apps': workloads.statefulSets,
  replicationcontrollers: workloads.replicationControllers,
  'jobs.batch': jobs,
  'cronjobs.batch': cronJobs,
  services,
  endpoints,
  'endpointslices.discovery.k8s.io': endpointSlices,
  nodes,
  events,
  namespaces: core.namespaces,
  componentstatuses: core.componentStatuses,
  configmaps: core.configMaps,
  secrets: core.secrets,
  serviceaccounts: core.serviceAccounts,
  limitranges: core.limitRanges,
  resourcequotas: core.resourceQuotas,
  persistentvolumeclaims: core.persistentVolumeClaims,
  persistentvolumes: core.persistentVolumes,
  'networkpolicies.networking.k8s.io': networkPolicies,
  'ingresses.networking.k8s.io': ingresses,
  'ingressclasses.networking.k8s.io': ingressClasses,
  'poddisruptionbudgets.policy': policy.podDisruptionBudgets,
  'controllerrevisions.apps': policy.controllerRevisions,
  'leases.coordination.k8s.io': policy.leases,
  'runtimeclasses.node.k8s.io': policy.runtimeClasses,
  'priorityclasses.scheduling.k8s.io': policy.priorityClasses,
  'storageclasses.storage.k8s.io': policy.storageClasses,
  'roles.rbac.authorization.k8s.io': policy.roles,
  'clusterroles.rbac.authorization.k8s.io': policy.clusterRoles,
  'rolebindings.rbac.authorization.k8s.io': policy.roleBindings,
  'clusterrolebindings.rbac.authorization.k8s.io': policy.clusterRoleBindings,
  'horizontalpodautoscalers.autoscaling': policy.horizontalPodAutoscalers,
  'ipaddresses.networking.k8s.io': ipAddresses,
  'servicecidrs.networking.k8s.io': serviceCidrs,
  'validatingwebhookconfigurations.admissionregistration.k8s.io': admission.validatingWebhooks,
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': admission.mutatingWebhooks,
  'validatingadmissionpolicies.admissionregistration.k8s.io': admission.validatingPolicies,
  'mutatingadmissionpolicies.admissionregistration.k8s.io': admission.mutatingPolicies,
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': admission.validatingBindings,
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io': admission.mutatingBindings,
  'flowschemas.flowcontrol.apiserver.k8s.io': flowSchemas,
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io': priorityLevels,
  'csidrivers.storage.k8s.io': storage.csiDrivers,
  'csinodes.storage.k8s.io': storage.csiNodes,
  'csistoragecapacities.storage.k8s.io': storage.csiStorageCapacities,
  'volumeattachments.storage.k8s.io': storage.volumeAttachments,
  'volumeattributesclasses.storage.k8s.io': storage.volumeAttributesClasses,
  'resourceclaims.resource.k8s.io': devices.resourceClaims,
  'resourceslices.resource.k8s.io': devices.resourceSlices,
  'customresourcedefinitions.apiextensions.k8s.io': extensions.customResourceDefinitions,
  'apiservices.apiregistration.k8s.io': extensions.apiServices,
  'certificatesigningrequests.certificates.k8s.io': extensions.certificateSigningRequests,
};

const plain: readonly Column<KubeObject>[] = [nameColumn(), ageColumn()];

/** A kind's table, without headers of the client: one row per object. */
export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table the API server makes of `objects`, all of one resource; without one, kubectl's own. `now` = milliseconds since 1970. */
export function tableOf(
  resource: ResourceName | undefined,
  objects: readonly KubeObject[],
  now: number,
  wide: boolean,
): Table {
  // A resource's columns are written for the objects of that resource, which `objects` are.
  const all = ((resource && registry[resource]) ?? plain) as readonly Column<KubeObject>[];
  const columns = all.filter((one) => wide || !one.wide);
  return {
    headers: columns.map((one) => one.name),
    // Cells look into spec and status without asking; an object that has none yet gets empty ones.
    rows: objects.map((object) => {
      const whole = { spec: {}, status: {}, ...object };
      return columns.map((one) => firstLine(one.cell(whole, now)));
    }),
  };
}

/** Cells are cut at their first line break. Upstream: cli-runtime/pkg/printers/tableprinter.go `printRows`. */
function firstLine(cell: string): string {
  const end = cell.search(/[\n\r\f]/);
  return end < 0 ? cell : `${cell.slice(0, end)}...`;
}
