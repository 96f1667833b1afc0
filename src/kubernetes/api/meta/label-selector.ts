// Upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go `ValidateLabelSelector`
import { type FieldError, forbidden, invalid, type Path, required } from '../field-error';
import type { LabelSelector, LabelSelectorRequirement } from '../generated/meta-v1';
import { complaints, validateLabelName, validateLabels } from './labels';
import { labelValueErrors } from './names';

export function validateLabelSelector(selector: LabelSelector | undefined, path: Path): FieldError[] {
  if (!selector) return [];
  const expressions = path.child('matchExpressions');
  return [
    ...validateLabels(selector.matchLabels, path.child('matchLabels')),
    ...(selector.matchExpressions ?? []).flatMap((one, i) => validateRequirement(one, expressions.index(i))),
  ];
}

function validateRequirement({ key, operator, values = [] }: LabelSelectorRequirement, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      errors.push(required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'"));
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      errors.push(
        forbidden(path.child('values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      );
    }
  } else {
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  }
  errors.push(...validateLabelName(key, path.child('key')));
  values.forEach((value, i) => errors.push(...complaints(labelValueErrors, path.child('values').index(i), value)));
  return errors;
}

/** Whether a selector asks for nothing at all, and so matches everything. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions?.length ?? 0) === 0;
}

/**
 * Whether `labels` satisfy a selector. An absent selector matches nothing, an empty one everything; an operator that
 * is none makes the whole selector unreadable, which matches nothing.
 */
export function selectorMatches(
  selector: LabelSelector | undefined,
  labels: { readonly [key: string]: string } | undefined,
): boolean {
  if (!selector) return false;
  const has = labels ?? {};
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => has[key] === value) &&
    (selector.matchExpressions ?? []).every((one) => requirementMatches(one, has[one.key]))
  );
}

function requirementMatches({ operator, values = [] }: LabelSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
