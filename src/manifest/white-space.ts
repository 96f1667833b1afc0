/** What Go's `unicode.IsSpace` takes for white space; JavaScript's own notion differs. */
const space = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const single = new RegExp(`^[${space}]$`);
const around = new RegExp(`^[${space}]+|[${space}]+$`, 'g');
const leadingBrace = new RegExp(`^[${space}]*\\{`);

export function isSpace(character: string): boolean {
  return single.test(character);
}

/** `strings.TrimSpace` */
export function trimSpace(text: string): string {
  return text.replace(around, '');
}

/** Whether a text might be JSON. */
export function beginsWithBrace(text: string): boolean {
  return leadingBrace.test(text);
}
