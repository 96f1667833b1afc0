import { YamlError } from './error';

/** A place in the text, as the scanner counts: code points, lines from 0. */
export interface Mark {
  readonly offset: number;
  /** Code points from the start of the text. */
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

const tab = 0x09;
const space = 0x20;

/** ASCII characters at which a run ends; characters outside ASCII always end it. */
export type Stops = Uint8Array;

export function stopsAt(characters: string): Stops {
  const stops = new Uint8Array(128);
  for (const character of characters) stops[character.charCodeAt(0)] = 1;
  return stops;
}

/** What no line goes over: its end, and the end of the text. */
export const lineEnds = '\0\n\r';
const lineStops = stopsAt(lineEnds);

// The reader decodes the text in blocks of this many bytes, so bad bytes are told when their block is reached.
// go.yaml.in/yaml/v2 yamlprivateh.go `input_raw_buffer_size`
const blockBytes = 512;

/** Walks over a text and counts lines and columns the way libyaml does. Past the end every character is 0. */
export class Cursor {
  offset = 0;
  index = 0;
  line = 0;
  column = 0;
  /** Reading at or past this offset meets a character that is not allowed. */
  private readonly limit: number;
  /** Where a run ends at the latest: at the limit, or with the text. */
  private readonly end: number;

  constructor(protected readonly text: string) {
    this.limit = firstBadBlock(text);
    this.end = Math.min(this.limit, text.length);
    // A byte order mark at the very start tells the encoding and is no character.
    if (text.startsWith('\ufeff')) this.offset = 1;
  }

  get mark(): Mark {
    return { offset: this.offset, index: this.index, line: this.line, column: this.column };
  }

  /** The character `ahead` of the current one. */
  protected peek(ahead = 0): number {
    const at = this.offset + ahead;
    if (at >= this.limit) throw new YamlError('reader', 'control characters are not allowed', at);
    return at < this.text.length ? this.text.charCodeAt(at) : 0;
  }

  protected is(character: string, ahead = 0): boolean {
    return this.peek(ahead) === character.charCodeAt(0);
  }

  protected atEnd(ahead = 0): boolean {
    return this.peek(ahead) === 0;
  }

  protected isBlank(ahead = 0): boolean {
    const code = this.peek(ahead);
    return code === space || code === tab;
  }

  protected isTab(): boolean {
    return this.peek() === tab;
  }

  protected isSpace(): boolean {
    return this.peek() === space;
  }

  protected isBreak(ahead = 0): boolean {
    const code = this.peek(ahead);
    return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;
  }

  protected isBreakOrEnd(ahead = 0): boolean {
    return this.isBreak(ahead) || this.atEnd(ahead);
  }

  protected isBlankOrEnd(ahead = 0): boolean {
    return this.isBlank(ahead) || this.isBreakOrEnd(ahead);
  }

  protected isDigit(ahead = 0): boolean {
    const code = this.peek(ahead);
    return code >= 0x30 && code <= 0x39;
  }

  /** Letters, digits, `_` and `-`: what names of anchors, tags and directives are made of. */
  protected isWord(): boolean {
    const code = this.peek();
    return (
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x61 && code <= 0x7a) ||
      code === 0x5f ||
      code === 0x2d
    );
  }

  /** Over one character that is no line break. */
  protected skip(count = 1): void {
    for (let i = 0; i < count; i++) {
      const code = this.peek();
      this.offset += code >= 0xd800 && code <= 0xdbff ? 2 : 1;
      this.index++;
      this.column++;
    }
  }

  /** Over a run of ordinary characters: the short way through most of a text. */
  protected skipRun(stops: Stops): void {
    const { text, end } = this;
    let at = this.offset;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code >= 128 || stops[code] === 1) break;
    }
    this.advance(at);
  }

  /** Over the rest of the line. */
  protected skipLine(): void {
    for (this.skipRun(lineStops); !this.isBreakOrEnd(); this.skipRun(lineStops)) this.skip();
  }

  protected skipSpaces(): void {
    const { text, end } = this;
    let at = this.offset;
    while (at < end && text.charCodeAt(at) === space) at++;
    this.advance(at);
  }

  private advance(to: number): void {
    const count = to - this.offset;
    this.offset = to;
    this.index += count;
    this.column += count;
  }

  /** One character as text. */
  protected read(): string {
    const from = this.offset;
    this.skip();
    return this.text.slice(from, this.offset);
  }

  /** Over a line break (`\r\n` is one), which reads as `\n` unless it is one of Unicode's separators. */
  protected readBreak(): string {
    const code = this.peek();
    const pair = code === 0x0d && this.peek(1) === 0x0a;
    this.offset += pair ? 2 : 1;
    this.index += pair ? 2 : 1;
    this.column = 0;
    this.line++;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  protected skipBlanks(): void {
    while (this.isBlank()) this.skip();
  }

  protected skipComment(): void {
    if (this.is('#')) this.skipLine();
  }
}

/** Anything but tab, line breaks, printable ASCII and what Unicode assigns outside its control blocks. */
const notAllowed = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The same of a text that is all ASCII, as most are: quickly asked. */
const notPlain = /[^\t\n\r\u0020-\u007e]/;

function firstBadBlock(text: string): number {
  if (!notPlain.test(text)) return Infinity;
  const at = text.search(notAllowed);
  if (at < 0) return Infinity;
  let bytes = 0;
  let start = 0;
  for (let i = 0; i < at;) {
    const code = text.codePointAt(i) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    // A character that straddles two blocks belongs to the later one.
    if (Math.floor((bytes + size - 1) / blockBytes) > Math.floor((bytes - 1) / blockBytes)) start = i;
    bytes += size;
    i += code >= 0x10000 ? 2 : 1;
  }
  return Math.floor(bytes / blockBytes) > Math.floor((bytes - 1) / blockBytes) ? at : start;
}
