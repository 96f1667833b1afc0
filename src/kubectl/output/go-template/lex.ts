import { goQuote, printable } from './literal';

/** Upstream: go/src/text/template/parse/lex.go. */
export type TokenType =
  | 'assign'
  | 'bool'
  | 'char'
  | 'char-constant'
  | 'complex'
  | 'declare'
  | 'eof'
  | 'error'
  | 'field'
  | 'identifier'
  | 'keyword'
  | 'left-delim'
  | 'left-paren'
  | 'number'
  | 'pipe'
  | 'raw-string'
  | 'right-delim'
  | 'right-paren'
  | 'space'
  | 'string'
  | 'text'
  | 'variable';

/** One piece of a template; `at` counts UTF-16 units, lines count from 1. A keyword (and the dot) is told by its text. */
export interface Token {
  readonly type: TokenType;
  readonly at: number;
  readonly text: string;
  readonly line: number;
}

const keywords = ['.', 'block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'nil', 'template', 'with'];

const spaces = ' \t\r\n';

/** The pieces of a template, ending in `eof` or in an `error` that holds what is wrong. */
export function* lex(input: string): Generator<Token, void> {
  let at = 0;
  const lineAt = (place: number) => input.slice(0, place).split('\n').length;
  const token = (type: TokenType, start: number, end: number): Token => ({
    type,
    at: start,
    text: input.slice(start, end),
    line: lineAt(start),
  });
  const error = (start: number, text: string): Token => ({ type: 'error', at: start, text, line: lineAt(start) });
  while (at < input.length) {
    const open = input.indexOf('{{', at);
    if (open < 0) break;
    const trimLeft = /^-[ \t\r\n]/.test(input.slice(open + 2, open + 4));
    const end = trimLeft ? at + input.slice(at, open).replace(/[ \t\r\n]+$/, '').length : open;
    if (end > at) yield token('text', at, end);
    const inside = open + 2 + (trimLeft ? 2 : 0);
    if (input.startsWith('/*', inside)) {
      const close = input.indexOf('*/', inside + 2);
      if (close < 0) return yield error(inside, 'unclosed comment');
      const delim = rightDelim(input, close + 2);
      if (!delim) return yield error(inside, 'comment ends before closing delimiter');
      at = delim;
      continue;
    }
    yield token('left-delim', open, open + 2);
    at = inside;
    let depth = 0;
    for (;;) {
      const delim = rightDelim(input, at);
      if (delim) {
        if (depth > 0) return yield error(at, 'unclosed left paren');
        const start = input.indexOf('}}', at);
        yield token('right-delim', start, start + 2);
        at = delim;
        break;
      }
      const next = piece(input, at);
      if (next.type === 'left-paren') depth++;
      if (next.type === 'right-paren' && --depth < 0) return yield error(at, 'unexpected right paren');
      if (next.type === 'error') return yield error(at, next.message);
      yield token(next.type, at, next.end);
      at = next.end;
    }
  }
  if (at < input.length) yield token('text', at, input.length);
  yield { type: 'eof', at: input.length, text: 'EOF', line: lineAt(input.length) };
}

/** The place after `}}` (and, behind ` -}}`, after the spaces it eats); undefined = no right delimiter here. */
function rightDelim(input: string, at: number): number | undefined {
  if (input.startsWith('}}', at)) return at + 2;
  if (!spaces.includes(input.charAt(at) || 'x') || !input.startsWith('-}}', at + 1)) return undefined;
  let end = at + 4;
  while (end < input.length && spaces.includes(input.charAt(end))) end++;
  return end;
}

type Piece =
  | { readonly type: Exclude<TokenType, 'error'>; readonly end: number }
  | { readonly type: 'error'; readonly message: string };

const single: Readonly<Record<string, Exclude<TokenType, 'error'>>> = {
  '=': 'assign',
  '|': 'pipe',
  '(': 'left-paren',
  ')': 'right-paren',
};

function piece(input: string, at: number): Piece {
  const c = String.fromCodePoint(input.codePointAt(at) ?? 0);
  if (at >= input.length) return failed('unclosed action');
  if (spaces.includes(c)) return space(input, at);
  const type = single[c];
  if (type) return { type, end: at + 1 };
  if (c === ':') return input.charAt(at + 1) === '=' ? { type: 'declare', end: at + 2 } : failed('expected :=');
  if (c === '"') return quoted(input, at, 'string', 'unterminated quoted string');
  if (c === "'") return quoted(input, at, 'char-constant', 'unterminated character constant');
  if (c === '`') {
    const end = input.indexOf('`', at + 1);
    return end < 0 ? failed('unterminated raw quoted string') : { type: 'raw-string', end: end + 1 };
  }
  if (c === '$') return name(input, at, 'variable');
  if (c === '.' && at + 1 < input.length && !/\d/.test(input.charAt(at + 1))) return name(input, at, 'field');
  if (/[.+\-\d]/.test(c)) return number(input, at);
  if (/[_\p{L}\p{Nd}]/u.test(c)) return name(input, at, 'identifier');
  if (/[\x20-\x7e]/.test(c)) return { type: 'char', end: at + 1 };
  const code = (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return failed(`unrecognized character in action: U+${code}${printable(c) ? ` '${c}'` : ''}`);
}

function failed(message: string): Piece {
  return { type: 'error', message };
}

function space(input: string, at: number): Piece {
  let end = at;
  while (end < input.length && spaces.includes(input.charAt(end))) end++;
  // The last space may belong to ` -}}`.
  if (input.startsWith('-}}', end)) end--;
  return { type: 'space', end };
}

function quoted(input: string, at: number, type: 'string' | 'char-constant', message: string): Piece {
  const quote = input.charAt(at);
  for (let i = at + 1; i < input.length; i++) {
    const c = input.charAt(i);
    if (c === '\\') i++;
    if (i >= input.length || input.charAt(i) === '\n') break;
    if (c === quote) return { type, end: i + 1 };
  }
  return failed(message);
}

function name(input: string, at: number, type: 'variable' | 'field' | 'identifier'): Piece {
  let end = type === 'identifier' ? at : at + 1;
  end += /^[_\p{L}\p{Nd}]*/u.exec(input.slice(end))?.[0].length ?? 0;
  const next = input.charAt(end);
  if (next !== '' && !`${spaces}.,|:)(`.includes(next) && !input.startsWith('}}', end)) {
    const bad = String.fromCodePoint(input.codePointAt(end) ?? 0);
    const code = (bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return failed(`bad character U+${code}${printable(bad) ? ` '${bad}'` : ''}`);
  }
  const word = input.slice(at, end);
  if (keywords.includes(word)) return { type: 'keyword', end };
  if (type === 'identifier' && (word === 'true' || word === 'false')) return { type: 'bool', end };
  return { type, end };
}

const numberPattern =
  /^[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/;

function number(input: string, at: number): Piece {
  const end = at + (numberPattern.exec(input.slice(at))?.[0].length ?? 0);
  const bad = /^[_\p{L}\p{Nd}]/u.exec(input.slice(end));
  if (bad) return failed(`bad number syntax: ${goQuote(input.slice(at, end + bad[0].length))}`);
  if (!/[+-]/.test(input.charAt(end))) return { type: 'number', end };
  const second = end + (numberPattern.exec(input.slice(end))?.[0].length ?? 0);
  if (input.charAt(second - 1) !== 'i') return failed(`bad number syntax: ${goQuote(input.slice(at, second))}`);
  return { type: 'complex', end: second };
}
