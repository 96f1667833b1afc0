// Upstream: plugin/pkg/admission/limitranger/admission.go `mergePodResourceRequirements`
import type { Container, LimitRange, Pod } from '../../api/generated/core-v1';
import type { ResourceList } from '../../placement/resources';

const annotation = 'kubernetes.io/limit-ranger';

/** Fills in what containers leave out, in place, and notes on the Pod what was filled in. */
export function applyContainerDefaults({ spec }: LimitRange, pod: Pod): void {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  const limits: ResourceList = Object.assign({}, ...items.map((item) => item.default));
  const requests: ResourceList = Object.assign({}, ...items.map((item) => item.defaultRequest));
  const fill = (container: Container, what: string) => [
    ...noteOf(fillIn(container, 'requests', requests), `request for ${what} ${container.name}`),
    ...noteOf(fillIn(container, 'limits', limits), `limit for ${what} ${container.name}`),
  ];
  const notes = [
    ...pod.spec.containers.flatMap((container) => fill(container, 'container')),
    ...(pod.spec.initContainers ?? []).flatMap((container) => fill(container, 'init container')),
  ];
  if (notes.length === 0) return;
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    [annotation]: `LimitRanger plugin set: ${notes.join('; ')}`,
  };
}

/** The names that were missing, sorted. */
function fillIn(container: Container, kind: 'requests' | 'limits', defaults: ResourceList): string[] {
  const written = container.resources?.[kind];
  const missing = Object.keys(defaults).filter((name) => written?.[name] === undefined);
  if (missing.length === 0) return [];
  container.resources = { ...container.resources, [kind]: { ...defaults, ...written } };
  return missing.sort();
}

function noteOf(names: readonly string[], what: string): string[] {
  return names.length > 0 ? [`${names.join(', ')} ${what}`] : [];
}
