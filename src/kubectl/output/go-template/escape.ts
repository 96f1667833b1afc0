import { printable } from './literal';

const html: Readonly<Record<string, string>> = {
  '\u0000': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Upstream: text/template/funcs.go `HTMLEscapeString`. */
export function htmlEscape(text: string): string {
  return [...text].map((c) => html[c] ?? c).join('');
}

/** Upstream: text/template/funcs.go `JSEscapeString`. */
export function jsEscape(text: string): string {
  return [...text]
    .map((c) => {
      if ('\\\'"'.includes(c)) return `\\${c}`;
      const code = c.codePointAt(0) ?? 0;
      if (code >= 0x80 ? printable(c) : code >= 0x20 && !'<>&='.includes(c)) return c;
      return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    })
    .join('');
}

/** Upstream: net/url `QueryEscape`. */
export function queryEscape(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const c = String.fromCharCode(byte);
      if (/[\w.~-]/.test(c)) return c;
      return c === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
