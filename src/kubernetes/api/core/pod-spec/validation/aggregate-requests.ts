// Upstream: staging/src/k8s.io/component-helpers/resource/helpers.go `AggregateContainerRequests`, `AggregateContainerLimits`
import type { Container, PodSpec } from '../../../generated/core-v1';
import { addQuantities, compareQuantities } from '../../../quantity';

type Totals = Map<string, string>;

/** What the containers together ask for. Upstream: `AggregateContainerRequests` */
export function aggregateContainerRequests(spec: PodSpec): Totals {
  return aggregate(spec, 'requests');
}

/** What the containers together may use. Upstream: `AggregateContainerLimits` */
export function aggregateContainerLimits(spec: PodSpec): Totals {
  return aggregate(spec, 'limits');
}

/**
 * The running containers and the sidecars summed up, or, if that is more, what is needed while an init container runs.
 */
function aggregate(spec: PodSpec, field: 'requests' | 'limits'): Totals {
  const add = (into: Totals, resources: Container['resources']) => {
    for (const [name, value] of Object.entries(resources?.[field] ?? {}))
      into.set(name, addQuantities(into.get(name), value));
  };
  const total: Totals = new Map();
  for (const container of spec.containers ?? []) add(total, container.resources);
  const sidecars: Totals = new Map();
  const peak: Totals = new Map();
  for (const container of spec.initContainers ?? []) {
    const atOnce: Totals = new Map(sidecars);
    add(atOnce, container.resources);
    if (container.restartPolicy === 'Always') {
      add(total, container.resources);
      add(sidecars, container.resources);
    }
    for (const [name, value] of atOnce) if (compareQuantities(value, peak.get(name)) > 0) peak.set(name, value);
  }
  for (const [name, value] of peak) if (compareQuantities(value, total.get(name)) > 0) total.set(name, value);
  return total;
}
