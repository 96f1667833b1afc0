import type { StatefulSet } from '../../generated/apps-v1';
import type { KindDefinition } from '../../kind';
import { Path } from '../../field-error';
import { countGeneration, isNewGeneration } from '../../generation';
import { dns1123Label } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { podTemplateWarnings } from '../../core/pod-template/warnings';
import { validateServiceName, validateStatefulSetChange, validateStatefulSetSpec } from './validation';
import { fractionalBytes } from '../../core/fractional-bytes';
import { defaultClaim } from '../../core/persistent-volume-claim/defaults';
import { defaultPodTemplate } from '../../core/pod-template/defaults';

const retainsAll =
  'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';

/** Upstream: pkg/registry/apps/statefulset/strategy.go, pkg/apis/apps/v1/defaults.go */
export const statefulSet: KindDefinition<StatefulSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  setDefaults({ spec }) {
    spec.podManagementPolicy ||= 'OrderedReady';
    const strategy = (spec.updateStrategy ??= {});
    if (!strategy.type) {
      strategy.type = 'RollingUpdate';
      strategy.rollingUpdate ??= {};
    }
    if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) strategy.rollingUpdate.partition ??= 0;
    const retention = (spec.persistentVolumeClaimRetentionPolicy ??= {});
    retention.whenDeleted ||= 'Retain';
    retention.whenScaled ||= 'Retain';
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    defaultPodTemplate((spec.template ??= {}));
    for (const claim of spec.volumeClaimTemplates ?? []) {
      claim.kind ||= 'PersistentVolumeClaim';
      claim.apiVersion ||= 'v1';
      defaultClaim(claim);
    }
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = { replicas: 0, availableReplicas: 0 };
    // MaxUnavailableStatefulSet is off. Upstream: pkg/features/kube_features.go
    delete object.spec.updateStrategy?.rollingUpdate?.maxUnavailable;
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validate(object, context) {
    return [
      ...validateObjectMeta(object.metadata, { namespaced: true, name: dns1123Label }),
      ...validateServiceName(object),
      ...validateStatefulSetSpec(object, context),
    ];
  },
  validateUpdate(object, old, context) {
    return [
      ...validateObjectMetaUpdate(object.metadata, old.metadata),
      ...validateStatefulSetSpec(object, context, {
        claimTemplates: true,
        template: validateStatefulSetSpec(old, context, { claimTemplates: true }).length > 0,
      }),
      ...validateStatefulSetChange(object, old),
    ];
  },
  warnings(object, old) {
    if (!isNewGeneration(object, old)) return [];
    const spec = Path.of('spec');
    const { template, volumeClaimTemplates = [], revisionHistoryLimit = 0 } = object.spec;
    return [
      ...podTemplateWarnings(template, spec.child('template')),
      // Upstream leaves `spec` out of these paths.
      ...volumeClaimTemplates.flatMap((claim, i) => {
        const at = spec.child('volumeClaimTemplates').index(i).child('resources');
        return fractionalBytes(claim.spec?.resources ?? {}, at, ['storage']);
      }),
      ...(revisionHistoryLimit < 0 ? [retainsAll] : []),
    ];
  },
};
