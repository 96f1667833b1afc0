import { escapes } from '../strconv/escapes';
import type { TokenKind } from './tokens';

/** The value of a number as written, with its sign. */
export function numberOf(text: string, kind: TokenKind): bigint | number {
  if (kind === 'NUM_FLOAT') return Number(text);
  const digits = text.replace(/[uU]$/, '');
  return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits);
}

const escaped = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([^]))/g;

/** A text between its quotes, single or triple, with escapes resolved unless it is raw. */
export function textOf(written: string): string {
  const body = written.replace(/^[bBrR]+/, '');
  const raw = /^[bB]?[rR]/.test(written);
  const quotes = body.startsWith('"""') || body.startsWith("'''") ? 3 : 1;
  const text = body.slice(quotes, -quotes);
  if (raw) return text;
  return text.replace(escaped, (_, x?: string, u?: string, U?: string, octal?: string, one?: string) => {
    if (one !== undefined) return escapes[one] ?? one;
    return String.fromCodePoint(octal === undefined ? parseInt(x ?? u ?? U ?? '0', 16) : parseInt(octal, 8));
  });
}
