// Upstream: pkg/apis/admissionregistration/validation/validation.go, pkg/apis/admissionregistration/v1/defaults.go
import { duplicate, type FieldError, invalid, type Path, required } from '../field-error';
import type {
  MatchResources,
  NamedRuleWithOperations,
  RuleWithOperations,
} from '../generated/admissionregistration-v1';
import { validateLabelSelector } from '../meta/label-selector';
import { complaints } from '../meta/labels';
import { pathSegmentName } from '../meta/names';
import { oneOf, presentOneOf } from '../core/pod-spec/validation/supported';
import { validateRule } from './rule';

const operationNames = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

/** What is not said about which requests are meant: all of them, by any version. */
export function defaultMatchResources(match: MatchResources | undefined): void {
  if (!match) return;
  match.matchPolicy ??= 'Equivalent';
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  for (const rule of [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])]) rule.scope ??= '*';
}

export function validateMatchResources(match: MatchResources, path: Path): FieldError[] {
  const rules = (field: 'resourceRules' | 'excludeResourceRules') =>
    (match[field] ?? []).flatMap((rule, i) => validateNamedRule(rule, path.child(field).index(i)));
  return [
    ...presentOneOf(match.matchPolicy, ['Equivalent', 'Exact'], path.child('matchPolicy')),
    ...validateLabelSelector(match.namespaceSelector, path.child('namespaceSelector')),
    ...validateLabelSelector(match.objectSelector, path.child('objectSelector')),
    ...rules('resourceRules'),
    ...rules('excludeResourceRules'),
  ];
}

function validateNamedRule(rule: NamedRuleWithOperations, path: Path): FieldError[] {
  const names = rule.resourceNames ?? [];
  const errors = names.flatMap((name, i) => {
    const at = path.child('resourceNames').index(i);
    return [...complaints(pathSegmentName, at, name), ...(names.indexOf(name) < i ? [duplicate(at, name)] : [])];
  });
  return [...errors, ...validateRuleWithOperations(rule, path)];
}

/** A rule of a policy or of a webhook. */
export function validateRuleWithOperations(rule: RuleWithOperations, path: Path): FieldError[] {
  return [...validateOperations(rule.operations ?? [], path.child('operations')), ...validateRule(rule, path)];
}

function validateOperations(operations: readonly string[], path: Path): FieldError[] {
  const errors: FieldError[] = operations.length === 0 ? [required(path)] : [];
  if (operations.length > 1 && operations.includes('*')) {
    errors.push(invalid(path, operations, "if '*' is present, must not specify other operations"));
  }
  return [...errors, ...operations.flatMap((one, i) => oneOf(one, operationNames, path.index(i)))];
}
