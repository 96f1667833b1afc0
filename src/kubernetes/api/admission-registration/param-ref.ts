// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateParamRef`
import { requiredOneOf } from '../core/pod-spec/validation/supported';
import { type FieldError, forbidden, type Path, required } from '../field-error';
import type { ParamRef } from '../generated/admissionregistration-v1';
import { validateLabelSelector } from '../meta/label-selector';
import { complaints } from '../meta/labels';
import { pathSegmentName } from '../meta/names';

/** Which parameters a binding hands to its policy. */
export function validateParamRef({ name, selector, parameterNotFoundAction }: ParamRef, at: Path): FieldError[] {
  const text = 'name and selector are mutually exclusive';
  const both = name && selector;
  const errors: FieldError[] = [
    ...(name ? complaints(pathSegmentName, at.child('name'), name) : []),
    ...(both ? [forbidden(at.child('name'), text)] : []),
    ...validateLabelSelector(selector, at.child('selector')),
    ...(both ? [forbidden(at.child('selector'), text)] : []),
  ];
  if (!name && !selector) errors.push(required(at, 'one of name or selector must be specified'));
  const actions = ['Deny', 'Allow'];
  return [...errors, ...requiredOneOf(parameterNotFoundAction, actions, at.child('parameterNotFoundAction'))];
}
