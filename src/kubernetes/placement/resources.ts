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

export type ResourceList = Readonly<Record<string, string>>;

// pkg/scheduler/util/pod_resources.go
const defaultMilliCPURequest = 100;
const defaultMemoryRequest = 200 * 1024 * 1024;

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

function containerRequest(container: Container, nonZero: boolean): Resources {
  const requests = container.resources?.requests;
  const out = resourcesFrom(requests);
  if (nonZero && requests?.cpu === undefined) out.milliCPU = defaultMilliCPURequest;
  if (nonZero && requests?.memory === undefined) out.memory = defaultMemoryRequest;
  return out;
}

export function isRestartable(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/**
 * What a Pod asks of its node: the sum of its containers and sidecars, or the most that its start needs, whichever is
 * larger; requests of the Pod itself replace that; overhead comes on top. With `nonZero`, containers that ask for
 * nothing count as 100m CPU and 200 MiB.
 * Upstream: staging/src/k8s.io/component-helpers/resource/helpers.go `PodRequests`
 */
export function podRequests(spec: PodSpec, nonZero = false): Resources {
  const total = noResources();
  for (const container of spec.containers) addResources(total, containerRequest(container, nonZero));
  const sidecars = noResources();
  const starting = noResources();
  for (const container of spec.initContainers ?? []) {
    const request = containerRequest(container, nonZero);
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
