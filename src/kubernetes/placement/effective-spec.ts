// Upstream: staging/src/k8s.io/component-helpers/resource/helpers.go `determineEffectiveRequests`
import type { Container, ContainerStatus, Pod, PodSpec } from '../api/generated/core-v1';
import { deepEqual } from '../api/object';
import { compareQuantities } from '../api/quantity';
import { isRestartable, type ResourceList } from './resources';

/**
 * The spec of a Pod with what it counts as asking for: while it is resized, the most of what it asks for, what its node
 * has granted, and what is in force; of a wish that cannot come true nothing counts. The spec itself where that is the same.
 */
export function effectiveSpec(pod: Pod): PodSpec {
  const { metadata, spec, status } = pod;
  // A Pod that is as it was made has never been resized.
  if ((metadata.generation ?? 1) <= 1) return spec;
  const infeasible = status.conditions?.some((one) => one.type === 'PodResizePending' && one.reason === 'Infeasible');
  const raise = (container: Container, statuses: readonly ContainerStatus[] | undefined): Container => {
    const found = statuses?.find(({ name }) => name === container.name);
    if (!found?.resources) return container;
    const asked = container.resources?.requests ?? {};
    const requests = most([infeasible ? {} : asked, found.resources.requests ?? {}, found.allocatedResources ?? {}]);
    return deepEqual(requests, asked) ? container : { ...container, resources: { ...container.resources, requests } };
  };
  const containers = spec.containers.map((one) => raise(one, status.containerStatuses));
  const initContainers = spec.initContainers?.map((one) =>
    isRestartable(one) ? raise(one, status.initContainerStatuses) : one,
  );
  const own = spec.resources?.requests;
  const whole =
    own && status.resources && pick(own, infeasible ? {} : own, status.resources.requests, status.allocatedResources);
  const isAsIs =
    containers.every((one, i) => one === spec.containers[i]) &&
    (initContainers?.every((one, i) => one === spec.initContainers?.[i]) ?? true) &&
    (!whole || deepEqual(whole, own));
  if (isAsIs) return spec;
  return {
    ...spec,
    containers,
    ...(initContainers ? { initContainers } : {}),
    ...(whole ? { resources: { ...spec.resources, requests: whole } } : {}),
  };
}

/** Of the Pod's own requests only those that it names. */
function pick(named: ResourceList, ...lists: readonly (ResourceList | undefined)[]): Record<string, string> {
  const all = most(lists.map((one) => one ?? {}));
  return Object.fromEntries(Object.keys(named).map((name) => [name, all[name] ?? '0']));
}

function most(lists: readonly ResourceList[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const list of lists) {
    for (const [name, amount] of Object.entries(list)) {
      const before = out[name];
      if (before === undefined || compareQuantities(amount, before) > 0) out[name] = amount;
    }
  }
  return out;
}
