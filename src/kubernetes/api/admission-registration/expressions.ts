// Upstream: pkg/apis/admissionregistration/validation/validation.go: the expressions of policies and webhooks
import { duplicate, type FieldError, invalid, type Path, required, tooMany } from '../field-error';
import type { MatchCondition, Variable } from '../generated/admissionregistration-v1';
import { validateLabelName } from '../meta/labels';
import type { CompileOptions, PolicyCompiler } from './policy-compiler';

const maxConditions = 64;

/** When a policy or a webhook is asked at all. */
export function validateConditions(
  conditions: readonly MatchCondition[],
  compiler: PolicyCompiler,
  at: Path,
): FieldError[] {
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

/** A name for an expression, known to those that come after it. */
export function validateVariable({ name, expression }: Variable, compiler: PolicyCompiler, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (isBlank(name)) errors.push(required(at.child('name'), 'name is not specified'));
  else if (!isIdentifier(name)) errors.push(invalid(at.child('name'), name, 'must be a valid CEL identifier'));
  if (isBlank(expression)) return [...errors, required(at.child('expression'), 'expression is not specified')];
  const { error } = compiler.compileVariable(name ?? '', expression);
  if (error !== undefined) errors.push(invalid(at.child('expression'), expression, error));
  return errors;
}

export const aCondition: CompileOptions = { returns: ['bool'], authorizer: true };
export const aMessage: CompileOptions = { returns: ['string'], authorizer: false };
export const anAnnotation: CompileOptions = { returns: ['string', 'null_type'], authorizer: true };

/** What is wrong with an expression; nothing for most. */
export function compileErrors(
  compiler: PolicyCompiler,
  expression: string,
  options: CompileOptions,
  at: Path,
): FieldError[] {
  const { error } = compiler.compile(expression, options);
  return error === undefined ? [] : [invalid(at, expression, error)];
}

export function isBlank(text: string | undefined): boolean {
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
