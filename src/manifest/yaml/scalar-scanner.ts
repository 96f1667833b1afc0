import { lineEnds, type Mark, stopsAt } from './cursor';
import { MarkScanner } from './mark-scanner';
import type { Token } from './token';

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const escapedCodes: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const plainStops = stopsAt(`${lineEnds} \t:`);
const plainStopsInFlow = stopsAt(`${lineEnds} \t:,?[]{}`);
const singleStops = stopsAt(`${lineEnds} \t'`);
const doubleStops = stopsAt(`${lineEnds} \t"\\`);

/** White space between the words of a scalar that goes on over several lines. */
class Gap {
  blanks = '';
  first = '';
  others = '';

  /** What is left of the gap once the next word has come: line breaks fold. */
  take(overLines: boolean): string {
    let text = this.blanks;
    if (overLines) text = this.first === '\n' ? this.others || ' ' : this.first + this.others;
    this.blanks = this.first = this.others = '';
    return text;
  }
}

/** Scalars in all five styles. Upstream: go.yaml.in/yaml/v2 scannerc.go `yaml_parser_scan_*_scalar` */
export class ScalarScanner extends MarkScanner {
  /** Column of the innermost block; -1 outside. */
  protected indent = -1;
  protected flowLevel = 0;
  protected simpleKeyAllowed = false;

  protected scanBlockScalar(literal: boolean): Token {
    const start = this.mark;
    this.skip();
    const { chomping, increment } = this.scanBlockHeader(start);
    let indent = increment > 0 ? Math.max(this.indent, 0) + increment : 0;
    let breaks = this.scanBlockBreaks(indent, start);
    indent = breaks.indent;
    const parts: string[] = [];
    let lead = '';
    let afterBlank = false;
    let end = breaks.end;
    while (this.column === indent && !this.atEnd()) {
      const beforeBlank = this.isBlank();
      if (!literal && lead === '\n' && !afterBlank && !beforeBlank) {
        if (breaks.text === '') parts.push(' ');
      } else {
        parts.push(lead);
      }
      parts.push(breaks.text);
      afterBlank = beforeBlank;
      const from = this.offset;
      this.skipLine();
      parts.push(this.text.slice(from, this.offset));
      lead = this.atEnd() ? '' : this.readBreak();
      breaks = this.scanBlockBreaks(indent, start);
      end = breaks.end;
    }
    if (chomping !== '-') parts.push(lead);
    if (chomping === '+') parts.push(breaks.text);
    return { kind: 'scalar', start, end, value: parts.join(''), style: literal ? 'literal' : 'folded' };
  }

  private scanBlockHeader(start: Mark): { chomping: string; increment: number } {
    let chomping = '';
    let increment = 0;
    const chomp = () => {
      if (chomping === '' && (this.is('+') || this.is('-'))) chomping = this.read();
    };
    chomp();
    if (this.isDigit()) {
      if (this.is('0')) this.fail(start, 'found an indentation indicator equal to 0');
      increment = Number(this.read());
      chomp();
    }
    this.skipBlanks();
    this.skipComment();
    if (!this.isBreakOrEnd()) this.fail(start, 'did not find expected comment or line break');
    if (this.isBreak()) this.readBreak();
    return { chomping, increment };
  }

  /** Empty lines; the first line with content settles the indentation where it is not known (0). */
  private scanBlockBreaks(indent: number, start: Mark): { text: string; indent: number; end: Mark } {
    let text = '';
    let widest = 0;
    let end = this.mark;
    for (;;) {
      while ((indent === 0 || this.column < indent) && this.isSpace()) this.skip();
      widest = Math.max(widest, this.column);
      if ((indent === 0 || this.column < indent) && this.isTab()) {
        this.fail(start, 'found a tab character where an indentation space is expected');
      }
      if (!this.isBreak()) break;
      text += this.readBreak();
      end = this.mark;
    }
    return { text, indent: indent === 0 ? Math.max(widest, this.indent + 1, 1) : indent, end };
  }

