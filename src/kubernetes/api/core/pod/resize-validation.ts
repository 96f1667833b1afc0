// Upstream: pkg/apis/core/validation/validation.go `ValidatePodResize`
import { type FieldError, forbidden, invalid, Path } from '../../field-error';
import type { Container, Pod, ResourceRequirements } from '../../generated/core-v1';
import type { KindContext } from '../../kind';
import { validateObjectMetaUpdate } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { qosClass } from './qos';
import { validatePodContent } from './validation';

type Amounts = Readonly<Record<string, string>>;

const spec = Path.of('spec');
const mirror = 'kubernetes.io/config.mirror';
const onlyThese = 'only cpu and memory resources are mutable';

/** What a resize may change: CPU and memory of containers and of the Pod, without another class of service. */
export function validatePodResize(pod: Pod, old: Pod, context: KindContext): FieldError[] {
  const errors = [...validateObjectMetaUpdate(pod.metadata, old.metadata), ...validatePodContent(pod, context)];
  if (old.metadata.annotations?.[mirror] !== undefined) {
    return [forbidden(Path.root, 'static pods cannot be resized')];
  }
  if (old.spec.os?.name === 'windows') return [forbidden(Path.root, 'windows pods cannot be resized')];
  if ((old.status.qosClass ?? qosClass(old.spec)) !== qosClass(pod.spec)) {
    errors.push(invalid(spec, pod.status.qosClass, 'Pod QOS Class may not change as a result of resizing'));
  }
  const running = old.status.containerStatuses?.find(({ state }) => state?.running);
  if (running && running.resources === undefined) {
    errors.push(forbidden(spec, 'Pod running on node without support for resize'));
  }
  let wholeIsSame = true;
  if (isSet(old.spec.resources) || isSet(pod.spec.resources)) {
    const { errors: wrong, same } = validatePodLevel(pod.spec.resources, old.spec.resources);
    errors.push(...wrong);
    wholeIsSame = same;
  }
  const disorder = [...order(pod, old, 'containers'), ...order(pod, old, 'initContainers')];
  if (disorder.length > 0) return [...errors, ...disorder];
  for (const list of ['initContainers', 'containers'] as const) {
    (old.spec[list] ?? []).forEach((one, i) => {
      const at = spec.child(list).index(i).child('resources');
      const now = pod.spec[list]?.[i]?.resources;
      const was = one.resources;
      if (isRemoved(now?.requests, was?.requests)) {
        errors.push(forbidden(at.child('requests'), 'resource requests cannot be removed'));
      }
      if (isRemoved(now?.limits, was?.limits)) {
        errors.push(forbidden(at.child('limits'), 'resource limits cannot be removed'));
      }
    });
  }
  pod.spec.containers.forEach((one, i) => {
    if (!isSameBut(one, old.spec.containers[i])) errors.push(forbidden(spec, onlyThese));
  });
  pod.spec.initContainers?.forEach((one, i) => errors.push(...initContainer(one, old.spec.initContainers?.[i], i)));
  if (errors.length > 0 || wholeIsSame) return errors;
  return [forbidden(spec, onlyThese)];
}

function initContainer(container: Container, old: Container | undefined, i: number): FieldError[] {
  const at = spec.child('initContainers').index(i);
  const errors: FieldError[] = [];
  if (!isSameBut(container, old)) {
    errors.push(forbidden(at, 'only cpu and memory resources for init or sidecar containers are mutable'));
  }
  if (container.restartPolicy === 'Always' || deepEqual(container, old)) return errors;
  for (const { restartPolicy } of container.resizePolicy ?? []) {
    if (restartPolicy !== 'RestartContainer') continue;
    const text = 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized';
    errors.push(forbidden(at, text));
  }
  return errors;
}

/** Upstream `validatePodResizeContainerOrdering` */
function order(pod: Pod, old: Pod, list: 'containers' | 'initContainers'): FieldError[] {
  const [now, before] = [pod.spec[list] ?? [], old.spec[list] ?? []];
  const at = spec.child(list);
  if (now.length !== before.length) return [forbidden(at, `${list} may not be added or removed on resize`)];
  return before.flatMap(({ name }, i) =>
    now[i]?.name === name
      ? []
      : [forbidden(at.index(i).child('name'), `${list} may not be renamed or reordered on resize`)],
  );
}

/** Upstream `validatePodLevelResourcesResize`; whether what may not change has stayed as it was. */
function validatePodLevel(
  now: ResourceRequirements | undefined,
  old: ResourceRequirements | undefined,
): { errors: FieldError[]; same: boolean } {
  const at = spec.child('resources');
  if (old && !now) return { errors: [forbidden(at, 'pod-level resources cannot be removed')], same: true };
  const errors: FieldError[] = [];
  if (old && isRemoved(now?.requests, old.requests)) {
    errors.push(forbidden(at.child('requests'), 'pod-level resource requests cannot be removed'));
  }
  if (old && isRemoved(now?.limits, old.limits)) {
    errors.push(forbidden(at.child('limits'), 'pod-level resource limits cannot be removed'));
  }
  const masked = now && { ...now, ...withOld(now, old) };
  const same = deepEqual(settled(masked), settled(old));
  if (!same) errors.push(forbidden(spec, 'only cpu and memory resources are mutable at pod-level'));
  return { errors, same };
}

function isSet(resources: ResourceRequirements | undefined): boolean {
  return Object.keys({ ...resources?.requests, ...resources?.limits }).length > 0;
}

function isRemoved(now: Amounts = {}, old: Amounts = {}): boolean {
  return Object.keys(old).length > Object.keys(now).length || Object.keys(old).some((name) => now[name] === undefined);
}

/** Whether a container is as it was, CPU and memory aside. Claims are lost on the way, as upstream. */
function isSameBut(container: Container, old: Container | undefined): boolean {
  const masked = { ...container, resources: settled(withOld(container.resources ?? {}, old?.resources)) };
  return deepEqual(masked, { ...old, resources: settled(old?.resources) });
}

/** The resources with CPU and memory set back. Upstream `dropCPUMemoryResourcesFromContainer` */
function withOld(now: ResourceRequirements, old: ResourceRequirements | undefined): ResourceRequirements {
  return { limits: setBack(now.limits, old?.limits), requests: setBack(now.requests, old?.requests) };
}

function setBack(now: Amounts = {}, old: Amounts = {}): Record<string, string> {
  const isResizable = ([name]: readonly [string, string]) => name === 'cpu' || name === 'memory';
  const kept = Object.entries(now).filter((one) => !isResizable(one));
  return Object.fromEntries([...kept, ...Object.entries(old).filter(isResizable)]);
}

/** Lists that are empty count as those that are absent. */
function settled(resources: ResourceRequirements | undefined): ResourceRequirements {
  const entries = Object.entries(resources ?? {}).filter(([, list]) => list && Object.keys(list).length > 0);
  return Object.fromEntries(entries);
}
