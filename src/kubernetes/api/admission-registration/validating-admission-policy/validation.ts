// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateValidatingAdmissionPolicySpec`
import { duplicate, type FieldError, invalid, Path, required } from '../../field-error';
import type { AuditAnnotation, ValidatingAdmissionPolicy, Validation } from '../../generated/admissionregistration-v1';
import { validateLabelName } from '../../meta/labels';
import { byteLength } from '../../meta/names';
import { optionalOneOf, presentOneOf } from '../../core/pod-spec/validation/supported';
import {
  aCondition,
  aMessage,
  anAnnotation,
  compileErrors,
  isBlank,
  validateConditions,
  validateVariable,
} from '../expressions';
import { validateMatchResources } from '../match-resources';
import { validateParamKind } from '../param-kind';
import { PolicyCompiler } from '../policy-compiler';

const path = Path.of('spec');
const maxAnnotations = 20;
const maxAnnotationBytes = 5 * 1024;
const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];

export function validatePolicy({ metadata, spec }: ValidatingAdmissionPolicy): FieldError[] {
  const { failurePolicy, paramKind, matchConstraints, matchConditions = [], variables = [] } = spec;
  const { validations = [], auditAnnotations = [] } = spec;
  const match = path.child('matchConstraints');
  const compilerFor = (withVariables: boolean) =>
    new PolicyCompiler({ params: paramKind !== undefined, variables: withVariables });
  const compiler = compilerFor(variables.length > 0);
  const errors = [
    ...presentOneOf(failurePolicy, ['Fail', 'Ignore'], path.child('failurePolicy')),
    ...(paramKind ? validateParamKind(paramKind, path.child('paramKind')) : []),
    ...(matchConstraints ? validateMatchResources(matchConstraints, match) : [required(match)]),
  ];
  if (matchConstraints && (matchConstraints.resourceRules ?? []).length === 0) {
    errors.push(required(match.child('resourceRules')));
  }
  errors.push(
    ...validateConditions(matchConditions, compilerFor(false), path.child('matchConditions')),
    ...variables.flatMap((one, i) => validateVariable(one, compiler, path.child('variables').index(i))),
  );
  if (validations.length === 0 && auditAnnotations.length === 0) {
    const text = 'validations or auditAnnotations must contain at least one item';
    return [...errors, required(path.child('validations'), text), required(path.child('auditAnnotations'), text)];
  }
  errors.push(
    ...validations.flatMap((one, i) => validateValidation(one, compiler, path.child('validations').index(i))),
  );
  return [...errors, ...validateAnnotations(auditAnnotations, metadata.name, compiler, path.child('auditAnnotations'))];
}

function validateValidation(validation: Validation, compiler: PolicyCompiler, at: Path): FieldError[] {
  const { expression, message, messageExpression, reason } = validation;
  const errors: FieldError[] = isBlank(expression)
    ? [required(at.child('expression'), 'expression is not specified')]
    : compileErrors(compiler, expression, aCondition, at.child('expression'));
  const textAt = at.child('messageExpression');
  if (messageExpression && isBlank(messageExpression)) {
    errors.push(invalid(textAt, messageExpression, 'must be non-empty if specified'));
  } else if (messageExpression) {
    errors.push(...compileErrors(compiler, messageExpression, aMessage, textAt));
  }
  if (message && isBlank(message)) errors.push(invalid(at.child('message'), message, 'must be non-empty if specified'));
  else if (/[\n\r]/.test(message?.trim() ?? '')) {
    errors.push(invalid(at.child('message'), message, 'must not contain line breaks'));
  }
  return [...errors, ...optionalOneOf(reason, reasons, at.child('reason'))];
}

function validateAnnotations(
  annotations: readonly AuditAnnotation[],
  policy: string,
  compiler: PolicyCompiler,
  at: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  if (annotations.length > maxAnnotations) {
    errors.push(invalid(at, annotations, `must not have more than ${maxAnnotations} auditAnnotations`));
  }
  const keys = annotations.map(({ key }) => key);
  annotations.forEach(({ key, valueExpression }, i) => {
    const keyAt = at.index(i).child('key');
    if (policy) errors.push(...validateLabelName(`${policy}/${key ?? ''}`, keyAt));
    else errors.push(invalid(keyAt, key ?? '', 'requires metadata.name be non-empty'));
    const valueAt = at.index(i).child('valueExpression');
    if (isBlank(valueExpression)) errors.push(required(valueAt, 'valueExpression is not specified'));
    else if (byteLength(valueExpression.trim()) > maxAnnotationBytes) {
      errors.push(required(valueAt, `must not exceed ${maxAnnotationBytes} bytes in length`));
    } else errors.push(...compileErrors(compiler, valueExpression, anAnnotation, valueAt));
    if (keys.indexOf(key) < i) errors.push(duplicate(at.index(i).child('key'), key));
  });
  return errors;
}
