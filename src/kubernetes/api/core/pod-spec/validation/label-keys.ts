// Upstream: pkg/apis/core/validation/validation.go `ValidateMatchLabelKeysAndMismatchLabelKeys`
import { type FieldError, forbidden, invalid, type Path } from '../../../field-error';
import type { PodAffinityTerm } from '../../../generated/core-v1';
import { validateLabelName } from '../../../meta/labels';

/** A part of a term or constraint that looks at what the Pod itself has under some label keys. */
type WithLabelKeys = Pick<PodAffinityTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>;

/**
 * Keys that have to be the same, or different, as the Pod's own. The server has added what they mean to the selector
 * before, so that a key that is there twice was written there, too.
 */
export function validateLabelKeys(
  { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector }: WithLabelKeys,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [field, keys] of Object.entries({ matchLabelKeys, mismatchLabelKeys })) {
    if (keys.length === 0) continue;
    if (!labelSelector) {
      errors.push(forbidden(path.child(field), 'must not be specified when labelSelector is not set'));
    } else keys.forEach((key, i) => errors.push(...validateLabelName(key, path.child(field).index(i))));
  }
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const i = matchLabelKeys.lastIndexOf(key);
    if (i >= 0 && seen.has(key)) {
      errors.push(invalid(path.index(i), key, 'exists in both matchLabelKeys and labelSelector'));
    }
    seen.add(key);
  }
  matchLabelKeys.forEach((key, i) => {
    if (!mismatchLabelKeys.includes(key)) return;
    const text = 'exists in both matchLabelKeys and mismatchLabelKeys';
    errors.push(invalid(path.child('matchLabelKeys').index(i), key, text));
  });
  return errors;
}
