import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '@/kubernetes/api/generated/apps-v1';
import type { Container, ReplicationController } from '@/kubernetes/api/generated/core-v1';
import { type Column, ageColumn, column, nameColumn, orNone, wide } from './column';
import { type Selector, labelsText, selectorText } from './selector-text';

interface Templated {
  readonly spec: { readonly template?: { readonly spec?: { readonly containers: readonly Container[] } } };
}

/** CONTAINERS and IMAGES of a kind with a Pod template. */
export function templateColumns<T extends Templated>(): Column<T>[] {
  const containers = (object: T) => object.spec.template?.spec?.containers ?? [];
  return [
    wide('CONTAINERS', (object) =>
      containers(object)
        .map((one) => one.name)
        .join(','),
    ),
    wide('IMAGES', (object) =>
      containers(object)
        .map((one) => one.image ?? '')
        .join(','),
    ),
  ];
}

export function selectorColumn<T extends { readonly spec: { readonly selector?: Selector } }>(): Column<T> {
  return wide('SELECTOR', (object) => selectorText(object.spec.selector));
}

export const deployments: readonly Column<Deployment>[] = [
  nameColumn(),
  column('READY', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`),
  column('UP-TO-DATE', ({ status }) => String(status.updatedReplicas ?? 0)),
  column('AVAILABLE', ({ status }) => String(status.availableReplicas ?? 0)),
  ageColumn(),
  ...templateColumns<Deployment>(),
  selectorColumn(),
];

export const replicaSets: readonly Column<ReplicaSet>[] = [
  nameColumn(),
  column('DESIRED', ({ spec }) => String(spec.replicas ?? 1)),
  column('CURRENT', ({ status }) => String(status.replicas)),
  column('READY', ({ status }) => String(status.readyReplicas ?? 0)),
  ageColumn(),
  ...templateColumns<ReplicaSet>(),
  selectorColumn(),
];

export const replicationControllers: readonly Column<ReplicationController>[] = [
  nameColumn(),
  column('DESIRED', ({ spec }) => String(spec.replicas ?? 1)),
  column('CURRENT', ({ status }) => String(status.replicas)),
  column('READY', ({ status }) => String(status.readyReplicas ?? 0)),
  ageColumn(),
  ...templateColumns<ReplicationController>(),
  wide('SELECTOR', ({ spec }) => labelsText(spec.selector)),
];

export const daemonSets: readonly Column<DaemonSet>[] = [
  nameColumn(),
  column('DESIRED', ({ status }) => String(status.desiredNumberScheduled)),
  column('CURRENT', ({ status }) => String(status.currentNumberScheduled)),
  column('READY', ({ status }) => String(status.numberReady)),
  column('UP-TO-DATE', ({ status }) => String(status.updatedNumberScheduled ?? 0)),
  column('AVAILABLE', ({ status }) => String(status.numberAvailable ?? 0)),
  column('NODE SELECTOR', ({ spec }) => orNone(labelsText(spec.template.spec?.nodeSelector))),
  ageColumn(),
  ...templateColumns<DaemonSet>(),
  selectorColumn(),
];

export const statefulSets: readonly Column<StatefulSet>[] = [
  nameColumn(),
  column('READY', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`),
  ageColumn(),
  ...templateColumns<StatefulSet>(),
];
