// Go: src/encoding/json/scanner.go, decode.go
import { isObject } from '../object';

/** What Go's JSON reader says of bytes (a character each) that are no object; the first thing only. */
export function jsonError(bytes: string): string | undefined {
  return new Scanner(bytes).scan() ?? typeError(JSON.parse(bytes), isObject, 'map[string]interface {}');
}

/** The same of a text that has to be a list of a Go type. */
export function jsonListError(text: string, goType: string): string | undefined {
  return new Scanner(text).scan() ?? typeError(JSON.parse(text), Array.isArray, `[]${goType}`);
}

function typeError(value: unknown, fits: (value: unknown) => boolean, goType: string): string | undefined {
  if (fits(value) || value === null) return undefined;
  const kinds: Readonly<Record<string, string>> = { boolean: 'bool' };
  const kind = Array.isArray(value) ? 'array' : (kinds[typeof value] ?? typeof value);
  return `json: cannot unmarshal ${kind} into Go value of type ${goType}`;
}

class Wrong extends Error {}

class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  scan(): string | undefined {
    try {
      this.value();
      this.space();
      if (this.at < this.text.length) this.fail('after top-level value');
      return undefined;
    } catch (error) {
      if (error instanceof Wrong) return error.message;
      throw error;
    }
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.peek() ?? '')) this.at++;
  }

  private fail(context: string): never {
    const next = this.peek();
    throw new Wrong(
      next === undefined ? 'unexpected end of JSON input' : `invalid character ${quoted(next)} ${context}`,
    );
  }

  private value(): void {
    this.space();
    const next = this.peek() ?? '';
    if (next === '{') this.members();
    else if (next === '[') this.items();
    else if (next === '"') this.string();
    else if (/[-\d]/.test(next)) this.number();
    else if (next === 't') this.literal('true');
    else if (next === 'f') this.literal('false');
    else if (next === 'n') this.literal('null');
    else this.fail('looking for beginning of value');
  }

  private members(): void {
    this.at++;
    this.space();
    if (this.peek() === '}') return void this.at++;
    for (;;) {
      this.space();
      if (this.peek() !== '"') this.fail('looking for beginning of object key string');
      this.string();
      this.space();
      if (this.peek() !== ':') this.fail('after object key');
      this.at++;
      this.value();
      if (this.endsWith('}', 'after object key:value pair')) return;
    }
  }

  private items(): void {
    this.at++;
    this.space();
    if (this.peek() === ']') return void this.at++;
    do this.value();
    while (!this.endsWith(']', 'after array element'));
  }

  /** Whether the list or object ends here; otherwise a comma was passed. */
  private endsWith(end: string, context: string): boolean {
    this.space();
    const next = this.peek();
    if (next !== end && next !== ',') this.fail(context);
    this.at++;
    return next === end;
  }

  private string(): void {
    this.at++;
    for (;;) {
      const next = this.peek() ?? '';
      if (next === '' || next < ' ') this.fail('in string literal');
      this.at++;
      if (next === '"') return;
      if (next === '\\') this.escape();
    }
  }

  private escape(): void {
    if (!/["\\/bfnrtu]/.test(this.peek() ?? '')) this.fail('in string escape code');
    const wide = this.peek() === 'u';
    this.at++;
    for (let i = 0; wide && i < 4; i++, this.at++) {
      if (!/[\da-fA-F]/.test(this.peek() ?? '')) this.fail('in \\u hexadecimal character escape');
    }
  }

  private number(): void {
    if (this.peek() === '-') this.at++;
    if (!/\d/.test(this.peek() ?? '')) this.fail('in numeric literal');
    if (this.peek() === '0') this.at++;
    else this.digits('in numeric literal');
    if (this.peek() === '.') {
      this.at++;
      this.digits('after decimal point in numeric literal');
    }
    if (!/[eE]/.test(this.peek() ?? '')) return;
    this.at++;
    if (/[+-]/.test(this.peek() ?? '')) this.at++;
    this.digits('in exponent of numeric literal');
  }

  private digits(context: string): void {
    if (!/\d/.test(this.peek() ?? '')) this.fail(context);
    while (/\d/.test(this.peek() ?? '')) this.at++;
  }

  private literal(word: string): void {
    this.at++;
    for (const expected of word.slice(1)) {
      if (this.peek() !== expected) this.fail(`in literal ${word} (expecting '${expected}')`);
      this.at++;
    }
  }
}

/** A byte as Go quotes it: what is no printable character of Latin-1 by its number. `quoteChar` */
function quoted(byte: string): string {
  if (byte === "'") return String.raw`'\''`;
  if (byte === '\\') return String.raw`'\\'`;
  const named: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  if (named[byte]) return `'${named[byte]}'`;
  const code = byte.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  return /[\p{C}\p{Z}]/u.test(byte) && byte !== ' ' ? `'\\u${code.toString(16).padStart(4, '0')}'` : `'${byte}'`;
}
