// Upstream: pkg/registry/core/pod/strategy.go `podResizeStrategy`
import type { Container, Pod } from '../../generated/core-v1';
import { validatePodResize } from './resize-validation';

/** Rules of the sub-resource `resize`: of an update it takes the resources alone. */
export const podResize = {
  /** Upstream `dropNonResizeUpdates`. A list with other containers is left as it is: validation tells of it. */
  prepareForUpdate(pod: Pod, old: Pod): void {
    const { metadata, spec } = pod;
    if (spec.containers.length !== old.spec.containers.length) return;
    if ((spec.initContainers?.length ?? 0) !== (old.spec.initContainers?.length ?? 0)) return;
    const { containers, initContainers, resources } = spec;
    pod.spec = { ...old.spec, containers: resourcesAlone(containers, old.spec.containers) };
    if (initContainers) pod.spec.initContainers = resourcesAlone(initContainers, old.spec.initContainers ?? []);
    if (resources) pod.spec.resources = resources;
    else delete pod.spec.resources;
    pod.status = old.status;
    const { managedFields } = metadata;
    pod.metadata = { ...old.metadata };
    if (managedFields) pod.metadata.managedFields = managedFields;
  },
  validateUpdate: validatePodResize,
};

function resourcesAlone(containers: Container[], old: readonly Container[]): Container[] {
  if (containers.some(({ name }, i) => name !== old[i]?.name)) return containers;
  return containers.map(({ resources, resizePolicy }, i) => {
    const next: Container = { ...(old[i] ?? { name: '' }), resources };
    if (resizePolicy) next.resizePolicy = resizePolicy;
    else delete next.resizePolicy;
    if (!resources) delete next.resources;
    return next;
  });
}