  protected scanQuoted(single: boolean): Token {
    const start = this.mark;
    const quote = single ? "'" : '"';
    this.skip();
    const parts: string[] = [];
    const gap = new Gap();
    for (;;) {
      if (this.atDocumentIndicator()) this.fail(start, 'found unexpected document indicator');
      if (this.atEnd()) this.fail(start, 'found unexpected end of stream');
      let overLines = this.scanQuotedWord(single, start, parts);
      if (this.is(quote)) break;
      overLines = this.scanGap(gap, overLines);
      parts.push(gap.take(overLines));
    }
    this.skip();
    return { kind: 'scalar', start, end: this.mark, value: parts.join(''), style: single ? 'single' : 'double' };
  }

  /** Up to the next blank or quote; whether it ended with an escaped line break. */
  private scanQuotedWord(single: boolean, start: Mark, parts: string[]): boolean {
    while (!this.isBlankOrEnd()) {
      if (single && this.is("'")) {
        if (!this.is("'", 1)) return false;
        parts.push("'");
        this.skip(2);
      } else if (!single && this.is('"')) {
        return false;
      } else if (!single && this.is('\\')) {
        if (this.isBreak(1)) {
          this.skip();
          this.readBreak();
          return true;
        }
        parts.push(this.scanEscape(start));
      } else {
        const from = this.offset;
        this.skip();
        this.skipRun(single ? singleStops : doubleStops);
        parts.push(this.text.slice(from, this.offset));
      }
    }
    return false;
  }

  private scanEscape(start: Mark): string {
    const name = String.fromCharCode(this.peek(1));
    const length = escapedCodes[name];
    const plain = escapes[name];
    if (length === undefined && (plain === undefined || this.atEnd(1))) {
      this.fail(start, 'found unknown escape character');
    }
    this.skip(2);
    if (length === undefined) return plain ?? '';
    const hex = this.text.slice(this.offset, this.offset + length);
    if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length < length) {
      this.fail(start, 'did not find expected hexdecimal number');
    }
    const code = parseInt(hex, 16);
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
      this.fail(start, 'found invalid Unicode character escape code');
    }
    this.skip(length);
    return String.fromCodePoint(code);
  }

  protected scanPlain(): Token {
    const start = this.mark;
    const indent = this.indent + 1;
    const stops = this.flowLevel > 0 ? plainStopsInFlow : plainStops;
    const gap = new Gap();
    let value = '';
    let end = start;
    let overLines = false;
    for (;;) {
      if (this.atDocumentIndicator() || this.is('#')) break;
      const from = this.offset;
      for (this.skipRun(stops); !this.isBlankOrEnd() && !this.endsPlain(); this.skipRun(stops)) this.skip();
      if (this.offset > from) {
        value += gap.take(overLines) + this.text.slice(from, this.offset);
        overLines = false;
        end = this.mark;
      }
      if (!this.isBlank() && !this.isBreak()) break;
      overLines = this.scanGap(gap, overLines, { indent, start });
      if (this.flowLevel === 0 && this.column < indent) break;
    }
    if (overLines) this.simpleKeyAllowed = true;
    return { kind: 'scalar', start, end, value, style: 'plain' };
  }

  private endsPlain(): boolean {
    if (this.is(':')) return this.isBlankOrEnd(1);
    return this.flowLevel > 0 && ',?[]{}'.includes(String.fromCharCode(this.peek()));
  }

  /** Blanks and line breaks; returns whether there was a line break. After one, no tab may stand in a plain scalar's indentation. */
  private scanGap(gap: Gap, overLines: boolean, plain?: { readonly indent: number; readonly start: Mark }): boolean {
    for (;;) {
      if (overLines) this.skipSpaces();
      if (this.isBlank()) {
        if (overLines && plain && this.isTab() && this.column < plain.indent) {
          this.fail(plain.start, 'found a tab character that violates indentation');
        }
        if (overLines) this.skip();
        else gap.blanks += this.read();
      } else if (!this.isBreak()) {
        return overLines;
      } else if (overLines) {
        gap.others += this.readBreak();
      } else {
        gap.blanks = '';
        gap.first = this.readBreak();
        overLines = true;
      }
    }
  }

  /** `---` or `...` at the start of a line. */
  protected atDocumentIndicator(): boolean {
    if (this.column !== 0 || (!this.is('-') && !this.is('.'))) return false;
    const code = this.peek();
    return this.peek(1) === code && this.peek(2) === code && this.isBlankOrEnd(3);
  }
}
