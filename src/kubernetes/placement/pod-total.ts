// Upstream: plugin/pkg/admission/limitranger/admission.go `podRequests`, `podLimits`
import type { Container, PodSpec } from '../api/generated/core-v1';
import { addQuantities, compareQuantities } from '../api/quantity';
import { isRestartable, type ResourceList } from './resources';

type Amounts = Record<string, string>;

/** What can be set for a whole Pod: staging/src/k8s.io/component-helpers/resource/helpers.go */
const podLevel = /^(?:cpu|memory|hugepages-.*)$/;

/**
 * The sum of containers and sidecars, or the most that the start needs where that is more; what the Pod itself names
 * replaces that. Unlike for the scheduler, overhead does not count, unless it is asked for.
 */
export function podTotal(spec: PodSpec, kind: 'requests' | 'limits', withOverhead = false): ResourceList {
  const of = (container: Container): ResourceList => container.resources?.[kind] ?? {};
  const total: Amounts = {};
  for (const container of spec.containers) add(total, of(container));
  const sidecars: Amounts = {};
  const starting: Amounts = {};
  for (const container of spec.initContainers ?? []) {
    if (isRestartable(container)) {
      add(total, of(container));
      add(sidecars, of(container));
      raiseTo(starting, sidecars);
    } else {
      const needed = { ...of(container) };
      add(needed, sidecars);
      raiseTo(starting, needed);
    }
  }
  raiseTo(total, starting);
  const own = Object.entries(spec.resources?.[kind] ?? {}).filter(([name]) => podLevel.test(name));
  const all: Amounts = { ...total, ...Object.fromEntries(own) };
  if (withOverhead) add(all, spec.overhead ?? {});
  return all;
}

function add(to: Amounts, list: ResourceList): void {
  for (const [name, amount] of Object.entries(list)) to[name] = addQuantities(to[name], amount);
}

function raiseTo(to: Amounts, list: ResourceList): void {
  for (const [name, amount] of Object.entries(list)) {
    if (to[name] === undefined || compareQuantities(amount, to[name]) > 0) to[name] = amount;
  }
}
