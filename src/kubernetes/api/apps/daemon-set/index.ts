import { podTemplateWarnings } from '../../core/pod-template/warnings';
import { defaultPodTemplate } from '../../core/pod-template/defaults';
import { validateSelectorUnchanged } from '../../core/pod-template/selector';
import { Path } from '../../field-error';
import type { DaemonSet } from '../../generated/apps-v1';
import { countGeneration, isNewGeneration } from '../../generation';
import type { KindDefinition } from '../../kind';
import { dns1123Subdomain } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { validateDaemonSetSpec } from './validation';

const metaRules = { namespaced: true, name: dns1123Subdomain };
const templateGeneration = 'deprecated.daemonset.template.generation';

/** Upstream keeps the number in a field that apps/v1 shows as an annotation. */
function setTemplateGeneration({ metadata }: DaemonSet, value: number): void {
  metadata.annotations = { ...metadata.annotations, [templateGeneration]: String(value) };
}

function templateGenerationOf({ metadata }: DaemonSet): number {
  return Number(metadata.annotations?.[templateGeneration] ?? 0);
}

/** Upstream: pkg/registry/apps/daemonset/strategy.go, pkg/apis/apps/v1/defaults.go, conversion.go */
export const daemonSet: KindDefinition<DaemonSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  setDefaults({ spec }) {
    const strategy = (spec.updateStrategy ??= {});
    strategy.type ||= 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      strategy.rollingUpdate ??= {};
      strategy.rollingUpdate.maxUnavailable ??= 1;
      strategy.rollingUpdate.maxSurge ??= 0;
    }
    // Upstream's internal type has no way to leave these out, whatever the strategy's type.
    if (strategy.rollingUpdate) {
      strategy.rollingUpdate.maxUnavailable ??= 0;
      strategy.rollingUpdate.maxSurge ??= 0;
    }
    spec.revisionHistoryLimit ??= 10;
    defaultPodTemplate((spec.template ??= {}));
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    setTemplateGeneration(object, Math.max(1, templateGenerationOf(object)));
    object.status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    const changed = deepEqual(object.spec.template, old.spec.template) ? 0 : 1;
    setTemplateGeneration(object, templateGenerationOf(old) + changed);
    countGeneration(object, old);
  },
  validate(object, context) {
    return [...validateObjectMeta(object.metadata, metaRules), ...validateDaemonSetSpec(object, context)];
  },
  validateUpdate(object, old, context) {
    return [
      ...validateObjectMetaUpdate(object.metadata, old.metadata),
      ...validateSelectorUnchanged(object.spec.selector, old.spec.selector),
      ...validateDaemonSetSpec(object, context),
    ];
  },
  warnings(object, old) {
    return isNewGeneration(object, old) ? podTemplateWarnings(object.spec.template, Path.of('spec.template')) : [];
  },
};
