// Upstream: pkg/apis/batch/validation/validation.go `validatePodFailurePolicy`
import {
  duplicate,
  type FieldError,
  goQuote,
  invalid,
  invalidWithout,
  notSupported,
  type Path,
  required,
  tooMany,
} from '../../field-error';
import type { JobSpec, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyRule } from '../../generated/batch-v1';
import { validateLabelName } from '../../meta/labels';

const maxRules = 20;
const maxExitCodes = 255;
const maxConditions = 20;
const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];

/** A choice that must be made; `%q` of the list when it is not. */
function choice(value: string | undefined, allowed: readonly string[], path: Path): FieldError[] {
  if (!value) return [required(path, `valid values: [${allowed.map(goQuote).join(' ')}]`)];
  return allowed.includes(value) ? [] : [notSupported(path, value, allowed)];
}

export function validatePodFailurePolicy(spec: JobSpec, path: Path): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const at = path.child('rules');
  const { containers, initContainers } = spec.template.spec ?? {};
  const names = new Set([...(containers ?? []), ...(initContainers ?? [])].map(({ name }) => name));
  return [
    ...(rules.length > maxRules ? [tooMany(at, rules.length, maxRules)] : []),
    ...rules.flatMap((rule, i) => validateRule(rule, spec, names, at.index(i))),
  ];
}

function validateRule(rule: PodFailurePolicyRule, spec: JobSpec, names: ReadonlySet<string>, path: Path): FieldError[] {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  const errors = choice(action, actions, path.child('action'));
  if (action === 'FailIndex' && spec.backoffLimitPerIndex === undefined) {
    errors.push(invalid(path.child('action'), action, 'requires the backoffLimitPerIndex to be set'));
  }
  if (onExitCodes) errors.push(...validateExitCodes(onExitCodes, names, path.child('onExitCodes')));
  const conditions = path.child('onPodConditions');
  if (onPodConditions.length > maxConditions) errors.push(tooMany(conditions, onPodConditions.length, maxConditions));
  onPodConditions.forEach(({ type, status }, i) => {
    errors.push(...validateLabelName(type ?? '', conditions.index(i).child('type')));
    errors.push(...choice(status, statuses, conditions.index(i).child('status')));
  });
  const given = [onExitCodes, onPodConditions.length > 0].filter(Boolean).length;
  if (given > 1) {
    errors.push(invalidWithout(path, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  }
  if (given === 0) errors.push(invalidWithout(path, 'specifying one of OnExitCodes and OnPodConditions is required'));
  return errors;
}

function validateExitCodes(
  { operator, containerName, values }: PodFailurePolicyOnExitCodesRequirement,
  names: ReadonlySet<string>,
  path: Path,
): FieldError[] {
  const errors = choice(operator, operators, path.child('operator'));
  if (containerName !== undefined && !names.has(containerName)) {
    const text = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(path.child('containerName'), containerName, text));
  }
  const at = path.child('values');
  const codes = values ?? [];
  if (codes.length === 0) errors.push(invalid(at, values, 'at least one value is required'));
  else if (codes.length > maxExitCodes) errors.push(tooMany(at, codes.length, maxExitCodes));
  const seen = new Set<number>();
  codes.forEach((code, i) => {
    if (operator === 'In' && code === 0) errors.push(invalid(at.index(i), code, 'must not be 0 for the In operator'));
    if (seen.has(code)) errors.push(duplicate(at.index(i), code));
    seen.add(code);
  });
  if (codes.some((code, i) => i > 0 && (codes[i - 1] ?? code) > code))
    errors.push(invalid(at, codes, 'must be ordered'));
  return errors;
}
