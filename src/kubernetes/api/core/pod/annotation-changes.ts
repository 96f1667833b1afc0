// Upstream: pkg/apis/core/validation/validation.go `ValidatePodSpecificAnnotationUpdates`
import { type FieldError, forbidden, Path } from '../../field-error';
import { appArmorPrefix } from '../pod-spec/warnings';

type Annotations = { readonly [key: string]: string };

const mirror = 'kubernetes.io/config.mirror';

/** Annotations that stay as the Pod was made with them. */
export function annotationChanges(now: Annotations, before: Annotations): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (key: string, verb: string) => {
    const at = Path.of('metadata.annotations').key(key);
    if (key.startsWith(appArmorPrefix)) errors.push(forbidden(at, `may not ${verb} AppArmor annotations`));
    if (key === mirror) errors.push(forbidden(at, `may not ${verb} mirror pod annotation`));
  };
  for (const [key, value] of Object.entries(before)) if (now[key] !== value) refuse(key, 'remove or update');
  for (const key of Object.keys(now)) if (before[key] === undefined) refuse(key, 'add');
  return errors;
}
