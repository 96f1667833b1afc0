import type { CronJob } from '../../generated/batch-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../../core/pod-template/defaults';
import { defaultFailurePolicy } from '../job';

/** Upstream: pkg/registry/batch/cronjob/strategy.go, pkg/apis/batch/v1/defaults.go */
export const cronJob: KindDefinition<CronJob> = {
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  setDefaults({ spec }) {
    spec.concurrencyPolicy ||= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    spec.jobTemplate ??= {};
    spec.jobTemplate.metadata ??= {};
    const template = (spec.jobTemplate.spec ??= { template: {} });
    defaultFailurePolicy(template);
    defaultPodTemplate((template.template ??= {}));
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = {};
  },
};
