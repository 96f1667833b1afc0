// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateValidatingAdmissionPolicySpec`
import { duplicate, type FieldError, invalid, Path, required, tooMany } from '../../field-error';
import type {
  AuditAnnotation,
  MatchCondition,
  ParamKind,
  ValidatingAdmissionPolicy,
  Validation,
  Variable,
} from '../../generated/admissionregistration-v1';
import { validateLabelName } from '../../meta/labels';
import { byteLength, dns1035Label, dns1123Subdomain } from '../../meta/names';
import { optionalOneOf, presentOneOf } from '../../core/pod-spec/validation/supported';
import { validateMatchResources } from '../match-resources';
import { type CompileOptions, PolicyCompiler } from '../policy-compiler';

const path = Path.of('spec');
const maxConditions = 64;
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

function validateParamKind({ apiVersion, kind }: ParamKind, at: Path): FieldError[] {
  const errors = apiVersion
    ? validateGroupVersion(apiVersion, at.child('apiVersion'))
    : [required(at.child('apiVersion'))];
  if (!kind) return [...errors, required(at.child('kind'))];
  const wrong = dns1035Label(kind.toLowerCase());
  if (wrong.length > 0) {
    const text = `may have mixed case, but should otherwise match: ${wrong.join(', ')}`;
    errors.push(invalid(at.child('kind'), kind, text));
  }
  return errors;
}

function validateGroupVersion(text: string, at: Path): FieldError[] {
  const parts = text === '/' ? [''] : text.split('/');
  if (parts.length > 2) return [invalid(at, text, `unexpected GroupVersion string: ${text}`)];
  const [first = '', second] = parts;
  const [group, version] = second === undefined ? ['', first] : [first, second];
  const errors: FieldError[] = [];
  const wrongGroup = group === '' ? [] : dns1123Subdomain(group);
  if (wrongGroup.length > 0) errors.push(invalid(at, group, wrongGroup.join(',')));
  if (version === '') return [...errors, invalid(at, text, 'version must be specified')];
  const wrongVersion = dns1035Label(version);
  return wrongVersion.length > 0 ? [...errors, invalid(at, version, wrongVersion.join(','))] : errors;
}

function validateConditions(conditions: readonly MatchCondition[], compiler: PolicyCompiler, at: Path): FieldError[] {
  const errors: FieldError[] = conditions.length > maxConditions ? [tooMany(at, conditions.length, maxConditions)] : [];
  const names = conditions.map(({ name }) => name);
  conditions.forEach(({ name, expression }, i) => {
    const expressionAt = at.index(i).child('expression');
    if (isBlank(expression)) errors.push(required(expressionAt));
    else errors.push(...compileErrors(compiler, expression.trim(), aCondition, expressionAt));
    const nameAt = at.index(i).child('name');
    errors.push(...(name ? validateLabelName(name, nameAt) : [required(nameAt)]));
    if (name && names.indexOf(name) < i) errors.push(duplicate(nameAt, name));
  });
  return errors;
}

function validateVariable({ name, expression }: Variable, compiler: PolicyCompiler, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (isBlank(name)) errors.push(required(at.child('name'), 'name is not specified'));
  else if (!isIdentifier(name)) errors.push(invalid(at.child('name'), name, 'must be a valid CEL identifier'));
  if (isBlank(expression)) return [...errors, required(at.child('expression'), 'expression is not specified')];
  const { error } = compiler.compileVariable(name ?? '', expression);
  if (error !== undefined) errors.push(invalid(at.child('expression'), expression, error));
  return errors;
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
    errors.push(...validateLabelName(`${policy}/${key ?? ''}`, at.index(i).child('key')));
    const valueAt = at.index(i).child('valueExpression');
    if (isBlank(valueExpression)) errors.push(required(valueAt, 'valueExpression is not specified'));
    else if (byteLength(valueExpression.trim()) > maxAnnotationBytes) {
      errors.push(required(valueAt, `must not exceed ${maxAnnotationBytes} bytes in length`));
    } else errors.push(...compileErrors(compiler, valueExpression, anAnnotation, valueAt));
    if (keys.indexOf(key) < i) errors.push(duplicate(at.index(i).child('key'), key));
  });
  return errors;
}

const aCondition: CompileOptions = { returns: ['bool'], authorizer: true };
const aMessage: CompileOptions = { returns: ['string'], authorizer: false };
const anAnnotation: CompileOptions = { returns: ['string', 'null_type'], authorizer: true };

function compileErrors(compiler: PolicyCompiler, expression: string, options: CompileOptions, at: Path): FieldError[] {
  const { error } = compiler.compile(expression, options);
  return error === undefined ? [] : [invalid(at, expression, error)];
}

function isBlank(text: string | undefined): boolean {
  return (text ?? '').trim() === '';
}

// Words of the language, and those it keeps for later. Upstream: staging/src/k8s.io/apiserver/pkg/cel/identifier.go
const reserved = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return ' +
    'var void while'
  ).split(' '),
);

function isIdentifier(name: string): boolean {
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !reserved.has(name);
}
