// Upstream: pkg/apis/core/validation/validation.go `ValidatePodTemplateSpec`
import { type FieldError, forbidden, type Path } from '../../field-error';
import type { PodTemplateSpec } from '../../generated/core-v1';
import type { KindContext } from '../../kind';
import { validateAnnotations, validateLabels } from '../../meta/labels';
import { validatePodSpec } from '../pod-spec/validation';
import { validatePodAnnotations, validateProfilesMatch } from '../pod-spec/validation/annotations';

/** Upstream's path of labels and annotations leaves `metadata` out. */
export function validatePodTemplateSpec(
  { metadata = {}, spec = { containers: [] } }: PodTemplateSpec,
  path: Path,
  { kubernetes }: KindContext,
): FieldError[] {
  const annotations = metadata.annotations ?? {};
  const errors = [
    ...validateLabels(metadata.labels, path.child('labels')),
    ...validateAnnotations(annotations, path.child('annotations')),
    ...validatePodAnnotations(annotations, spec, path.child('annotations')),
    ...validatePodSpec(spec, path.child('spec'), { kubernetes, isPod: false }),
    ...validateProfilesMatch(annotations, spec, path.child('spec')),
  ];
  if (spec.ephemeralContainers?.length) {
    const text = 'ephemeral containers not allowed in pod template';
    errors.push(forbidden(path.child('spec', 'ephemeralContainers'), text));
  }
  return errors;
}
