import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** `main, wait (init), debugger (ephem)`. Upstream: kubectl/pkg/cmd/util/podcmd/podcmd.go `AllContainerNames`. */
function containerNames({ spec }: Pod): string {
  return [
    ...spec.containers.map((one) => one.name),
    ...(spec.ephemeralContainers ?? []).map((one) => `${one.name} (ephem)`),
    ...(spec.initContainers ?? []).map((one) => `${one.name} (init)`),
  ].join(', ');
}

/** Every container's bare name. */
function everyContainer({ spec }: Pod): string[] {
  return [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])].map(
    (one) => one.name,
  );
}

/**
 * The container a command means: the one named, the annotated one, else the first, with a word about the choice.
 * Upstream: podcmd.go `FindOrDefaultContainerByName`. Throws for a name that the Pod has not.
 */
export function chooseContainer(invocation: Invocation, pod: Pod, name: string, quiet = false): string {
  if (name !== '') {
    if (everyContainer(pod).includes(name)) return name;
    throw new KubectlError(
      `container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  }
  const annotated = pod.metadata.annotations?.[defaultContainer];
  if (annotated !== undefined && everyContainer(pod).includes(annotated)) return annotated;
  const first = pod.spec.containers[0]?.name ?? '';
  if (!quiet && everyContainer(pod).length > 1) {
    invocation.err(`Defaulted container "${first}" out of: ${containerNames(pod)}\n`);
  }
  return first;
}
