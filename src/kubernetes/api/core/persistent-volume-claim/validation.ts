// Upstream: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeClaimSpec`
import { type FieldError, forbidden, invalid, type Path, required } from '../../field-error';
import type {
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimTemplate,
  TypedObjectReference,
} from '../../generated/core-v1';
import type { ObjectMeta } from '../../generated/meta-v1';
import { validateLabelSelector } from '../../meta/label-selector';
import { complaints, validateAnnotations, validateLabels } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../meta/names';
import { canonicalQuantity, nanosOf } from '../../quantity';
import { optionalOneOf, oneOf } from '../pod-spec/validation/supported';

export const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
export const volumeModes = ['Block', 'Filesystem'];

/** Of claims and of volumes. */
export function validateAccessModes(modes: readonly string[], path: Path): FieldError[] {
  const errors = modes.flatMap((mode) => oneOf(mode, accessModes, path));
  const others = modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode));
  if (modes.includes('ReadWriteOncePod') && others) {
    errors.push(forbidden(path, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

export function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const modes = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(path.child('accessModes'), 'at least 1 access mode is required'));
  errors.push(...validateLabelSelector(spec.selector, path.child('selector')));
  errors.push(...validateAccessModes(modes, path.child('accessModes')));
  const storage = spec.resources?.requests?.['storage'];
  const storagePath = path.child('resources').key('storage');
  if (storage === undefined) errors.push(required(storagePath));
  else if (nanosOf(storage) <= 0n) {
    errors.push(invalid(storagePath, canonicalQuantity(storage), 'must be greater than zero'));
  }
  if (spec.storageClassName) {
    errors.push(...complaints(dns1123Subdomain, path.child('storageClassName'), spec.storageClassName));
  }
  errors.push(...optionalOneOf(spec.volumeMode, volumeModes, path.child('volumeMode')));
  errors.push(...validateDataSources(spec, path));
  if (spec.volumeAttributesClassName) {
    errors.push(
      ...complaints(dns1123Subdomain, path.child('volumeAttributesClassName'), spec.volumeAttributesClassName),
    );
  }
  return errors;
}

function validateDataSources({ dataSource, dataSourceRef }: PersistentVolumeClaimSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (dataSource) errors.push(...validateDataSource(dataSource, path.child('dataSource')));
  if (dataSourceRef) {
    errors.push(...validateDataSource(dataSourceRef, path.child('dataSourceRef')));
    if (dataSourceRef.namespace) {
      errors.push(...complaints(dns1123Label, path.child('dataSourceRef', 'namespace'), dataSourceRef.namespace));
    }
  }
  if (!dataSource || !dataSourceRef) return errors;
  const { namespace } = dataSourceRef;
  const same = (['apiGroup', 'kind', 'name'] as const).every(
    (field) => (dataSourceRef[field] ?? undefined) === (dataSource[field] ?? undefined),
  );
  // Upstream prints the path itself, which has nothing to show.
  const named = {};
  if (namespace) errors.push(invalid(path, named, 'may not be specified when dataSourceRef.namespace is specified'));
  else if (!same) errors.push(invalid(path, named, 'must match dataSourceRef'));
  return errors;
}

function validateDataSource({ name, kind, apiGroup }: TypedObjectReference, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (!name) errors.push(required(path.child('name')));
  if (!kind) errors.push(required(path.child('kind')));
  if (!apiGroup && kind !== 'PersistentVolumeClaim') {
    errors.push(invalid(path, kind ?? '', "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
  }
  if (apiGroup) errors.push(...complaints(dns1123Subdomain, path.child('apiGroup'), apiGroup));
  return errors;
}

/** Fields of metadata in the order of Go's struct; a template may use only labels and annotations. */
const forbiddenInTemplate = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** Of what is made from a template. Upstream `ValidateTemplateObjectMeta` */
export function validateTemplateMetadata(metadata: Partial<ObjectMeta>, at: Path): FieldError[] {
  const given = new Map<string, unknown>(Object.entries(metadata));
  return [
    ...validateAnnotations(metadata.annotations, at.child('annotations')),
    ...validateLabels(metadata.labels, at.child('labels')),
    ...forbiddenInTemplate
      .filter((field) => given.get(field) !== undefined)
      .map((field) => forbidden(at.child(field === 'uid' ? 'uID' : field), 'cannot be set')),
  ];
}

export function validateClaimTemplate(
  { metadata = {}, spec }: PersistentVolumeClaimTemplate,
  path: Path,
): FieldError[] {
  return [
    ...validateTemplateMetadata(metadata, path.child('metadata')),
    ...validateClaimSpec(spec ?? {}, path.child('spec')),
  ];
}
