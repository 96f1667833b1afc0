// Upstream: staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go, pkg/apis/apps/validation/validation.go
import { type FieldError, invalid, type Path } from './field-error';
import { regexText } from './meta/names';
import { validateNonNegative } from './meta/object-meta';

/** `3` or `25%` */
export type IntOrPercent = string | number;

/**
 * A count or a percentage of `total`; a percentage is rounded up or down, a count taken as it is.
 * Upstream: staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go `GetScaledValueFromIntOrPercent`
 */
export function scaledValue(value: IntOrPercent | undefined, total: number, roundUp: boolean): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const match = /^(\d+)%$/.exec(value);
  if (!match) return 0;
  const exact = (Number(match[1]) * total) / 100;
  return roundUp ? Math.ceil(exact) : Math.floor(exact);
}

const isPercent = /^[0-9]+%$/;

/** 25 of `25%`; undefined for anything else. */
function percentOf(value: IntOrPercent | undefined): number | undefined {
  return typeof value === 'string' && isPercent.test(value) ? Number(value.slice(0, -1)) : undefined;
}

/** The number written, percent or not; a text that is neither counts as 0. */
export function writtenNumber(value: IntOrPercent | undefined): number {
  if (typeof value === 'number') return value;
  return percentOf(value) ?? (/^[+-]?\d+$/.test(value ?? '') ? Number(value) : 0);
}

/** Upstream `ValidatePositiveIntOrPercent`. */
export function validateIntOrPercent(value: IntOrPercent | undefined, path: Path): FieldError[] {
  if (typeof value !== 'string') return validateNonNegative(value, path);
  if (isPercent.test(value)) return [];
  const text = "a valid percent string must be a numeric string followed by an ending '%'";
  return [invalid(path, value, regexText(text, '[0-9]+%', '1%', '93%'))];
}

/** Upstream `IsNotMoreThan100Percent`. */
export function validateAtMostAll(value: IntOrPercent | undefined, path: Path): FieldError[] {
  return (percentOf(value) ?? 0) > 100 ? [invalid(path, value, 'must not be greater than 100%')] : [];
}
