import type { ControllerRevision } from '@/kubernetes/api/generated/apps-v1';
import type { HorizontalPodAutoscaler, MetricSpec, MetricStatus } from '@/kubernetes/api/generated/autoscaling-v2';
import type { Lease } from '@/kubernetes/api/generated/coordination-v1';
import type { RuntimeClass } from '@/kubernetes/api/generated/node-v1';
import type { PodDisruptionBudget } from '@/kubernetes/api/generated/policy-v1';
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '@/kubernetes/api/generated/rbac-v1';
import type { PriorityClass } from '@/kubernetes/api/generated/scheduling-v1';
import type { StorageClass } from '@/kubernetes/api/generated/storage-v1';
import { controllerOf } from '@/kubernetes/api/object';
import { type Column, ageColumn, column, nameColumn, orNone, wide } from './column';
import { currentMetric, sourceOf } from './metrics';

export const podDisruptionBudgets: readonly Column<PodDisruptionBudget>[] = [
  nameColumn(),
  column('MIN AVAILABLE', ({ spec }) => String(spec.minAvailable ?? 'N/A')),
  column('MAX UNAVAILABLE', ({ spec }) => String(spec.maxUnavailable ?? 'N/A')),
  column('ALLOWED DISRUPTIONS', ({ status }) => String(status.disruptionsAllowed)),
  ageColumn(),
];

export const controllerRevisions: readonly Column<ControllerRevision>[] = [
  nameColumn(),
  column('CONTROLLER', (object) => {
    const owner = controllerOf({ ...object, data: undefined });
    if (!owner) return '<none>';
    const [group = ''] = owner.apiVersion.includes('/') ? owner.apiVersion.split('/') : [''];
    return `${owner.kind.toLowerCase()}${group ? `.${group}` : ''}/${owner.name}`;
  }),
  column('REVISION', ({ revision }) => String(revision)),
  ageColumn(),
];

export const leases: readonly Column<Lease>[] = [
  nameColumn(),
  column('HOLDER', ({ spec }) => spec.holderIdentity ?? ''),
  ageColumn(),
];

export const runtimeClasses: readonly Column<RuntimeClass>[] = [
  nameColumn(),
  column('HANDLER', ({ handler }) => handler),
  ageColumn(),
];

export const priorityClasses: readonly Column<PriorityClass>[] = [
  nameColumn(),
  column('VALUE', ({ value }) => String(value)),
  column('GLOBAL-DEFAULT', ({ globalDefault }) => String(globalDefault ?? false)),
  ageColumn(),
  column('PREEMPTIONPOLICY', ({ preemptionPolicy }) => preemptionPolicy ?? ''),
];

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

export const storageClasses: readonly Column<StorageClass>[] = [
  column('NAME', ({ metadata }) =>
    metadata.annotations?.[defaultClass] === 'true' ? `${metadata.name} (default)` : metadata.name,
  ),
  column('PROVISIONER', ({ provisioner }) => provisioner),
  column('RECLAIMPOLICY', ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete'),
  column('VOLUMEBINDINGMODE', ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate'),
  column('ALLOWVOLUMEEXPANSION', ({ allowVolumeExpansion }) => String(allowVolumeExpansion ?? false)),
  ageColumn(),
];

const createdAt = <T extends Pick<Role, 'metadata'>>(): Column<T> =>
  column('CREATED AT', ({ metadata }) => metadata.creationTimestamp ?? '');

export const roles: readonly Column<Role>[] = [nameColumn(), createdAt()];
export const clusterRoles: readonly Column<ClusterRole>[] = [nameColumn(), createdAt()];

function subjects<T extends RoleBinding | ClusterRoleBinding>(header: string, kind: string): Column<T> {
  return wide(header, (binding) =>
    (binding.subjects ?? [])
      .filter((one) => one.kind === kind)
      .map((one) => (kind === 'ServiceAccount' ? `${one.namespace ?? ''}/${one.name}` : one.name))
      .join(', '),
  );
}

function bindingColumns<T extends RoleBinding | ClusterRoleBinding>(): Column<T>[] {
  return [
    nameColumn(),
    column('ROLE', ({ roleRef }) => `${roleRef.kind}/${roleRef.name}`),
    ageColumn(),
    subjects('USERS', 'User'),
    subjects('GROUPS', 'Group'),
    subjects('SERVICEACCOUNTS', 'ServiceAccount'),
  ];
}

export const roleBindings: readonly Column<RoleBinding>[] = bindingColumns();
export const clusterRoleBindings: readonly Column<ClusterRoleBinding>[] = bindingColumns();

export const horizontalPodAutoscalers: readonly Column<HorizontalPodAutoscaler>[] = [
  nameColumn(),
  column('REFERENCE', ({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`),
  column('TARGETS', ({ spec, status }) => targetsText(spec.metrics ?? [], status.currentMetrics ?? [])),
  column('MINPODS', ({ spec }) => String(spec.minReplicas ?? '<unset>')),
  column('MAXPODS', ({ spec }) => String(spec.maxReplicas)),
  column('REPLICAS', ({ status }) => String(status.currentReplicas ?? 0)),
  ageColumn(),
];

/** Upstream: `formatHPAMetrics`. */
function targetsText(metrics: readonly MetricSpec[], statuses: readonly MetricStatus[]): string {
  const texts = metrics.map((metric, i) => {
    const usage = metric.resource ?? metric.containerResource;
    const { averageUtilization, averageValue, value } = sourceOf(metric)?.target ?? {};
    const current = currentMetric(metric, statuses[i], false);
    if (usage) {
      const percent = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
      return `${usage.name}: ${current}/${averageValue ?? percent}`;
    }
    if (metric.pods) return `${current}/${averageValue ?? '0'}`;
    return averageValue === undefined ? `${current}/${value ?? '0'}` : `${current}/${averageValue} (avg)`;
  });
  const shown = orNone(texts.slice(0, 2).join(', '));
  return texts.length > 2 ? `${shown} + ${texts.length - 2} more...` : shown;
}
