import type { Path } from '../../../field-error';
import type { Container, EphemeralContainer, PodSpec } from '../../../generated/core-v1';

export interface ContainerAt {
  readonly container: Container | EphemeralContainer;
  readonly at: Path;
}

/** Init, regular and ephemeral containers with their paths. Upstream: pkg/apis/core/pods `VisitContainersWithPath` */
export function containersOf(spec: PodSpec, path: Path): ContainerAt[] {
  const found: ContainerAt[] = [];
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    const at = path.child(list);
    for (const [i, container] of spec[list]?.entries() ?? []) found.push({ container, at: at.index(i) });
  }
  return found;
}
