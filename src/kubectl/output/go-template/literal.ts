import { escapes as letters } from '@/kubernetes/strconv/escapes';

const escapes: Readonly<Record<string, string>> = { ...letters, '\\': '\\' };

/** A Go string or character literal without its quotes; undefined = invalid syntax. Upstream: go/src/strconv/quote.go. */
export function unquoted(literal: string): string | undefined {
  const quote = literal.charAt(0);
  const body = literal.slice(1, -1);
  if (quote === '`') return body.replaceAll('\r', '');
  let out = '';
  for (let i = 0; i < body.length; i++) {
    const c = body.charAt(i);
    if (c !== '\\') {
      out += c;
      continue;
    }
    const next = body.charAt(++i);
    const plain = next === quote ? next : escapes[next];
    if (plain !== undefined) {
      out += plain;
      continue;
    }
    const coded = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/.exec(body.slice(i));
    if (!coded) return undefined;
    const code = coded[4] === undefined ? parseInt(coded[1] ?? coded[2] ?? coded[3] ?? '', 16) : parseInt(coded[4], 8);
    if (code > (coded[4] === undefined ? 0x10ffff : 255)) return undefined;
    out += String.fromCodePoint(code);
    i += coded[0].length - 1;
  }
  return out;
}

const named = new Map(Object.entries(escapes).map(([letter, character]) => [character, `\\${letter}`]));

/** What can be seen: unicode.IsPrint, near enough (no control, format, surrogate or private characters, no odd space). */
export function printable(c: string): boolean {
  return c === ' ' || !/[\p{C}\p{Z}]/u.test(c);
}

/** A text as Go's `%q` writes it. Upstream: go/src/strconv/quote.go. */
export function goQuote(text: string, quote = '"'): string {
  const out = [...text].map((c) => {
    if (c === quote) return `\\${c}`;
    const short = named.get(c);
    if (short !== undefined) return short;
    if (printable(c)) return c;
    const code = c.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return quote + out.join('') + quote;
}
