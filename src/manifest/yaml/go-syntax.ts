/** A value as Go's `%#v` prints it: `map[interface {}]interface {}{"a":"b"}`, `[]interface {}{"a", 1}`. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(nested).join(', ')}}`;
  if (value instanceof Map) {
    // `instanceof` leaves `any` for what the Map holds.
    const entries = [...(value as ReadonlyMap<unknown, unknown>)].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return `map[interface {}]interface {}{${entries.map(([key, item]) => `${nested(key)}:${nested(item)}`).join(', ')}}`;
  }
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return String(value);
}

function nested(value: unknown): string {
  return value === null || value === undefined ? 'interface {}(nil)' : goSyntax(value);
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** `%q`: what cannot be printed is escaped. */
function goQuote(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (shortEscapes[character] !== undefined) out += shortEscapes[character];
    else if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) out += character;
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `"${out}"`;
}

/** A number as `strconv.FormatFloat(value, 'g', -1, 32)` prints it: shortest digits, exponents from 1e+06 on. */
export function goSingle(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '+Inf' : '-Inf';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  const [mantissa = '0', exponent = '0'] = single.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(single.toPrecision(digits)));
  const sign = power < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}
