// Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go `computePodResizeAction`, `IsPodResizeInProgress`
import type { Container, Pod, ResourceRequirements } from '../../api/generated/core-v1';
import type { ContainerRecord } from '../../runtime/records';
import { isSidecar } from '../pod-text';
import { newest } from '../restart';
import { type Resize, type Sizes, sizesOf } from './state';

const names = ['cpu', 'memory'] as const;

/** How a running container gets the resources that it has been granted; undefined when it has them. */
export function resizeAction(container: Container, actuated: ResourceRequirements | undefined) {
  const [desired, current] = [sizesOf(container.resources), sizesOf(actuated)];
  const changed = names.filter((name) => differs(desired, current, name));
  if (changed.length === 0) return undefined;
  const restarts = changed.some(
    (name) => container.resizePolicy?.find((one) => one.resourceName === name)?.restartPolicy === 'RestartContainer',
  );
  return restarts ? 'restart' : 'update';
}

function differs(a: Sizes, b: Sizes, name: keyof Sizes): boolean {
  return a[name][0] !== b[name][0] || a[name][1] !== b[name][1];
}

/** Whether a running container, or the Pod as a whole, has not yet got what it has been granted. */
export function isInProgress({ spec }: Pod, containers: readonly ContainerRecord[], { actuated }: Resize): boolean {
  const all = [...(spec.initContainers ?? []).filter(isSidecar), ...spec.containers];
  const waits = all.some(
    (one) =>
      newest(containers, one.name)?.state === 'running' &&
      resizeAction(one, actuated.containers.get(one.name)) !== undefined,
  );
  return waits || isPodWaiting(spec.resources, actuated.pod);
}

export function isPodWaiting(granted: ResourceRequirements | undefined, actuated: ResourceRequirements | undefined) {
  if (!granted) return false;
  const [desired, current] = [sizesOf(granted), sizesOf(actuated)];
  return names.some((name) => differs(desired, current, name));
}
