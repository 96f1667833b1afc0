import { type ObjectReference, referenceTo } from '../api/object';
import type { Container, Pod } from '../api/generated/core-v1';

/** `web_default(uid)`: pkg/kubelet/util/format/pod.go. */
export function formatPod({ metadata }: Pod): string {
  return `${metadata.name}_${metadata.namespace ?? ''}(${metadata.uid ?? ''})`;
}

/** What events about a container are about: `spec.containers{web}`, `spec.initContainers{wait}`. */
export function containerReference(pod: Pod, name: string): ObjectReference {
  const has = (list: readonly { name: string }[] | undefined) => list?.some((one) => one.name === name) ?? false;
  const field = has(pod.spec.initContainers)
    ? 'initContainers'
    : has(pod.spec.ephemeralContainers)
      ? 'ephemeralContainers'
      : 'containers';
  return referenceTo(pod, `spec.${field}{${name}}`);
}

/** A sidecar: an init container that goes on running. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

export function containersByName(pod: Pod): Map<string, Container> {
  return new Map(
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])].map(
      (container) => [container.name, container],
    ),
  );
}

/** What is told of a container that gets its resources with a new beginning. */
export function resizeText({ name }: Container): string {
  return `Container ${name} resize requires restart`;
}
