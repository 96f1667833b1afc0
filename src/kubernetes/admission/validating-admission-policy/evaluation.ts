// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/validator.go
import type { ValidatingAdmissionPolicy, Validation } from '../../api/generated/admissionregistration-v1';
import type { KubeObject } from '../../api/object';
import { PolicyCompiler } from '../../api/admission-registration/policy-compiler';
import type { Scope } from '../../cel/evaluate';
import { type CelValue, EvaluationError, fromJson, LazyFields } from '../../cel/value';
import type { AdmissionAttributes, AdmissionReader } from '../chain';

/** A validation that does not hold. */
export interface Denial {
  readonly message: string;
  readonly reason?: string;
}

/** What a policy finds wrong with a request, in the order of its validations. */
export function denials(
  { spec }: ValidatingAdmissionPolicy,
  attributes: AdmissionAttributes,
  params: KubeObject | undefined,
  reader: AdmissionReader,
): Denial[] {
  const { variables = [], matchConditions = [], validations = [] } = spec;
  const compiler = new PolicyCompiler({ params: spec.paramKind !== undefined, variables: variables.length > 0 });
  const scope = new Map(requestScope(attributes, params, reader));
  const run = (expression: string, returns: 'bool' | 'string', inside: Scope): CelValue => {
    const { program, error } = compiler.compile(expression, { returns: [returns], authorizer: true });
    if (!program) throw new EvaluationError(error);
    return program.evaluate(inside);
  };
  const lazily = new Map<string, () => CelValue>();
  for (const { name, expression } of variables) {
    const { program, error } = compiler.compileVariable(name, expression);
    lazily.set(name, () => {
      if (!program) throw new EvaluationError(error);
      return program.evaluate(scope);
    });
  }
  scope.set('variables', new LazyFields(lazily));
  const failed = (failure: unknown, text: string): Denial[] => {
    if (!(failure instanceof EvaluationError)) throw failure;
    return spec.failurePolicy === 'Ignore' ? [] : [{ message: `${text}${failure.message}` }];
  };
  for (const { name, expression } of matchConditions) {
    try {
      if (run(expression, 'bool', scope) !== true) return [];
    } catch (failure) {
      return failed(failure, `match condition "${name}" resulted in error: `);
    }
  }
  return validations.flatMap((validation) => {
    try {
      if (run(validation.expression, 'bool', scope) === true) return [];
    } catch (failure) {
      return failed(failure, `expression '${validation.expression}' resulted in error: `);
    }
    const { reason } = validation;
    return [
      { message: messageOf(validation, (expression) => run(expression, 'string', scope)), ...(reason && { reason }) },
    ];
  });
}

/** A message worked out wins over a fixed one; without either the expression itself is shown. */
function messageOf({ expression, message, messageExpression }: Validation, run: (text: string) => CelValue): string {
  if (messageExpression) {
    try {
      const text = run(messageExpression);
      if (typeof text === 'string' && text.trim() !== '' && !text.includes('\n')) return text.trim();
    } catch (failure) {
      if (!(failure instanceof EvaluationError)) throw failure;
    }
  }
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

function requestScope(
  { operation, resource, subresource, namespace, name, object, old, user, dryRun }: AdmissionAttributes,
  params: KubeObject | undefined,
  reader: AdmissionReader,
): [string, CelValue][] {
  const { group, version, kind, plural } = resource;
  const requestKind = { group, version, kind };
  const requestResource = { group, version, resource: plural };
  const request = {
    kind: requestKind,
    resource: requestResource,
    subResource: subresource ?? '',
    requestKind,
    requestResource,
    requestSubResource: subresource ?? '',
    name,
    namespace: namespace ?? '',
    operation,
    userInfo: { username: user, uid: '', groups: [], extra: {} },
    dryRun: dryRun === true,
    options: null,
  };
  const ownNamespace = namespace ? reader.get('namespaces', undefined, namespace) : undefined;
  return [
    ['object', fromJson(object)],
    ['oldObject', fromJson(old)],
    ['request', fromJson(request)],
    ['namespaceObject', fromJson(ownNamespace)],
    ['params', fromJson(params)],
  ];
}
