import { calendar, isoSeconds, parseRfc3339 } from '../../clock/calendar';
import { canonicalQuantity, quantityFormatError } from '../../api/quantity';
import { goQuote } from '../../api/field-error';

/** What a type that reads itself makes of a JSON value: the value as it is written again, or its refusal. */
export type SpecialResult = { readonly value: unknown } | { readonly refusal: string };

const suffixes = /^(?:Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

/** Upstream: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go `UnmarshalJSON`, `ParseQuantity`. */
export function readQuantity(value: unknown): SpecialResult {
  if (value === null || value === undefined) return { value: '0' };
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).trim();
  const match = /^([+-]?)([0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  const [, , digits = '', suffix = ''] = match ?? [];
  if (!match || digits.split('.').length > 2 || digits === '.') return { refusal: quantityFormatError };
  if (!suffixes.test(suffix)) return { refusal: "unable to parse quantity's suffix" };
  const canonical = canonicalQuantity(text);
  return canonical === undefined ? { refusal: quantityFormatError } : { value: canonical };
}

/** Upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/time.go, micro_time.go. Seconds, in UTC. */
export function readTime(text: string, micro: boolean): SpecialResult {
  const layout = micro ? '2006-01-02T15:04:05.000000Z07:00' : '2006-01-02T15:04:05Z07:00';
  const millis = parseRfc3339(text);
  if (millis === undefined) {
    return { refusal: `parsing time ${goQuote(text)} as ${goQuote(layout)}: cannot parse ${goQuote(text)} as "2006"` };
  }
  const time = calendar(millis);
  const fraction = micro ? `.${(/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(6, '0').slice(0, 6)}` : '';
  return { value: `${isoSeconds(time)}${fraction}Z` };
}

/** Standard base64 with padding, as encoding/base64 reads it: the offset of the first byte that does not fit. */
export function base64Problem(text: string): number | undefined {
  const bytes = text.replace(/[\r\n]/g, '');
  const wrong = bytes.search(/[^A-Za-z0-9+/]/);
  if (wrong < 0)
    return bytes.length % 4 === 0 ? undefined : bytes.length - (bytes.length % 4 === 1 ? 1 : bytes.length % 4);
  const padding = bytes.slice(wrong);
  const fits =
    bytes.length % 4 === 0 && ((wrong % 4 === 2 && padding === '==') || (wrong % 4 === 3 && padding === '='));
  return fits ? undefined : wrong;
}
