import { defaultPodTemplate } from '../../core/pod-template/defaults';
import { hostnameWarning, podTemplateWarnings } from '../../core/pod-template/warnings';
import { Path } from '../../field-error';
import type { CronJob } from '../../generated/batch-v1';
import { countGeneration, isNewGeneration } from '../../generation';
import type { KindDefinition } from '../../kind';
import { dns1123Subdomain } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { defaultFailurePolicy } from '../job';
import { validateCronJobName, validateCronJobSpec } from './validation';

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
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validate(object, context) {
    return [
      ...validateObjectMeta(object.metadata, { namespaced: true, name: dns1123Subdomain }),
      ...validateCronJobSpec(object, context),
      ...validateCronJobName(object.metadata.name ?? ''),
    ];
  },
  validateUpdate(object, old, context) {
    return [...validateObjectMetaUpdate(object.metadata, old.metadata), ...validateCronJobSpec(object, context)];
  },
  warnings(object, old) {
    if (!isNewGeneration(object, old)) return [];
    const path = Path.of('spec.jobTemplate.spec.template');
    const template = podTemplateWarnings(object.spec.jobTemplate.spec?.template, path);
    return old ? template : [...hostnameWarning(object.metadata.name, 'Pod names and hostnames'), ...template];
  },
};
