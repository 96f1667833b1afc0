import { calendar, isoSeconds } from '../../clock/calendar';
import { canonicalQuantity, isCanonical, quantityFormatError } from '../../api/quantity';
import { microTimeLayout, parseGoTime, timeLayout } from './go-time';

/** What a type that reads itself makes of a JSON value: the value as it is written again, or its refusal. */
export type SpecialResult = { readonly value: unknown } | { readonly refusal: string };

const suffixes = /^(?:Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

/** Upstream: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go `UnmarshalJSON`, `ParseQuantity`. */
export function readQuantity(value: unknown): SpecialResult {
  if (value === null || value === undefined) return { value: '0' };
  if (typeof value === 'string' && isCanonical(value)) return { value };
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).trim();
  const match = /^([+-]?)([0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  const [, , digits = '', suffix = ''] = match ?? [];
  if (!match || digits.split('.').length > 2 || digits === '.') return { refusal: quantityFormatError };
  if (!suffixes.test(suffix)) return { refusal: "unable to parse quantity's suffix" };
  const canonical = canonicalQuantity(text);
  return canonical === undefined ? { refusal: quantityFormatError } : { value: canonical };
}

/** How times are written: what looks so reads as itself. The 29th of February is left to those who know the year. */
const date =
  /[1-9]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)/;
const writtenTime = new RegExp(`^${date.source}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$`);
const writtenMicroTime = new RegExp(`${writtenTime.source.slice(0, -2)}\\.\\d{6}Z$`);

/** Upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/time.go, micro_time.go. Seconds, in UTC. */
export function readTime(text: string, micro: boolean): SpecialResult {
  if ((micro ? writtenMicroTime : writtenTime).test(text)) return { value: text };
  const time = parseGoTime(text, micro ? microTimeLayout : timeLayout);
  if ('refusal' in time) return time;
  return { value: `${isoSeconds(calendar(time.millis))}${micro ? `.${time.fraction}` : ''}Z` };
}

/**
 * Standard base64 with padding, as encoding/base64 reads it, four characters at a time and past line breaks: the
 * offset of the byte that does not fit. Go: src/encoding/base64/base64.go `decodeQuantum`
 */
export function base64Problem(text: string): number | undefined {
  // What was read before the first byte that does not fit is ASCII: its characters are its bytes.
  const isBreak = (i: number) => text[i] === '\n' || text[i] === '\r';
  const pastBreaks = (i: number): number => (isBreak(i) ? pastBreaks(i + 1) : i);
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    if (isBreak(i)) continue;
    if (/[A-Za-z0-9+/]/.test(text.charAt(i))) {
      held = (held + 1) % 4;
      continue;
    }
    if (text[i] !== '=' || held < 2) return i;
    let next = i + 1;
    if (held === 2) {
      const second = pastBreaks(next);
      if (second === text.length) return second;
      if (text[second] !== '=') return second - 1;
      next = second + 1;
    }
    const end = pastBreaks(next);
    return end < text.length ? end : undefined;
  }
  return held === 0 ? undefined : text.length - held;
}
