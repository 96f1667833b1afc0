// Upstream: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go, suffix.go

type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An amount of a resource, exact to a billionth, and the family of suffixes it was written with. */
export interface Quantity {
  readonly nano: bigint;
  readonly format: Format;
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const nanosPerUnit = 10n ** 9n;
const largest = (2n ** 63n - 1n) * nanosPerUnit;

/** The text of a refusal to parse. */
export const quantityFormatError =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** How many billionths one unit of each suffix is, and the suffix's family. */
const scales = new Map<string, Quantity>([
  ...decimalSuffixes.map((suffix, i) => [suffix, { nano: 1000n ** BigInt(i), format: 'DecimalSI' }] as const),
  ...binarySuffixes.slice(1).map((suffix, i) => {
    return [suffix, { nano: nanosPerUnit * 1024n ** BigInt(i + 1), format: 'BinarySI' }] as const;
  }),
]);

/** Nearly every quantity: few digits and a suffix. */
const simple = /^([0-9]{1,15})([A-Za-z]{0,2})$/;

/** Reads `500m`, `1.5Gi`, `1e3`; undefined where the text is no quantity. */
export function parseQuantity(text: string | number): Quantity | undefined {
  const [, amount = '', unit = ''] = simple.exec(String(text)) ?? [];
  const scale = amount === '' ? undefined : scales.get(unit);
  if (!scale) return parseAny(text);
  const nano = BigInt(amount) * scale.nano;
  return scale.format === 'BinarySI' && nano > largest ? parseAny(text) : { nano, format: scale.format };
}

function parseAny(text: string | number): Quantity | undefined {
  const match = pattern.exec(String(text).trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const { base, exponent, format } = scaleOf(suffix);
  const scaled = base === 2n ? digits * 2n ** BigInt(exponent) : digits;
  const tens = (base === 10n ? exponent : 0) - fraction.length + 9;
  const magnitude = tens >= 0 ? scaled * 10n ** BigInt(tens) : divideUp(scaled, 10n ** BigInt(-tens));
  // Upstream caps what is written in powers of two, and nothing else.
  const capped = format === 'BinarySI' && magnitude > largest ? largest : magnitude;
  return { nano: sign === '-' ? -capped : capped, format };
}

function scaleOf(suffix: string): { base: bigint; exponent: number; format: Format } {
  if (suffix.endsWith('i')) return { base: 2n, exponent: binarySuffixes.indexOf(suffix) * 10, format: 'BinarySI' };
  if (suffix.length > 1) return { base: 10n, exponent: Number(suffix.slice(1)), format: 'DecimalExponent' };
  return { base: 10n, exponent: decimalSuffixes.indexOf(suffix) * 3 - 9, format: 'DecimalSI' };
}

/** Rounds away from zero. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  const rest = value % by;
  if (rest === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

/** The one way a quantity is printed: no fraction, the largest suffix that keeps it whole. */
export function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  const whole = nano % nanosPerUnit === 0n;
  const units = nano / nanosPerUnit;
  if (format === 'BinarySI' && whole && (units >= 1024n || units <= -1024n)) return formatBinary(units);
  return formatDecimal(nano, format === 'DecimalExponent');
}

function formatBinary(units: bigint): string {
  let step = 0;
  while (units % 1024n === 0n && step < binarySuffixes.length - 1) {
    units /= 1024n;
    step++;
  }
  return `${units}${binarySuffixes[step]}`;
}

function formatDecimal(nano: bigint, exponential: boolean): string {
  let step = 0;
  // Exponents go on where suffixes end.
  while (nano % 1000n === 0n && (exponential || step < decimalSuffixes.length - 1)) {
    nano /= 1000n;
    step++;
  }
  const exponent = step * 3 - 9;
  if (exponential) return exponent === 0 ? String(nano) : `${nano}e${exponent}`;
  return `${nano}${decimalSuffixes[step]}`;
}

/** What is known at a glance to be a quantity, and to be printed as it is: `100m`, `64Mi`, `2`. */
export function isCanonical(text: string): boolean {
  const [, amount = '', unit = ''] = plainly.exec(text) ?? [];
  if (amount === '') return false;
  return unit.endsWith('i') ? Number(amount) % 1024 !== 0 : !amount.endsWith('000');
}

const plainly = /^([1-9][0-9]{0,5})(m|k|M|G|Ki|Mi|Gi)?$/;

/** As a stored object shows it: `1000m` → `1`, `0.5Gi` → `512Mi`. Undefined where it is no quantity. */
export function canonicalQuantity(text: string | number): string | undefined {
  if (typeof text === 'string' && isCanonical(text)) return text;
  const quantity = parseQuantity(text);
  if (!quantity) return undefined;
  const canonical = formatQuantity(quantity);
  // Upstream's fast path keeps a text whose only flaw is a plus, a large E, or a point with nothing behind it.
  const written = String(text).trim();
  const flawed = /^\+?\d+\.(\D|$)/.test(written) || /^\+\d|\d(?:e\+|E\+?)\d+$/.test(written);
  const mended = written.replace(/^\+|\.|\+(?=\d+$)/g, '').replace(/E(?=\d)/, 'e');
  return flawed && mended === canonical ? written : canonical;
}

/** Rounded away from zero to 10^`scale`; a text that is no quantity stays as it is. */
export function quantityRoundedUp(text: string, scale: number): string {
  // Whole thousandths need no rounding to thousandths.
  if (scale <= -3 && plainly.test(text)) return text;
  const quantity = parseQuantity(text);
  if (!quantity) return text;
  const step = 10n ** BigInt(9 + scale);
  if (quantity.nano % step === 0n) return text;
  return formatQuantity({ ...quantity, nano: divideUp(quantity.nano, step) * step });
}

/** Below, equal or above zero as `a` is less than, equal to or more than `b`. Unreadable counts as 0. */
export function compareQuantities(a: string | undefined, b: string | undefined): number {
  const difference = nanosOf(a) - nanosOf(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Billionths of a unit. */
export function nanosOf(text: string | undefined): bigint {
  return (text === undefined ? undefined : parseQuantity(text))?.nano ?? 0n;
}

/** In thousandths, rounded up: what CPU is counted in. Upstream: `MilliValue`. */
export function milliValue(text: string | undefined): number {
  return Number(divideUp(nanosOf(text), 1_000_000n));
}

/** In whole units, rounded up: what memory is counted in. Upstream: `Value`. */
export function wholeValue(text: string | undefined): number {
  // What does not fit in 64 bits wraps, as Go's integers do.
  return Number(BigInt.asIntN(64, divideUp(nanosOf(text), nanosPerUnit)));
}

/** The sum, in the format of the first that has one. */
export function addQuantities(a: string | undefined, b: string | undefined): string {
  const left = parseQuantity(a ?? '0');
  const right = parseQuantity(b ?? '0');
  const format = (left && left.nano !== 0n ? left.format : right?.format) ?? 'DecimalSI';
  return formatQuantity({ nano: (left?.nano ?? 0n) + (right?.nano ?? 0n), format });
}

/** What is left of `a`, in its format. */
export function subtractQuantities(a: string, b: string | undefined): string {
  const left = b === undefined ? undefined : parseQuantity(a);
  return left ? formatQuantity({ ...left, nano: left.nano - nanosOf(b) }) : a;
}
