// Upstream: pkg/apis/batch/validation/validation.go `ValidateJobSpecUpdate`
import { type FieldError, invalid, Path } from '../../field-error';
import type { Job, JobSpec } from '../../generated/batch-v1';
import type { Container, PodSpec, PodTemplateSpec } from '../../generated/core-v1';
import type { KindContext } from '../../kind';
import { printedSelector } from '../../meta/label-selector';
import { immutableText, validateImmutable } from '../../meta/object-meta';
import { deepEqual, isObject } from '../../object';
import { serverFacts } from '../../versions/server-facts';
import { internalForm, internalPodSpec, internalPodTemplate } from '../../core/internal-form';
import { validateJobContent } from './validation';

const path = Path.of('spec');

/** Of a running Job little may change: parallelism, deadlines, suspension. */
export function validateJobChange(job: Job, old: Job, context: KindContext): FieldError[] {
  const { spec } = job;
  const before = old.spec;
  return [
    ...validateJobContent(job, context),
    ...validateCompletions(job, old),
    ...validateImmutable(printedSelector(spec.selector), printedSelector(before.selector), path.child('selector')),
    ...validateTemplate(job, old, context),
    ...(['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'] as const).flatMap(
      (field) => validateImmutable(printed(field, spec), printed(field, before), path.child(field)),
    ),
  ];
}

const policies: Readonly<Record<string, string>> = {
  podFailurePolicy: 'PodFailurePolicy',
  successPolicy: 'SuccessPolicy',
};

/** Policies are told as upstream's internal types print. */
function printed(field: keyof JobSpec, spec: JobSpec): unknown {
  const [struct, value] = [policies[field], spec[field]];
  return struct !== undefined && isObject(value) ? internalForm(struct, value) : value;
}

/** An indexed Job can grow and shrink when it does all its work at once. */
function validateCompletions({ spec }: Job, { spec: before }: Job): FieldError[] {
  const at = path.child('completions');
  if (spec.completionMode !== 'Indexed') return validateImmutable(spec.completions, before.completions, at);
  if (spec.completions === before.completions || spec.completions === undefined) return [];
  if (spec.completions === spec.parallelism) return [];
  const text = 'can only be modified in tandem with spec.parallelism';
  return [invalid(at, spec.completions, text)];
}

/** Where a Job is suspended, its Pods may still be placed otherwise and ask for other resources. */
function validateTemplate({ spec }: Job, { spec: before, status }: Job, { kubernetes }: KindContext): FieldError[] {
  const { template } = spec;
  const { mutableSuspendedJobs } = serverFacts[kubernetes];
  const stopped = status.conditions?.some(({ type, status }) => type === 'Suspended' && status === 'True');
  const idle = !status.startTime || (mutableSuspendedJobs && stopped && !status.active);
  const placeable = before.suspend === true && idle && (!mutableSuspendedJobs || !status.active);
  const was = placeable ? withPlacementOf(template, before.template) : before.template;
  if (!placeable || !mutableSuspendedJobs) {
    if (deepEqual(template, was)) return [];
    return [invalid(path.child('template'), internalPodTemplate(template), immutableText)];
  }
  const now: PodSpec = template.spec ?? { containers: [] };
  if (deepEqual(now, withResourcesOf(now, was.spec ?? { containers: [] }))) return [];
  return [invalid(path.child('template.spec'), internalPodSpec(now), immutableText)];
}

/** `was` with what says where Pods of `now` go; of affinity only that to nodes may change. */
function withPlacementOf(now: PodTemplateSpec, was: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates, affinity } = now.spec ?? {};
  const rest = { ...was.spec?.affinity };
  delete rest.nodeAffinity;
  const nodeAffinity = affinity?.nodeAffinity;
  const either = nodeAffinity === undefined ? rest : { ...rest, nodeAffinity };
  const kept = affinity === undefined && Object.keys(rest).length === 0 ? undefined : either;
  const { labels, annotations } = now.metadata ?? {};
  return {
    metadata: { ...was.metadata, labels, annotations },
    spec: { ...(was.spec ?? { containers: [] }), nodeSelector, tolerations, schedulingGates, affinity: kept },
  };
}

function withResourcesOf(now: PodSpec, was: PodSpec): PodSpec {
  const taken = <T extends { name: string; resources?: unknown }>(to: readonly T[] = [], from: readonly T[] = []) =>
    to.map((one, i) =>
      to.length === from.length && from[i]?.name === one.name ? { ...one, resources: from[i]?.resources } : one,
    );
  return {
    ...was,
    containers: taken<Container>(was.containers, now.containers),
    ...(was.initContainers && { initContainers: taken<Container>(was.initContainers, now.initContainers) }),
  };
}
