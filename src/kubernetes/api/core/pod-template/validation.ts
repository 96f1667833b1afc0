// Upstream: pkg/apis/core/validation/validation.go `ValidatePodTemplateSpec`
import { type FieldError, forbidden, type Path } from '../../field-error';
import type { PodTemplateSpec } from '../../generated/core-v1';
import type { KindContext } from '../../kind';
import { validateAnnotations, validateLabels } from '../../meta/labels';
import { validatePodSpec } from '../pod-spec/validation';
import { validatePodAnnotations, validateProfilesMatch } from '../pod-spec/validation/annotations';

export function validatePodTemplateSpec(
  { metadata = {}, spec = { containers: [] } }: PodTemplateSpec,
  path: Path,
  { kubernetes }: KindContext,
): FieldError[] {
  const errors = [
    ...validateTemplateMeta({ metadata, spec }, path),
    ...validatePodSpec(spec, path.child('spec'), { kubernetes, isPod: false }),
    ...validateProfilesMatch(metadata.annotations ?? {}, spec, path.child('spec')),
  ];
  if (spec.ephemeralContainers?.length) {
    const text = 'ephemeral containers not allowed in pod template';
    errors.push(forbidden(path.child('spec', 'ephemeralContainers'), text));
  }
  return errors;
}

/** Labels and annotations. Upstream's path of them leaves `metadata` out. */
export function validateTemplateMeta(
  { metadata = {}, spec = { containers: [] } }: PodTemplateSpec,
  path: Path,
): FieldError[] {
  const annotations = metadata.annotations ?? {};
  return [
    ...validateLabels(metadata.labels, path.child('labels')),
    ...validateAnnotations(annotations, path.child('annotations')),
    ...validatePodAnnotations(annotations, spec, path.child('annotations')),
  ];
}
