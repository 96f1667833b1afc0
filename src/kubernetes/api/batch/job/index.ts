import { defaultPodTemplate } from '../../core/pod-template/defaults';
import { hostnameWarning, podTemplateWarnings } from '../../core/pod-template/warnings';
import { Path } from '../../field-error';
import type { Job, JobSpec } from '../../generated/batch-v1';
import type { ObjectMeta } from '../../generated/meta-v1';
import { countGeneration, isNewGeneration } from '../../generation';
import type { KindDefinition } from '../../kind';
import { dns1123Subdomain } from '../../meta/names';
import { validateCommonFields, validateMetaChange, validateObjectMeta } from '../../meta/object-meta';
import { generateSelector } from './generated-selector';
import { validateJobChange } from './update';
import { validateJob } from './validation';

const maxInt32 = 2 ** 31 - 1;

/** Upstream: pkg/registry/batch/job/strategy.go, pkg/apis/batch/v1/defaults.go */
export const job: KindDefinition<Job> = {
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  setDefaults({ metadata, spec }) {
    if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
    spec.parallelism ??= 1;
    spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : maxInt32;
    defaultLabels(metadata, spec);
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
    spec.manualSelector ??= false;
    defaultFailurePolicy(spec);
    defaultPodTemplate((spec.template ??= {}));
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = {};
    if (!object.spec.manualSelector) generateSelector(object);
    // Upstream defaults what it reads back from its store, too: a Job without any labels has got the template's by then.
    defaultLabels(object.metadata, object.spec);
    ownLabels(object);
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    ownLabels(object);
    countGeneration(object, old);
  },
  validate(object, context) {
    const meta = validateObjectMeta(object.metadata, { namespaced: true, name: dns1123Subdomain });
    return [...meta, ...validateJob(object, context)];
  },
  validateUpdate(object, old, context) {
    // The whole of it twice, as in strategy.go: `ValidateJob` and then `ValidateJobUpdate`, which judges the spec again.
    const meta = validateObjectMeta(object.metadata, { namespaced: true, name: dns1123Subdomain });
    return [
      ...validateCommonFields(object.metadata, old.metadata),
      ...meta,
      ...validateJob(object, context),
      ...validateMetaChange(object.metadata, old.metadata, {}),
      ...validateJobChange(object, old, context),
    ];
  },
  warnings(object, old) {
    if (!isNewGeneration(object, old)) return [];
    const template = podTemplateWarnings(object.spec.template, Path.of('spec.template'));
    return old ? template : [...hostnameWarning(object.metadata.name, 'Pod names and hostnames'), ...template];
  },
};

function defaultLabels(metadata: ObjectMeta, { template }: JobSpec): void {
  const labels = template?.metadata?.labels;
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = labels;
}

/** Labels taken over from the template are one map with it until here: what is added to the one shows in the other. */
function ownLabels({ metadata, spec }: Job): void {
  // What is read back from the store is defaulted once more: by then the template has the generated labels.
  const labels = Object.keys(metadata.labels ?? {}).length > 0 ? metadata.labels : spec.template?.metadata?.labels;
  if (labels) metadata.labels = { ...labels };
}

/** Upstream: pkg/apis/batch/v1/defaults.go `SetDefaults_PodFailurePolicyOnPodConditionsPattern` */
export function defaultFailurePolicy({ podFailurePolicy }: JobSpec): void {
  for (const rule of podFailurePolicy?.rules ?? []) {
    for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
  }
}
