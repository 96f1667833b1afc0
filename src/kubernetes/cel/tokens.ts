import type { CelIssue } from './source';

/** What a word of an expression is. */
export type TokenKind = 'IDENTIFIER' | 'NUM_INT' | 'NUM_UINT' | 'NUM_FLOAT' | 'STRING' | 'BYTES' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; `<EOF>` at the end. */
  readonly text: string;
  readonly offset: number;
}

/** The lexer of cel-go's parser/gen/CEL.g4. What it does not know it names, and reads on. */
const patterns: readonly (readonly [TokenKind | undefined, RegExp])[] = [
  [undefined, /[ \t\r\n\f]+|\/\/[^\n]*/y],
  ['BYTES', /[bB][rR]?(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')/y],
  ['STRING', /[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')/y],
  ['STRING', /"""(?:\\.|[^\\])*?"""|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*'/y],
  ['NUM_FLOAT', /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?/y],
  ['NUM_UINT', /(?:0x[0-9a-fA-F]+|\d+)[uU]/y],
  ['NUM_INT', /0x[0-9a-fA-F]+|\d+/y],
  ['IDENTIFIER', /[A-Za-z_][A-Za-z0-9_]*|`[A-Za-z0-9_.\-/ ]+`/y],
  ['symbol', /==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%]/y],
];

export function tokenize(source: string): { readonly tokens: readonly Token[]; readonly issues: readonly CelIssue[] } {
  const tokens: Token[] = [];
  const issues: CelIssue[] = [];
  for (let at = 0; at < source.length;) {
    let length = 0;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const text = pattern.exec(source)?.[0];
      if (!text) continue;
      if (kind) tokens.push({ kind, text, offset: at });
      length = text.length;
      break;
    }
    if (length === 0) {
      // The lexer gives up one character after the one it could have gone on from.
      length = /[=&|]/.test(source[at] ?? '') ? Math.min(2, source.length - at) : 1;
      const text = source.slice(at, at + length);
      issues.push({ offset: at, text: `Syntax error: token recognition error at: '${text}'` });
    }
    at += length;
  }
  tokens.push({ kind: 'end', text: '<EOF>', offset: source.length });
  return { tokens, issues };
}
