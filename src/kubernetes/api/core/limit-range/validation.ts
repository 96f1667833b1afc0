// Upstream: pkg/apis/core/validation/validation.go `ValidateLimitRange`
import { duplicate, type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type { LimitRangeItem } from '../../generated/core-v1';
import { complaints } from '../../meta/labels';
import { qualifiedNameErrors } from '../../meta/names';
import { canonicalQuantity, compareQuantities, milliValue, wholeValue } from '../../quantity';
import { overcommitAllowed, validateContainerResourceName, validateResourceName } from '../pod-spec/resource-names';

const types = new Set(['Pod', 'Container', 'PersistentVolumeClaim']);

export function validateLimits(limits: readonly LimitRangeItem[]): FieldError[] {
  const seen = new Set<string>();
  return limits.flatMap((limit, i) => {
    const path = Path.of('spec.limits').index(i);
    const type = limit.type ?? '';
    const errors = complaints(qualifiedNameErrors, path.child('type'), type);
    if (errors.length === 0 && !type.includes('/') && !types.has(type)) {
      errors.push(invalid(path.child('type'), type, 'must be a standard limit type or fully qualified'));
    }
    if (seen.has(type)) errors.push(duplicate(path.child('type'), type));
    seen.add(type);
    return [...errors, ...validateLimit(limit, path)];
  });
}

function validateLimit(limit: LimitRangeItem, path: Path): FieldError[] {
  const { type, max, min, maxLimitRequestRatio: ratio } = limit;
  const ofContainers = type === 'Pod' || type === 'Container';
  const rule = ofContainers ? validateContainerResourceName : validateResourceName;
  const errors: FieldError[] = [];
  const names = new Set<string>();
  const look = (field: 'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio') => {
    for (const name of Object.keys(limit[field] ?? {})) {
      errors.push(...rule(name, path.child(field).key(name)));
      names.add(name);
    }
  };
  look('max');
  look('min');
  for (const field of ['default', 'defaultRequest'] as const) {
    if (type !== 'Pod') look(field);
    else if (Object.keys(limit[field] ?? {}).length > 0) {
      errors.push(forbidden(path.child(field), "may not be specified when `type` is 'Pod'"));
    }
  }
  if (type === 'PersistentVolumeClaim' && min?.['storage'] === undefined && max?.['storage'] === undefined) {
    const text = 'either minimum or maximum storage value is required, but neither was provided';
    errors.push(required(path.child('limits'), text));
  }
  if (ratio) look('maxLimitRequestRatio');
  for (const name of names) errors.push(...validateAmounts(limit, name, path));
  return errors;
}

/** The amounts of one resource against one another. Upstream prints the wrong one of two in the last two texts. */
function validateAmounts(limit: LimitRangeItem, name: string, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const isPod = limit.type === 'Pod';
  const amount = (list: { [name: string]: string } | undefined) => {
    const text = list?.[name];
    return text === undefined ? undefined : canonicalQuantity(text);
  };
  const min = amount(limit.min);
  const max = amount(limit.max);
  const byDefault = isPod ? undefined : amount(limit.default);
  const request = isPod ? undefined : amount(limit.defaultRequest);
  const above = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && compareQuantities(a, b) > 0;
  const refuse = (field: string, value: string | undefined, text: string) =>
    errors.push(invalid(path.child(field).key(name), value, text));
  if (above(min, max)) refuse('min', min, `min value ${min} is greater than max value ${max}`);
  if (above(min, request)) {
    refuse('defaultRequest', request, `min value ${min} is greater than default request value ${request}`);
  }
  if (above(request, max)) {
    refuse('defaultRequest', request, `default request value ${request} is greater than max value ${max}`);
  }
  if (above(request, byDefault)) {
    refuse(
      'defaultRequest',
      request,
      `default request value ${request} is greater than default limit value ${byDefault}`,
    );
  }
  if (above(min, byDefault)) refuse('default', min, `min value ${min} is greater than default value ${byDefault}`);
  if (above(byDefault, max)) refuse('default', max, `default value ${byDefault} is greater than max value ${max}`);
  errors.push(
    ...validateRatio(amount(limit.maxLimitRequestRatio), min, max, path.child('maxLimitRequestRatio').key(name)),
  );
  const differ = byDefault !== undefined && request !== undefined && compareQuantities(byDefault, request) !== 0;
  if (differ && !overcommitAllowed(name)) {
    refuse(
      'defaultRequest',
      request,
      `default value ${byDefault} must equal to defaultRequest value ${request} in ${name}`,
    );
  }
  return errors;
}

/** Upstream `resource.MaxMilliValue`: more thousandths do not fit in 64 bits. */
const maxMilliValue = (2 ** 63 - 1) / 1000;

function validateRatio(
  ratio: string | undefined,
  min: string | undefined,
  max: string | undefined,
  path: Path,
): FieldError[] {
  if (ratio === undefined) return [];
  const errors: FieldError[] = [];
  if (compareQuantities(ratio, '1') < 0) errors.push(invalid(path, ratio, `ratio ${ratio} is less than 1`));
  if (min === undefined || max === undefined) return errors;
  // Counted in thousandths, unless one of the three is too much for that.
  const count = [ratio, min, max].every((one) => wholeValue(one) < maxMilliValue) ? milliValue : wholeValue;
  const most = count(max) / count(min);
  if (count(ratio) / (count === milliValue ? 1000 : 1) > most) {
    errors.push(invalid(path, ratio, `ratio ${ratio} is greater than max/min = ${printedFloat(most)}`));
  }
  return errors;
}

/** Go's `%f`, which knows a negative zero. */
function printedFloat(value: number): string {
  const text = Number.isFinite(value) ? value.toFixed(6) : value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  return (Object.is(value, -0) || value < 0) && !text.startsWith('-') ? `-${text}` : text;
}
