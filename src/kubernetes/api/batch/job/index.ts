import type { Job, JobSpec } from '../../generated/batch-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../../core/pod-template/defaults';

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
    const labels = spec.template?.metadata?.labels;
    if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
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
    if (object.spec.manualSelector !== true) generateSelector(object);
  },
};

/** Upstream: pkg/registry/batch/job/strategy.go `generateSelector`; the UID has been drawn before. */
function generateSelector({ metadata, spec }: Job): void {
  const template = spec.template.metadata ?? {};
  spec.template.metadata = template;
  const { name, uid } = metadata;
  template.labels = {
    ...template.labels,
    'controller-uid': uid,
    'batch.kubernetes.io/controller-uid': uid,
    'job-name': name,
    'batch.kubernetes.io/job-name': name,
  };
  spec.selector ??= {};
  spec.selector.matchLabels = { ...spec.selector.matchLabels, 'batch.kubernetes.io/controller-uid': uid };
}

/** Upstream: pkg/apis/batch/v1/defaults.go `SetDefaults_PodFailurePolicyOnPodConditionsPattern` */
export function defaultFailurePolicy({ podFailurePolicy }: JobSpec): void {
  for (const rule of podFailurePolicy?.rules ?? []) {
    for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
  }
}
