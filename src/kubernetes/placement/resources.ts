import type { Container, PodSpec } from '../api/generated/core-v1';
import { milliValue, wholeValue } from '../api/quantity';

/** Amounts as the scheduler counts them: CPU in thousandths, the rest in whole units. */
export interface Resources {
  milliCPU: number;
  memory: number;
  ephemeralStorage: number;
  /** Extended resources and huge pages. */
  readonly scalar: Map<string, number>;
}

/** Amounts by the names of resources. */
export type ResourceList = Readonly<Record<string, string>>;

/** What a container counts as asking for that does not name a resource. */
type Missing = Readonly<Pick<Resources, 'milliCPU' | 'memory'>>;

const nothing: Missing = { milliCPU: 0, memory: 0 };
// pkg/scheduler/util/pod_resources.go
const usual: Missing = { milliCPU: 100, memory: 200 * 1024 * 1024 };

/** Nothing of anything. */
export function noResources(): Resources {
  return { milliCPU: 0, memory: 0, ephemeralStorage: 0, scalar: new Map() };
}

/** A `ResourceList` as numbers; `pods` is left to the caller. */
export function resourcesFrom(list: ResourceList | undefined): Resources {
  const out = noResources();
  for (const [name, text] of Object.entries(list ?? {})) {
    if (name === 'cpu') out.milliCPU = milliValue(text);
    else if (name === 'memory') out.memory = wholeValue(text);
    else if (name === 'ephemeral-storage') out.ephemeralStorage = wholeValue(text);
    else if (name !== 'pods') out.scalar.set(name, wholeValue(text));
  }
  return out;
}

/** Adds `other` `times` times (−1 takes it away), in place. */
export function addResources(to: Resources, other: Resources, times = 1): void {
  to.milliCPU += other.milliCPU * times;
  to.memory += other.memory * times;
  to.ephemeralStorage += other.ephemeralStorage * times;
  for (const [name, amount] of other.scalar) to.scalar.set(name, (to.scalar.get(name) ?? 0) + amount * times);
}

function raiseTo(to: Resources, other: Resources): void {
  to.milliCPU = Math.max(to.milliCPU, other.milliCPU);
  to.memory = Math.max(to.memory, other.memory);
  to.ephemeralStorage = Math.max(to.ephemeralStorage, other.ephemeralStorage);
  for (const [name, amount] of other.scalar) to.scalar.set(name, Math.max(to.scalar.get(name) ?? 0, amount));
}

function containerRequest(container: Container, missing: Missing): Resources {
  const requests = container.resources?.requests;
  const out = resourcesFrom(requests);
  if (requests?.cpu === undefined) out.milliCPU = missing.milliCPU;
  if (requests?.memory === undefined) out.memory = missing.memory;
  return out;
}

/** Whether an init container stays beside the others: a sidecar. */
export function isRestartable(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/**
 * What a Pod asks of its node: the sum of its containers and sidecars, or the most that its start needs, whichever is
 * larger; requests of the Pod itself replace that; overhead comes on top.
 * Upstream: staging/src/k8s.io/component-helpers/resource/helpers.go `PodRequests`
 */
export function podRequests(spec: PodSpec): Resources {
  const total = containersRequest(spec, nothing);
  const own = spec.resources?.requests;
  if (own) {
    const asked = resourcesFrom(own);
    if (own.cpu !== undefined) total.milliCPU = asked.milliCPU;
    if (own.memory !== undefined) total.memory = asked.memory;
    for (const [name, amount] of asked.scalar) total.scalar.set(name, amount);
  }
  if (spec.overhead) addResources(total, resourcesFrom(spec.overhead));
  return total;
}

/**
 * What a Pod is counted as where nodes are scored by what is free on them: containers that ask for nothing count as
 * 100m CPU and 200 MiB. For the Pod that is to be placed, requests of the Pod itself are overlooked: the scorer of
 * NodeResourcesFit is made without the gate PodLevelResources.
 * Upstream: pkg/scheduler/framework/plugins/noderesources/resource_allocation.go `calculatePodResourceRequest`
 */
export function countedRequests(spec: PodSpec): Resources {
  const total = containersRequest(spec, usual);
  if (spec.overhead) addResources(total, resourcesFrom(spec.overhead));
  return total;
}

/**
 * The same for a Pod that is on its node. If the Pod itself asks for anything, containers count as asking for the
 * usual only of what neither they nor the Pod name.
 * Upstream: pkg/scheduler/framework/types.go `CalculateResource`, `getNonMissingContainerRequests`
 */
export function countedOnNode(spec: PodSpec): Resources {
  const own = spec.resources?.requests;
  if (!own || Object.keys(own).length === 0) return countedRequests(spec);
  const named = (resource: string) =>
    [own, spec.overhead].some((list) => list?.[resource] !== undefined) ||
    [...spec.containers, ...(spec.initContainers ?? [])].some(
      (one) => one.resources?.requests?.[resource] !== undefined,
    );
  const total = podRequests(spec);
  const counted = countedRequests(spec);
  if (!named('cpu')) total.milliCPU = counted.milliCPU;
  if (!named('memory')) total.memory = counted.memory;
  return total;
}

/** The containers alone. Upstream: `AggregateContainerRequests` */
function containersRequest(spec: PodSpec, missing: Missing): Resources {
  const total = noResources();
  for (const container of spec.containers) addResources(total, containerRequest(container, missing));
  const sidecars = noResources();
  const starting = noResources();
  for (const container of spec.initContainers ?? []) {
    const request = containerRequest(container, missing);
    if (isRestartable(container)) {
      addResources(total, request);
      addResources(sidecars, request);
      raiseTo(starting, sidecars);
    } else {
      addResources(request, sidecars);
      raiseTo(starting, request);
    }
  }
  raiseTo(total, starting);
  return total;
}
