// Upstream: pkg/apis/batch/validation/validation.go `validateSuccessPolicy`
import { type FieldError, invalid, type Path, required, tooLong, tooMany } from '../../field-error';
import type { JobSpec, SuccessPolicyRule } from '../../generated/batch-v1';
import { validateNonNegative } from '../../meta/object-meta';

const maxRules = 20;
const maxIndexesBytes = 64 * 1024;

export function validateSuccessPolicy({ successPolicy, completions = 0 }: JobSpec, path: Path): FieldError[] {
  const rules = successPolicy?.rules ?? [];
  const at = path.child('rules');
  if (rules.length === 0)
    return [required(at, 'at least one rules must be specified when the successPolicy is specified')];
  return [
    ...(rules.length > maxRules ? [tooMany(at, rules.length, maxRules)] : []),
    ...rules.flatMap((rule, i) => validateRule(rule, completions, at.index(i))),
  ];
}

function validateRule(rule: SuccessPolicyRule, completions: number, path: Path): FieldError[] {
  const { succeededIndexes, succeededCount } = rule;
  const errors: FieldError[] = [];
  if (succeededCount === undefined && succeededIndexes === undefined) {
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'));
  }
  let total = 0;
  if (succeededIndexes !== undefined) {
    const at = path.child('succeededIndexes');
    if (succeededIndexes.length > maxIndexesBytes) errors.push(tooLong(at, maxIndexesBytes));
    const parsed = countIndexes(succeededIndexes, completions);
    if (typeof parsed === 'string') {
      errors.push(invalid(at, succeededIndexes, `error parsing succeededIndexes: ${parsed}`));
    } else total = parsed;
  }
  if (succeededCount === undefined) return errors;
  const at = path.child('succeededCount');
  errors.push(...validateNonNegative(succeededCount, at));
  if (succeededCount > completions) {
    const text = `must be less than or equal to ${completions} (the number of specified completions)`;
    errors.push(invalid(at, succeededCount, text));
  }
  if (succeededIndexes !== undefined && succeededCount > total) {
    const text = `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`;
    errors.push(invalid(at, succeededCount, text));
  }
  return errors;
}

/** How many indexes `1,3-5` names, or what is wrong with it. Upstream `validateIndexesFormat`. */
function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let last: number | undefined;
  let total = 0;
  for (const interval of text.split(',')) {
    const limits = interval.split('-');
    if (limits.length > 2)
      return `the fragment ${JSON.stringify(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`;
    const numbers = limits.map((limit) => (/^[+-]?\d+$/.test(limit) ? Number(limit) : NaN));
    const broken = numbers.findIndex((number) => Number.isNaN(number));
    if (broken >= 0) return `cannot convert string to integer for index: ${JSON.stringify(limits[broken])}`;
    const [first = 0, end = first] = numbers;
    const tooLarge = numbers.findIndex((number) => number >= completions);
    if (tooLarge >= 0) return `too large index: ${JSON.stringify(limits[tooLarge])}`;
    if (last !== undefined && last >= first) return `non-increasing order, previous: ${last}, current: ${first}`;
    if (limits.length === 2 && first >= end) return `non-increasing order, previous: ${first}, current: ${end}`;
    total += end - first + 1;
    last = end;
  }
  return total;
}
