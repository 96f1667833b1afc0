// Upstream: pkg/apis/batch/validation/validation.go `ValidateJob`, `validateJobSpec`
import { type FieldError, invalid, notSupported, Path, required, tooLong } from '../../field-error';
import type { Job, JobSpec } from '../../generated/batch-v1';
import type { KindContext } from '../../kind';
import { matchesLabelSelector } from '../../label-selector';
import { isReadable, printedMap, printedSelector, validateLabelSelector } from '../../meta/label-selector';
import { validateDomainPrefixedPath } from '../../meta/labels';
import { byteLength, dns1123Label } from '../../meta/names';
import { validateNonNegative } from '../../meta/object-meta';
import { internalForm } from '../../core/internal-form';
import { optionalOneOf } from '../../core/pod-spec/validation/supported';
import { validatePodTemplateSpec } from '../../core/pod-template/validation';
import { validatePodFailurePolicy } from './failure-policy';
import { generatedLabels } from './generated-selector';
import { validateSuccessPolicy } from './success-policy';

export function validateJob(job: Job, context: KindContext): FieldError[] {
  const { metadata, spec } = job;
  const { completions = 0 } = spec;
  const errors = [...validateGeneratedSelector(job), ...validateJobContent(job, context)];
  if (spec.completionMode === 'Indexed' && completions > 0) {
    const hostname = `${metadata.name ?? ''}-${completions - 1}`;
    if (dns1123Label(hostname).length > 0) {
      const text = `will not able to create pod with invalid DNS label: ${hostname}`;
      errors.push(invalid(Path.of('metadata.name'), metadata.name ?? '', text));
    }
  }
  return errors;
}

/** The spec, and that the selector finds the Pods of the template. Upstream `ValidateJobSpec`. */
export function validateJobContent({ spec }: Job, context: KindContext): FieldError[] {
  const { selector } = spec;
  const path = Path.of('spec');
  const errors = validateJobSpec(spec, path, context);
  if (!selector) errors.push(required(path.child('selector')));
  else errors.push(...validateLabelSelector(selector, path.child('selector')));
  if (validateLabelSelector(selector, path).length === 0) {
    const labels = spec.template.metadata?.labels;
    if (!matchesLabelSelector(selector, labels)) {
      const at = path.child('template', 'metadata', 'labels');
      errors.push(invalid(at, printedMap(labels), '`selector` does not match template `labels`'));
    }
  }
  return errors;
}

/** What the server generates must be in the template, and in the selector. */
function validateGeneratedSelector({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector || !spec.selector) return [];
  const expected = generatedLabels(metadata);
  const labels = spec.template.metadata?.labels;
  const path = Path.of('spec.template.metadata.labels');
  const errors = Object.entries(expected).flatMap(([key, value]) => {
    const given = labels?.[key];
    if (given === value) return [];
    const text = `must be '${value}'`;
    return [given === undefined ? required(path.key(key), text) : invalid(path.key(key), printedMap(labels), text)];
  });
  const at = Path.of('spec.selector');
  if (isReadable(spec.selector, at) && !matchesLabelSelector(spec.selector, expected)) {
    errors.push(invalid(at, printedSelector(spec.selector), '`selector` not auto-generated'));
  }
  return errors;
}

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;
const needsIndexes = 'requires indexed completion mode';
/** Upstream `maxParallelismForIndexedJob`. */
const maxIndexes = 100_000;

/** Also of the template of a CronJob. */
export function validateJobSpec(spec: JobSpec, path: Path, context: KindContext): FieldError[] {
  const { backoffLimitPerIndex, maxFailedIndexes, managedBy, completionMode, successPolicy, podFailurePolicy } = spec;
  const indexed = completionMode === 'Indexed';
  const errors = counts.flatMap((field) => validateNonNegative(spec[field], path.child(field)));
  if (maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined) {
    errors.push(required(path.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified'));
  }
  if (managedBy !== undefined) errors.push(...validateManagedBy(managedBy, path.child('managedBy')));
  errors.push(...optionalOneOf(completionMode, ['NonIndexed', 'Indexed'], path.child('completionMode')));
  if (indexed) errors.push(...validateIndexed(spec, path));
  else if (completionMode === undefined || completionMode === 'NonIndexed') {
    for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
      if (spec[field] !== undefined) errors.push(invalid(path.child(field), spec[field], needsIndexes));
    }
  }
  if (podFailurePolicy) errors.push(...validatePodFailurePolicy(spec, path.child('podFailurePolicy')));
  if (successPolicy) {
    const at = path.child('successPolicy');
    errors.push(
      ...(indexed
        ? validateSuccessPolicy(spec, at)
        : [invalid(at, internalForm('SuccessPolicy', successPolicy), needsIndexes)]),
    );
  }
  const replacements = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  return [
    ...errors,
    ...optionalOneOf(spec.podReplacementPolicy, replacements, path.child('podReplacementPolicy')),
    ...validatePodTemplateSpec(spec.template, path.child('template'), context),
    ...validateRestartPolicy(spec, path.child('template', 'spec', 'restartPolicy')),
  ];
}

/** Many more need a limit for what may fail, and fewer at a time. Upstream `completionsSoftLimit` */
const manyCompletions = 100_000;
const fewAtATime = 10_000;

function validateIndexed(spec: JobSpec, path: Path): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes: failed, backoffLimitPerIndex } = spec;
  const errors: FieldError[] = [];
  const parallel = path.child('parallelism');
  const fails = path.child('maxFailedIndexes');
  if (completions === undefined) errors.push(required(path.child('completions'), 'when completion mode is Indexed'));
  if (parallelism > maxIndexes) {
    const text = `must be less than or equal to ${maxIndexes} when completion mode is Indexed`;
    errors.push(invalid(parallel, parallelism, text));
  }
  if (completions !== undefined && (failed ?? 0) > completions) {
    errors.push(invalid(fails, failed, 'must be less than or equal to completions'));
  }
  if ((failed ?? 0) > maxIndexes) errors.push(invalid(fails, failed, `must be less than or equal to ${maxIndexes}`));
  if ((completions ?? 0) <= manyCompletions || backoffLimitPerIndex === undefined) return errors;
  const text = `must be less than or equal to ${fewAtATime} when completions are above ${manyCompletions} and used with backoff limit per index`;
  if (failed === undefined) {
    errors.push(required(fails, `must be specified when completions is above ${manyCompletions}`));
  }
  if (parallelism > fewAtATime) errors.push(invalid(parallel, parallelism, text));
  if ((failed ?? 0) > fewAtATime) errors.push(invalid(fails, failed, text));
  return errors;
}

const maxManagedByBytes = 63;

function validateManagedBy(name: string, path: Path): FieldError[] {
  const errors = validateDomainPrefixedPath(name, path);
  return byteLength(name) > maxManagedByBytes ? [...errors, tooLong(path, maxManagedByBytes)] : errors;
}

/** Always is what a template gets when it says nothing, and what a Job cannot use. */
function validateRestartPolicy({ template, podFailurePolicy }: JobSpec, path: Path): FieldError[] {
  const policy = template.spec?.restartPolicy;
  if (!policy || policy === 'Always') return [required(path, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(path, policy, ['OnFailure', 'Never'])];
  if (podFailurePolicy && policy !== 'Never') {
    return [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')];
  }
  return [];
}
