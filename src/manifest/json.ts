/** JSON that cannot be read, in the words of Go's encoding/json. */
export interface JsonProblem {
  /** `invalid character '}' looking for beginning of object key string`, `unexpected EOF` */
  readonly problem: string;
  /** Offset of the offending character. */
  readonly offset: number;
  /** False at the end of the text: then the problem names no offset. */
  readonly syntax: boolean;
}

export type JsonScan = { readonly end: number } | JsonProblem;

// Upstream gives up at 10000, but those who walk the result are recursive.
const deepest = 1000;

/**
 * Finds the end of the JSON value that begins at or after `from`; undefined when only white space is left. Upstream:
 * encoding/json scanner.go; not recursive.
 */
export function scanJson(text: string, from: number): JsonScan | undefined {
  return new JsonScanner(text, from).scan();
}

type Container = 'object' | 'array';

class JsonScanner {
  private readonly open: Container[] = [];

  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  scan(): JsonScan | undefined {
    this.skipSpace();
    if (this.at >= this.text.length) return undefined;
    for (;;) {
      const problem = this.value();
      if (problem) return problem;
      // A value has ended: close what ends with it.
      for (;;) {
        const container = this.open.at(-1);
        if (!container) return { end: this.at };
        this.skipSpace();
        const next = this.text[this.at];
        if (next === ',') {
          this.at++;
          const missing = container === 'object' ? this.key() : undefined;
          if (missing) return missing;
          break;
        }
        if (next !== (container === 'object' ? '}' : ']')) {
          return this.wrong(container === 'object' ? 'after object key:value pair' : 'after array element');
        }
        this.at++;
        this.open.pop();
      }
    }
  }

  /** A scalar, an empty container, or everything up to the first scalar of a nested one. */
  private value(): JsonProblem | undefined {
    for (;;) {
      this.skipSpace();
      const start = this.text[this.at];
      if (start === '{' || start === '[') {
        this.at++;
        this.skipSpace();
        if (this.text[this.at] === (start === '{' ? '}' : ']')) {
          this.at++;
          return undefined;
        }
        this.open.push(start === '{' ? 'object' : 'array');
        if (this.open.length > deepest) return { problem: 'exceeded max depth', offset: this.at, syntax: true };
        const missing = start === '{' ? this.key() : undefined;
        if (missing) return missing;
        continue;
      }
      if (start === '"') return this.string();
      if (start !== undefined && /[-0-9]/.test(start)) return this.number();
      for (const word of ['true', 'false', 'null']) if (start === word[0]) return this.literal(word);
      return this.wrong('looking for beginning of value');
    }
  }

  private key(): JsonProblem | undefined {
    this.skipSpace();
    if (this.text[this.at] !== '"') return this.wrong('looking for beginning of object key string');
    const problem = this.string();
    if (problem) return problem;
    this.skipSpace();
    if (this.text[this.at] !== ':') return this.wrong('after object key');
    this.at++;
    return undefined;
  }

  private string(): JsonProblem | undefined {
    for (this.at++; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) {
        this.at++;
        return undefined;
      }
      if (code < 0x20) return this.wrong('in string literal');
      if (code !== 0x5c) continue;
      this.at++;
      const escape = this.text[this.at];
      if (escape === undefined) break;
      if (escape === 'u') {
        for (let i = 0; i < 4; i++) {
          this.at++;
          if (!/^[0-9a-fA-F]$/.test(this.text[this.at] ?? '')) return this.wrong('in \\u hexadecimal character escape');
        }
      } else if (!'bfnrt\\/"'.includes(escape)) {
        return this.wrong('in string escape code');
      }
    }
    return this.wrong('');
  }

  private number(): JsonProblem | undefined {
    if (this.text[this.at] === '-') this.at++;
    if (this.text[this.at] === '0') this.at++;
    else if (!this.digits()) return this.wrong('in numeric literal');
    if (this.text[this.at] === '.') {
      this.at++;
      if (!this.digits()) return this.wrong('after decimal point in numeric literal');
    }
    if (/^[eE]$/.test(this.text[this.at] ?? '')) {
      this.at++;
      if (/^[-+]$/.test(this.text[this.at] ?? '')) this.at++;
      if (!this.digits()) return this.wrong('in exponent of numeric literal');
    }
    return undefined;
  }

  private digits(): boolean {
    const from = this.at;
    while (/^[0-9]$/.test(this.text[this.at] ?? '')) this.at++;
    return this.at > from;
  }

  private literal(word: string): JsonProblem | undefined {
    for (let i = 1; i < word.length; i++) {
      this.at++;
      if (this.text[this.at] !== word[i]) return this.wrong(`in literal ${word} (expecting '${word[i] ?? ''}')`);
    }
    this.at++;
    return undefined;
  }

  private skipSpace(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private wrong(context: string): JsonProblem {
    const code = this.text.codePointAt(this.at);
    const character = code === undefined ? undefined : String.fromCodePoint(code);
    if (character === undefined) return { problem: 'unexpected EOF', offset: this.at, syntax: false };
    return { problem: `invalid character ${quoted(character)} ${context}`, offset: this.at, syntax: true };
  }
}

/** One byte as encoding/json names it. */
function quoted(character: string): string {
  if (character === "'") return `'\\''`;
  if (character === '"') return `'"'`;
  if (character.charCodeAt(0) > 0x7f) return `'${firstByte(character)}'`;
  return `'${JSON.stringify(character).slice(1, -1).replace('\\u00', '\\x')}'`;
}

/** The scanner sees bytes: of a character beyond ASCII, its first, read as Latin-1. */
function firstByte(character: string): string {
  const byte = new TextEncoder().encode(character)[0] ?? 0;
  return byte < 0xa0 ? `\\u00${byte.toString(16)}` : String.fromCharCode(byte);
}

/** Bytes of UTF-8 in front of `offset`. */
export function byteOffset(text: string, offset: number): number {
  return new TextEncoder().encode(text.slice(0, offset)).length;
}
