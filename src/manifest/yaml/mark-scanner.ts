import { Cursor, type Mark } from './cursor';
import { YamlError } from './error';
import type { Token } from './token';

/** Anchors, aliases, tags and directives. */
export class MarkScanner extends Cursor {
  /** An error where the scanner stands. */
  protected fail(context: Mark, problem: string): never {
    throw new YamlError('scanner', problem, this.offset, this.line, context.line);
  }

  protected scanAnchor(kind: 'anchor' | 'alias'): Token {
    const start = this.mark;
    this.skip();
    const value = this.readWord();
    const ends = this.isBlankOrEnd() || '?:,]}%@`'.includes(String.fromCharCode(this.peek()));
    if (value === '' || !ends) this.fail(start, 'did not find expected alphabetic or numeric character');
    return { kind, start, end: this.mark, value };
  }

  protected scanTag(): Token {
    const start = this.mark;
    let handle = '';
    let suffix: string;
    if (this.is('<', 1)) {
      this.skip(2);
      suffix = this.scanTagUri('', start);
      if (!this.is('>')) this.fail(start, "did not find the expected '>'");
      this.skip();
    } else {
      handle = this.scanTagHandle(false, start);
      if (handle.length > 1 && handle.endsWith('!')) {
        suffix = this.scanTagUri('', start);
      } else {
        suffix = this.scanTagUri(handle, start);
        handle = '!';
        if (suffix === '') [handle, suffix] = ['', '!'];
      }
    }
    if (!this.isBlankOrEnd()) this.fail(start, 'did not find expected whitespace or line break');
    return { kind: 'tag', start, end: this.mark, value: handle, suffix };
  }

  private scanTagHandle(directive: boolean, start: Mark): string {
    if (!this.is('!')) this.fail(start, "did not find expected '!'");
    let handle = this.read() + this.readWord();
    if (this.is('!')) handle += this.read();
    else if (directive && handle !== '!') this.fail(start, "did not find expected '!'");
    return handle;
  }

  private scanTagUri(head: string, start: Mark): string {
    let uri = head.slice(1);
    let found = head !== '';
    while (this.isWord() || (!this.atEnd() && ";/?:@&=+$,.!~*'()[]%".includes(String.fromCharCode(this.peek())))) {
      uri += this.is('%') ? this.scanEscapedOctets(start) : this.read();
      found = true;
    }
    if (!found) this.fail(start, 'did not find expected tag URI');
    return uri;
  }

  /** `%C3%BC`: one character's octets. */
  private scanEscapedOctets(start: Mark): string {
    let escaped = '';
    let left = 1;
    while (left > 0) {
      const hex = this.text.slice(this.offset + 1, this.offset + 3);
      if (!this.is('%') || !/^[0-9a-fA-F]{2}$/.test(hex)) this.fail(start, 'did not find URI escaped octet');
      const octet = parseInt(hex, 16);
      if (escaped === '') {
        left = octet < 0x80 ? 1 : octet >> 5 === 6 ? 2 : octet >> 4 === 14 ? 3 : octet >> 3 === 30 ? 4 : 0;
        if (left === 0) this.fail(start, 'found an incorrect leading UTF-8 octet');
      } else if (octet >> 6 !== 2) {
        this.fail(start, 'found an incorrect trailing UTF-8 octet');
      }
      escaped += `%${hex}`;
      this.skip(3);
      left--;
    }
    try {
      return decodeURIComponent(escaped);
    } catch {
      return '\ufffd';
    }
  }

  protected scanDirective(): Token {
    const start = this.mark;
    this.skip();
    const name = this.readWord();
    if (name === '') this.fail(start, 'could not find expected directive name');
    if (!this.isBlankOrEnd()) this.fail(start, 'found unexpected non-alphabetical character');
    let token: Token;
    if (name === 'YAML') token = this.scanVersion(start);
    else if (name === 'TAG') token = this.scanTagDirective(start);
    else this.fail(start, 'found unknown directive name');
    this.skipBlanks();
    this.skipComment();
    if (!this.isBreakOrEnd()) this.fail(start, 'did not find expected comment or line break');
    if (this.isBreak()) this.readBreak();
    return token;
  }

  private scanVersion(start: Mark): Token {
    this.skipBlanks();
    const major = this.scanVersionNumber(start);
    if (!this.is('.')) this.fail(start, "did not find expected digit or '.' character");
    this.skip();
    const minor = this.scanVersionNumber(start);
    return { kind: 'version-directive', start, end: this.mark, version: [major, minor] };
  }

  private scanVersionNumber(start: Mark): number {
    let digits = '';
    while (this.isDigit()) {
      if (digits.length === 2) this.fail(start, 'found extremely long version number');
      digits += this.read();
    }
    if (digits === '') this.fail(start, 'did not find expected version number');
    return Number(digits);
  }

  private scanTagDirective(start: Mark): Token {
    this.skipBlanks();
    const value = this.scanTagHandle(true, start);
    if (!this.isBlank()) this.fail(start, 'did not find expected whitespace');
    this.skipBlanks();
    const suffix = this.scanTagUri('', start);
    if (!this.isBlankOrEnd()) this.fail(start, 'did not find expected whitespace or line break');
    return { kind: 'tag-directive', start, end: this.mark, value, suffix };
  }

  private readWord(): string {
    const from = this.offset;
    while (this.isWord()) this.skip();
    return this.text.slice(from, this.offset);
  }
}
