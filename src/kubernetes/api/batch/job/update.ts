// Upstream: pkg/apis/batch/validation/validation.go `ValidateJobSpecUpdate`
import { type FieldError, invalid, Path } from '../../field-error';
import type { Job } from '../../generated/batch-v1';
import type { KindContext } from '../../kind';
import { printedSelector } from '../../meta/label-selector';
import { immutableText, validateImmutable } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { internalPodTemplate } from '../../core/internal-form';
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
    ...validateTemplate(job, old),
    ...(['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'] as const).flatMap(
      (field) => validateImmutable(spec[field], before[field], path.child(field)),
    ),
  ];
}

/** An indexed Job can grow and shrink when it does all its work at once. */
function validateCompletions({ spec }: Job, { spec: before }: Job): FieldError[] {
  const at = path.child('completions');
  if (spec.completionMode !== 'Indexed') return validateImmutable(spec.completions, before.completions, at);
  if (spec.completions === before.completions || spec.completions === spec.parallelism) return [];
  const text = 'can only be modified in tandem with spec.parallelism';
  return [invalid(at, spec.completions, text)];
}

/** Scheduling directives of a suspended Job that has not run yet may still change. */
function validateTemplate({ spec }: Job, { spec: before, status }: Job): FieldError[] {
  const adjusted = structuredClone(before.template);
  if (before.suspend && !status.startTime && adjusted.spec && spec.template.spec) {
    const { nodeSelector, tolerations, affinity, schedulingGates } = spec.template.spec;
    Object.assign(adjusted.spec, { nodeSelector, tolerations, affinity, schedulingGates });
    const { labels, annotations } = spec.template.metadata ?? {};
    adjusted.metadata = { ...adjusted.metadata, labels, annotations };
  }
  if (deepEqual(spec.template, adjusted)) return [];
  return [invalid(path.child('template'), internalPodTemplate(spec.template), immutableText)];
}
