// Upstream: pkg/apis/apps/validation/validation.go, what its kinds do with `selector` and `template`
import { type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type { PodTemplateSpec } from '../../generated/core-v1';
import type { LabelSelector } from '../../generated/meta-v1';
import type { KindContext } from '../../kind';
import { isEmptySelector, matchesLabelSelector } from '../../label-selector';
import { printedMap, printedSelector, validateLabelSelector } from '../../meta/label-selector';
import { validateImmutable } from '../../meta/object-meta';
import { alwaysRestarted } from '../pod-spec/validation/containers';
import { validatePodTemplateSpec } from './validation';

/** A selector must be there, be readable and ask for something. `kind` is how upstream calls its owner. */
export function validateSelector(selector: LabelSelector | undefined, path: Path, kind: string): FieldError[] {
  if (!selector) return [required(path)];
  const errors = validateLabelSelector(selector, path);
  if (isEmptySelector(selector))
    errors.push(invalid(path, printedSelector(selector), `empty selector is invalid for ${kind}`));
  return errors;
}

/** The template must make Pods that the selector finds. */
export function validateTemplateLabels(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  path: Path,
): FieldError[] {
  const labels = template?.metadata?.labels;
  if (matchesLabelSelector(selector, labels)) return [];
  return [invalid(path.child('metadata', 'labels'), printedMap(labels), '`selector` does not match template `labels`')];
}

/** A template of Pods that must always be restarted and may not end by a deadline. */
export function validateLastingTemplate(
  template: PodTemplateSpec | undefined,
  path: Path,
  context: KindContext,
  owner: string,
): FieldError[] {
  return [...validatePodTemplateSpec(template ?? {}, path, context), ...validateLasting(template, path, owner)];
}

/** The last two rules of a lasting template, for kinds that judge something else in between. */
export function validateLasting(template: PodTemplateSpec | undefined, path: Path, owner: string): FieldError[] {
  const spec = template?.spec ?? { containers: [] };
  const errors = alwaysRestarted(spec, path.child('spec', 'restartPolicy'));
  if (spec.activeDeadlineSeconds !== undefined) {
    const text = `activeDeadlineSeconds in ${owner} is not Supported`;
    errors.push(forbidden(path.child('spec', 'activeDeadlineSeconds'), text));
  }
  return errors;
}

/** apps/v1 never lets a selector change. */
export function validateSelectorUnchanged(
  selector: LabelSelector | undefined,
  old: LabelSelector | undefined,
): FieldError[] {
  return validateImmutable(printedSelector(selector), printedSelector(old), Path.of('spec.selector'));
}
