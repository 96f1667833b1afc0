// Upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go `ValidateLabelSelector`
import { type FieldError, forbidden, invalid, type Path, required } from '../field-error';
import type { LabelSelector, LabelSelectorRequirement } from '../generated/meta-v1';
import { complaints, validateLabelName, validateLabels } from './labels';
import { labelValueErrors } from './names';

/** Upstream `ValidateLabelSelector`. */
export function validateLabelSelector(selector: LabelSelector | undefined, path: Path): FieldError[] {
  if (!selector) return [];
  const expressions = path.child('matchExpressions');
  return [
    ...validateLabels(selector.matchLabels, path.child('matchLabels')),
    ...(selector.matchExpressions ?? []).flatMap((one, i) => validateRequirement(one, expressions.index(i))),
  ];
}

/** Whether upstream can make a selector of it: none at all selects nothing, and is readable. */
export function isReadable(selector: LabelSelector | undefined, path: Path): boolean {
  return validateLabelSelector(selector, path).length === 0;
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

/** A selector as Go prints it: maps sorted by key, fields in the order of the struct. */
export function printedSelector(selector: LabelSelector | undefined): unknown {
  if (!selector) return undefined;
  const { matchLabels, matchExpressions } = selector;
  return {
    ...(matchLabels && Object.keys(matchLabels).length > 0 ? { matchLabels: printedMap(matchLabels) } : {}),
    ...(matchExpressions?.length
      ? {
          matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
            key: key ?? '',
            operator: operator ?? '',
            ...(values?.length ? { values } : {}),
          })),
        }
      : {}),
  };
}

/** A map as encoding/json writes it: sorted by the bytes of its keys. */
export function printedMap(map: { readonly [key: string]: string } | undefined): unknown {
  return map && Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
