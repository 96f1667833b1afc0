import { AwkProblem } from './syntax';

/** One word of an awk program; `end` stands behind the last. */
export interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** A newline or blank stands before it (`f (x)` is no call). */
  readonly spaced: boolean;
}

const signs = [
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '!~',
  ...'+-*/%^<>!~?:=(){}[],;$\n',
];

/** The words of a program, read one after the other. Throws AwkProblem where there is none. */
export class Tokens {
  private readonly all: readonly Token[];
  private at = 0;

  constructor(text: string) {
    this.all = tokenize(text);
  }

  peek(ahead = 0): Token {
    return this.all[this.at + ahead] ?? { kind: 'end', text: '', spaced: false };
  }

  take(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  is(...signs: string[]): boolean {
    return this.peek().kind === 'sign' && signs.includes(this.peek().text);
  }

  isWord(word: string): boolean {
    return this.peek().kind === 'name' && this.peek().text === word;
  }

  /** Takes one of these signs if it is the next; undefined if not. */
  accept(...signs: string[]): string | undefined {
    return this.is(...signs) ? this.take().text : undefined;
  }

  expect(sign: string): void {
    if (!this.accept(sign)) throw this.unexpected(this.peek());
  }

  /** Takes a word if it is the next after any `;` and newlines; if not, those are left too. */
  acceptWordBeyondSeparators(word: string): boolean {
    const before = this.at;
    this.skipSeparators();
    const found = this.isWord(word);
    this.at = found ? this.at + 1 : before;
    return found;
  }

  skipSeparators(): void {
    while (this.accept(';', '\n') !== undefined);
  }

  skipLines(): void {
    while (this.accept('\n') !== undefined);
  }

  /** Whether a statement may end here. */
  atEndOfStatement(): boolean {
    return this.is(';', '\n', '}') || this.peek().kind === 'end';
  }

  unexpected(token: Token): AwkProblem {
    return new AwkProblem(`syntax error at or near ${token.text || 'end of file'}`);
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^(?:[ \t\r]|\\\n)+|^#[^\n]*/.exec(rest)?.[0];
    if (blank) {
      at += blank.length;
      continue;
    }
    const spaced = /\s/.test(text[at - 1] ?? '');
    const last = tokens.at(-1);
    const afterOperand =
      last !== undefined && (['number', 'string', 'name'].includes(last.kind) || [')', ']', '$'].includes(last.text));
    const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)?.[0];
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (number) tokens.push({ kind: 'number', text: number, spaced });
    else if (name) tokens.push({ kind: 'name', text: name, spaced });
    else if (rest.startsWith('"')) {
      const quoted = /^"((?:[^"\\]|\\[^])*)"/.exec(rest);
      if (!quoted) throw new AwkProblem('unterminated string');
      tokens.push({ kind: 'string', text: unescape(quoted[1] ?? ''), spaced });
      at += quoted[0].length;
      continue;
    } else if (rest.startsWith('/') && !afterOperand) {
      const pattern = /^\/((?:[^/\\\n]|\\.)*)\//.exec(rest);
      if (!pattern) throw new AwkProblem('unterminated regexp');
      tokens.push({ kind: 'regex', text: pattern[1] ?? '', spaced });
      at += pattern[0].length;
      continue;
    } else {
      const sign = signs.find((one) => rest.startsWith(one));
      if (!sign) throw new AwkProblem(`syntax error at or near ${rest[0] ?? ''}`);
      tokens.push({ kind: 'sign', text: sign, spaced });
      at += sign.length;
      continue;
    }
    at += (number ?? name ?? '').length;
  }
  return tokens;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gs, (_all, code: string) => ({ n: '\n', t: '\t', r: '\r' })[code] ?? code);
}
