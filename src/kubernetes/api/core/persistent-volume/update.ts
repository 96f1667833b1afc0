// Upstream: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeUpdate`
import { type FieldError, forbidden, invalid, Path } from '../../field-error';
import type { PersistentVolume, PersistentVolumeSpec, VolumeNodeAffinity } from '../../generated/core-v1';
import { immutableText, validateImmutable } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { internalDiff } from '../internal-diff';
import { internalForm } from '../internal-form';
import { internalSources } from './internal-sources';

const path = Path.of('spec');
const notMigrated = `${immutableText}, except for updating from beta label to GA`;

/** What a volume is on stays as it was made. */
export function validateVolumeChange({ spec }: PersistentVolume, old: PersistentVolume): FieldError[] {
  const errors: FieldError[] = [];
  const [before, after] = [sourceOf(old.spec), sourceOf(withoutNewExpansion(spec, old.spec))];
  if (!deepEqual(before, after)) {
    const text = 'spec.persistentvolumesource is immutable after creation';
    errors.push(forbidden(path.child('persistentvolumesource'), `${text}\n${internalDiff(before, after)}`));
  }
  errors.push(...validateImmutable(spec.volumeMode, old.spec.volumeMode, Path.of('volumeMode')));
  if (old.spec.nodeAffinity) errors.push(...validateAffinity(spec.nodeAffinity, old.spec.nodeAffinity));
  const [was, is] = [old.spec.volumeAttributesClassName, spec.volumeAttributesClassName];
  if (was !== undefined && is === undefined) {
    errors.push(forbidden(path.child('volumeAttributesClassName'), 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}

function sourceOf(spec: PersistentVolumeSpec): object {
  return internalForm('PersistentVolumeSource', spec, internalSources);
}

/** How to sign in when a volume grows may be said later. */
function withoutNewExpansion(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): PersistentVolumeSpec {
  if (!spec.csi || !old.csi || old.csi.controllerExpandSecretRef) return spec;
  const { controllerExpandSecretRef: _, ...csi } = spec.csi;
  return { ...spec, csi };
}

/** Nodes by labels of old may be asked for by the labels of now. Upstream `validatePvNodeAffinity` */
const renamed: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
};

function validateAffinity(affinity: VolumeNodeAffinity | undefined, old: VolumeNodeAffinity): FieldError[] {
  const form = (value: VolumeNodeAffinity) => internalForm('VolumeNodeAffinity', value, internalSources);
  const before = structuredClone(old);
  const terms = affinity?.required?.nodeSelectorTerms ?? [];
  const oldTerms = before.required?.nodeSelectorTerms ?? [];
  if (terms.length === oldTerms.length) {
    oldTerms.forEach(({ matchExpressions = [] }, i) => {
      const now = terms[i]?.matchExpressions ?? [];
      if (now.length !== matchExpressions.length) return;
      matchExpressions.forEach((one, j) => {
        const key = renamed[one.key];
        if (key !== undefined && key === now[j]?.key) one.key = key;
      });
    });
  }
  if (affinity && deepEqual(form(affinity), form(before))) return [];
  return [invalid(Path.of('nodeAffinity'), affinity ? form(affinity) : null, notMigrated)];
}
