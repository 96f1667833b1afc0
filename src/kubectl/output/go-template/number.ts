import { goQuote, unquoted } from './literal';

/** A number of a template, or what is wrong with it. Upstream: text/template/parse/node.go `newNumber`. */
export function numberOf(text: string): { readonly value: number; readonly float: boolean } | string {
  if (text.startsWith("'")) {
    const [c, ...more] = unquoted(text) ?? '';
    if (c === undefined || more.length > 0) return `malformed character constant: ${text}`;
    return { value: c.codePointAt(0) ?? 0, float: false };
  }
  if (text.endsWith('i')) return `complex numbers are not simulated: ${goQuote(text)}`;
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text.replaceAll('_', '')) ?? [];
  const octal = /^0\d+$/.test(digits);
  const float = /[.eE]/.test(digits) && !/^0[xX]/.test(digits);
  const value = octal ? parseInt(digits, 8) : digits === '' || digits === '.' ? NaN : Number(digits);
  if (Number.isNaN(value)) return `illegal number syntax: ${goQuote(text)}`;
  if ((octal && /[89]/.test(digits)) || (!float && value >= 2 ** 64)) return `integer overflow: ${goQuote(text)}`;
  return { value: sign === '-' ? -value : value, float };
}
