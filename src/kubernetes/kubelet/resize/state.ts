import type { Container, Pod, PodCondition, PodSpec, ResourceRequirements } from '../../api/generated/core-v1';
import { deepEqual } from '../../api/object';
import { milliValue, wholeValue } from '../../api/quantity';

/** Resources of a Pod and of its containers, by name. */
export interface Granted {
  readonly pod: ResourceRequirements | undefined;
  readonly containers: ReadonlyMap<string, ResourceRequirements>;
}

/**
 * What the kubelet keeps of a Pod whose resources have been changed while it was there. Never changed, always replaced.
 * Upstream: pkg/kubelet/allocation, pkg/kubelet/allocation/state
 */
export interface Resize {
  /** What the node has granted. */
  readonly allocated: Granted;
  /** What is in force in the containers. */
  readonly actuated: Granted;
  readonly pending?: PodCondition;
  readonly inProgress?: PodCondition;
}

/** Upstream: pkg/kubelet/allocation/allocation_manager.go `allocationFromPod` */
export function grantedBy({ containers, initContainers = [], resources }: PodSpec): Granted {
  const all = [...initContainers, ...containers];
  return { pod: resources, containers: new Map(all.map((one) => [one.name, one.resources ?? {}])) };
}

/** The specs that were made of others, so that one is made once. */
const made = new WeakMap<PodSpec, { readonly granted: Granted; readonly spec: PodSpec }>();

/** The Pod with what has been granted in place of what is asked for. Upstream: `updatePodFromAllocation` */
export function withGranted(pod: Pod, granted: Granted): Pod {
  const known = made.get(pod.spec);
  if (known?.granted === granted) return known.spec === pod.spec ? pod : { ...pod, spec: known.spec };
  const spec = specWith(pod.spec, granted);
  made.set(pod.spec, { granted, spec });
  return spec === pod.spec ? pod : { ...pod, spec };
}

function specWith(spec: PodSpec, granted: Granted): PodSpec {
  const own = grantedBy(spec);
  if (isSame(own, granted)) return spec;
  const set = (container: Container): Container => {
    const resources = granted.containers.get(container.name) ?? container.resources;
    return deepEqual(resources, container.resources ?? {}) ? container : { ...container, resources };
  };
  const next: PodSpec = { ...spec, containers: spec.containers.map(set) };
  if (spec.initContainers) next.initContainers = spec.initContainers.map(set);
  if (granted.pod) next.resources = granted.pod;
  else delete next.resources;
  return next;
}

/** With the resources of some containers set. */
export function withContainers({ pod, containers }: Granted, some: readonly Container[]): Granted {
  return { pod, containers: new Map([...containers, ...some.map((one) => [one.name, one.resources ?? {}] as const)]) };
}

export function isSame(a: Granted, b: Granted): boolean {
  return (
    deepEqual(a.pod, b.pod) &&
    [...a.containers].every(([name, resources]) => deepEqual(resources, b.containers.get(name) ?? {}))
  );
}

/** CPU and memory as a container gets them; 0 where nothing is said. */
export interface Sizes {
  readonly cpu: readonly [request: number, limit: number];
  readonly memory: readonly [request: number, limit: number];
}

export function sizesOf({ requests, limits }: ResourceRequirements = {}): Sizes {
  return {
    cpu: [milliValue(requests?.cpu), milliValue(limits?.cpu)],
    memory: [wholeValue(requests?.memory), wholeValue(limits?.memory)],
  };
}
