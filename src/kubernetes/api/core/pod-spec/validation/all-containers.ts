import type { Path } from '../../../field-error';
import type { Container, EphemeralContainer, PodSpec } from '../../../generated/core-v1';

export interface ContainerAt {
  readonly container: Container | EphemeralContainer;
  readonly at: Path;
}

/** Init, regular and ephemeral containers with their paths. Upstream: pkg/apis/core/pods `VisitContainersWithPath` */
export function containersOf(spec: PodSpec, path: Path): ContainerAt[] {
  const lists = {
    initContainers: spec.initContainers,
    containers: spec.containers,
    ephemeralContainers: spec.ephemeralContainers,
  };
  return Object.entries(lists).flatMap(([list, containers]) =>
    ((containers ?? []) as ContainerAt['container'][]) // three lists of alike types
      .map((container, i) => ({ container, at: path.child(list).index(i) })),
  );
}
