// Upstream: pkg/apis/storage/validation/validation.go `ValidateVolumeAttachment`
import { defaultVolumeSpec } from '../../core/persistent-volume/defaults';
import { validateInlineVolumeSpec } from '../../core/persistent-volume/inline';
import { validateCsiDriverName } from '../../core/pod-spec/validation/volumes/storage';
import { defineKind } from '../../define-kind';
import { type FieldError, forbidden, Path, required } from '../../field-error';
import type { VolumeAttachment, VolumeAttachmentSource } from '../../generated/storage-v1';
import { complaints } from '../../meta/labels';
import { dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';

const path = Path.of('spec');

export const volumeAttachment = defineKind<VolumeAttachment>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  namespaced: false,
  updates: ['whole', 'change'],
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    if (spec?.source?.inlineVolumeSpec) defaultVolumeSpec(spec.source.inlineVolumeSpec);
  },
  prepareForCreate(object) {
    object.status = { attached: false };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validateContent({ spec }) {
    const { attacher = '', nodeName = '', source = {} } = spec;
    const name = source.persistentVolumeName;
    return [
      ...validateCsiDriverName(attacher, path.child('attacher')),
      ...validateSource(source, path.child('source')),
      ...complaints(dns1123Subdomain, path.child('nodeName'), nodeName),
      ...(name === undefined ? [] : complaints(dns1123Subdomain, path.child('source', 'persistentVolumeName'), name)),
    ];
  },
  validateChange: ({ spec }, old) => validateImmutable(spec, old.spec, path),
});

function validateSource({ inlineVolumeSpec, persistentVolumeName }: VolumeAttachmentSource, at: Path): FieldError[] {
  const text = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';
  if (inlineVolumeSpec && persistentVolumeName !== undefined) return [forbidden(at, text)];
  if (inlineVolumeSpec) return validateInlineVolumeSpec(inlineVolumeSpec, at.child('inlineVolumeSpec'));
  if (persistentVolumeName === undefined) return [required(at, text)];
  return persistentVolumeName === ''
    ? [required(at.child('persistentVolumeName'), 'must specify non empty persistentVolumeName')]
    : [];
}
