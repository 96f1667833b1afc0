// Upstream: pkg/apis/core/validation/validation.go `validateContainerOnlyForPod`
import { type FieldError, invalid, type Path } from '../../../field-error';

/** Only Pods are held to this; templates may carry spaces around an image. */
export function validateImageWhitespace({ image = '' }: { image?: string }, path: Path): FieldError[] {
  return image.trim() === image
    ? []
    : [invalid(path.child('image'), image, 'must not have leading or trailing whitespace')];
}
