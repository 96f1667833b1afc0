// Upstream: pkg/apis/core/validation/validation.go `ValidatePodUpdate`
import { type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type { Container, Pod, PodSchedulingGate, PodSpec, Toleration } from '../../generated/core-v1';
import type { KindContext } from '../../kind';
import { rangeText } from '../../meta/names';
import { validateObjectMetaUpdate } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { internalDiff } from '../internal-diff';
import { internalPodSpec } from '../internal-form';
import { validateImageWhitespace } from '../pod-spec/validation/image';
import { validateTolerations } from '../pod-spec/validation/tolerations';
import { annotationChanges } from './annotation-changes';
import { narrowing } from './gated';
import { validatePodContent } from './validation';

const path = Path.of('spec');
const maxInt32 = 2 ** 31 - 1;
const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
];

/** A Pod is what it was made: little may change, and what may not is shown as a difference. */
export function validatePodUpdate(pod: Pod, old: Pod, context: KindContext): FieldError[] {
  const errors = [
    ...validateObjectMetaUpdate(pod.metadata, old.metadata),
    ...validatePodContent(pod, context),
    ...annotationChanges(pod.metadata.annotations ?? {}, old.metadata.annotations ?? {}),
  ];
  for (const list of ['containers', 'initContainers'] as const) {
    const { errors: wrong, stop } = validateImages(pod.spec[list] ?? [], old.spec[list] ?? [], path.child(list));
    errors.push(...wrong);
    if (stop) return errors;
  }
  const deadline = validateDeadline(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds);
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  errors.push(
    ...validateAddedTolerations(pod.spec.tolerations ?? [], old.spec.tolerations ?? []),
    ...validateRemovedGates(pod.spec.schedulingGates ?? [], old.spec.schedulingGates ?? []),
  );
  const { spec, errors: gated } = narrowing(allowedTaken(pod.spec, old.spec), old.spec);
  errors.push(...gated);
  if (deepEqual(spec, old.spec)) return errors;
  const diff = internalDiff(internalPodSpec(old.spec), internalPodSpec(spec));
  const text = `pod updates may not change fields other than ${changeable.join(',')}`;
  return [...errors, forbidden(path, `${text}\n${diff}`)];
}

interface Judged {
  readonly errors: FieldError[];
  /** Upstream looks no further. */
  readonly stop: boolean;
}

function validateImages(containers: readonly Container[], old: readonly Container[], at: Path): Judged {
  if (containers.length !== old.length) {
    return { errors: [forbidden(at, 'pod updates may not add or remove containers')], stop: true };
  }
  const errors = containers.flatMap((container, i) => [
    ...(container.image ? [] : [required(at.index(i).child('image'))]),
    ...validateImageWhitespace(container, at.index(i)),
  ]);
  return { errors, stop: false };
}

/** A deadline may be set, and brought forward. */
function validateDeadline(now: number | undefined, before: number | undefined): Judged {
  const at = path.child('activeDeadlineSeconds');
  if (now === undefined) {
    if (before === undefined) return { errors: [], stop: false };
    return { errors: [invalid(at, undefined, 'must not update from a positive integer to nil value')], stop: false };
  }
  if (now < 0 || now > maxInt32) return { errors: [invalid(at, now, rangeText(0, maxInt32))], stop: true };
  if (before === undefined || before >= now) return { errors: [], stop: false };
  return { errors: [invalid(at, now, 'must be less than or equal to previous value')], stop: true };
}

function validateAddedTolerations(now: readonly Toleration[], before: readonly Toleration[]): FieldError[] {
  const at = path.child('tolerations');
  const kept = before.every((old) =>
    now.some((one) => deepEqual({ ...old, tolerationSeconds: one.tolerationSeconds }, one)),
  );
  if (!kept) return [forbidden(at, 'existing toleration can not be modified except its tolerationSeconds')];
  return validateTolerations(now, at);
}

function validateRemovedGates(now: readonly PodSchedulingGate[], before: readonly PodSchedulingGate[]): FieldError[] {
  const known = new Set(before.map(({ name }) => name));
  return now.flatMap(({ name }, i) => {
    const text = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return known.has(name) ? [] : [forbidden(path.child('schedulingGates').index(i).child('name'), text)];
  });
}

/** The new spec with everything that may change set back, so that what is left may not. */
function allowedTaken(spec: PodSpec, old: PodSpec): PodSpec {
  const images = (containers: readonly Container[] | undefined, before: readonly Container[] | undefined) =>
    containers?.map((container, i) => ({ ...container, image: before?.[i]?.image }));
  const negative = (old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1;
  return {
    ...spec,
    containers: images(spec.containers, old.containers) ?? [],
    initContainers: images(spec.initContainers, old.initContainers),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
    ...(negative ? { terminationGracePeriodSeconds: old.terminationGracePeriodSeconds } : {}),
  };
}
