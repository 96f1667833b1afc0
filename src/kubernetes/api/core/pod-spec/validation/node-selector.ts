// Upstream: pkg/apis/core/validation/validation.go `ValidateNodeSelector`
import { type FieldError, forbidden, invalid, type Path, required } from '../../../field-error';
import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from '../../../generated/core-v1';
import { complaints, validateLabelName } from '../../../meta/labels';
import { dns1123Subdomain, labelValueErrors } from '../../../meta/names';

const notAnOperator = 'not a valid selector operator';

/** `strictValues` off: values of preferred terms need be no label values. */
export function validateNodeSelector(selector: NodeSelector, path: Path): FieldError[] {
  const at = path.child('nodeSelectorTerms');
  if (!selector.nodeSelectorTerms?.length) return [required(at, 'must have at least one node selector term')];
  return selector.nodeSelectorTerms.flatMap((term, i) => validateNodeSelectorTerm(term, true, at.index(i)));
}

export function validateNodeSelectorTerm(term: NodeSelectorTerm, strictValues: boolean, path: Path): FieldError[] {
  const expressions = path.child('matchExpressions');
  const fields = path.child('matchFields');
  return [
    ...(term.matchExpressions ?? []).flatMap((one, i) => validateRequirement(one, strictValues, expressions.index(i))),
    ...(term.matchFields ?? []).flatMap((one, i) => validateFieldRequirement(one, fields.index(i))),
  ];
}

function validateRequirement(
  { key, operator, values = [] }: NodeSelectorRequirement,
  strictValues: boolean,
  path: Path,
): FieldError[] {
  const errors = validateOperator(operator, values.length, path);
  errors.push(...validateLabelName(key, path.child('key')));
  if (strictValues) {
    values.forEach((value, i) => errors.push(...complaints(labelValueErrors, path.child('values').index(i), value)));
  }
  return errors;
}

function validateOperator(operator: string, values: number, path: Path): FieldError[] {
  const at = path.child('values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values > 0 ? [] : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values === 0 ? [] : [forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      return values === 1 ? [] : [required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(path.child('operator'), operator, notAnOperator)];
  }
}

/** Only the name of a node can be asked for. */
function validateFieldRequirement({ key, operator, values = [] }: NodeSelectorRequirement, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn') errors.push(invalid(path.child('operator'), operator, notAnOperator));
  else if (values.length !== 1) {
    const text = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(path.child('values'), text));
  }
  if (key !== 'metadata.name') errors.push(invalid(path.child('key'), key, 'not a valid field selector key'));
  else values.forEach((value, i) => errors.push(...complaints(dns1123Subdomain, path.child('values').index(i), value)));
  return errors;
}
