import type { Container, ContainerStatus, Pod } from '@/kubernetes/api/generated/core-v1';
import { addQuantities, compareQuantities, nanosOf } from '@/kubernetes/api/quantity';
import { podTotal } from '@/kubernetes/placement/pod-total';

export type Amounts = Readonly<Record<string, string>>;

/** What a Pod asks for in all. Upstream: component-helpers/resource/helpers.go `PodRequests`. */
export function podRequests({ spec }: Pick<Pod, 'spec'>): Amounts {
  return podTotal(spec, 'requests', true);
}

/** Overhead counts where there is a limit to raise. Upstream: `PodLimits`. */
export function podLimits({ spec }: Pick<Pod, 'spec'>): Amounts {
  const limits: Record<string, string> = { ...podTotal(spec, 'limits') };
  for (const [name, amount] of Object.entries(spec.overhead ?? {})) {
    if (nanosOf(limits[name]) > 0n) limits[name] = addQuantities(limits[name], amount);
  }
  return limits;
}

/**
 * The Pod as a resize has left it: each container and sidecar with the most of what it asks for, is granted and has.
 * Upstream: `UseStatusResources`, `determineEffectiveRequests`.
 */
export function asResized({ spec, status }: Pod): Pick<Pod, 'spec'> {
  const refused = status.conditions?.some((one) => one.type === 'PodResizePending' && one.reason === 'Infeasible');
  const resized = (container: Container, statuses: readonly ContainerStatus[] = []): Container => {
    const known = statuses.find((one) => one.name === container.name);
    if (!known?.resources) return container;
    const wanted = refused ? {} : (container.resources ?? {});
    return {
      ...container,
      resources: {
        requests: most(wanted.requests, known.resources.requests, known.allocatedResources),
        limits: most(wanted.limits, known.resources.limits),
      },
    };
  };
  const initContainers = spec.initContainers?.map((one) =>
    one.restartPolicy === 'Always' ? resized(one, status.initContainerStatuses) : one,
  );
  return {
    spec: {
      ...spec,
      containers: spec.containers.map((one) => resized(one, status.containerStatuses)),
      ...(initContainers ? { initContainers } : {}),
    },
  };
}

function most(...lists: readonly (Amounts | undefined)[]): Amounts {
  const all: Record<string, string> = {};
  for (const list of lists) {
    for (const [name, amount] of Object.entries(list ?? {})) {
      if (all[name] === undefined || compareQuantities(amount, all[name]) > 0) all[name] = amount;
    }
  }
  return all;
}
