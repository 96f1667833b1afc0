import type { Mark } from './cursor';
import { YamlError } from './error';
import { ScalarScanner } from './scalar-scanner';
import type { Token, TokenKind } from './token';

/** A place where a key without `?` may have begun. */
interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly token: number;
  readonly mark: Mark;
}

// go.yaml.in/yaml/v2 scannerc.go `max_flow_level`, `max_indents`
const deepest = 10_000;
const longestKey = 1024;

/**
 * Turns a text into tokens. It behaves as libyaml's scanner does, mistakes included, because its errors are what
 * kubectl prints. Upstream: go.yaml.in/yaml/v2 scannerc.go
 */
export class Scanner extends ScalarScanner {
  private readonly tokens: Token[] = [];
  private head = 0;
  private taken = 0;
  private started = false;
  private readonly indents: number[] = [];
  private readonly simpleKeys: SimpleKey[] = [];
  private readonly simpleKeysByToken = new Map<number, SimpleKey>();
  /** The next token, once it is sure. */
  private next: Token | undefined;

  /** The next token, without taking it. */
  peekToken(): Token {
    if (this.next) return this.next;
    this.fetchUntilSure();
    const token = (this.next = this.tokens[this.head]);
    if (!token) throw new YamlError('value', 'attempted to go past the end of stream', this.offset);
    return token;
  }

  skipToken(): void {
    this.next = undefined;
    this.head++;
    this.taken++;
    if (this.head > 1024) {
      this.tokens.splice(0, this.head);
      this.head = 0;
    }
  }

  /** A token is sure when no KEY token can still come to stand before it. */
  private fetchUntilSure(): void {
    for (;;) {
      if (this.head !== this.tokens.length) {
        const key = this.simpleKeysByToken.get(this.taken);
        if (!key || !this.isValidKey(key)) return;
      }
      this.fetchToken();
    }
  }

  private fetchToken(): void {
    if (!this.started) {
      this.started = true;
      this.simpleKeyAllowed = true;
      this.simpleKeys.push({ possible: false, required: false, token: 0, mark: this.mark });
      this.add('stream-start', this.mark);
      return;
    }
    this.skipToToken();
    this.unrollIndent(this.column);
    if (this.atEnd()) return this.fetchStreamEnd();
    if (this.column === 0 && this.is('%')) {
      this.endBlocks();
      this.push(this.scanDirective());
      return;
    }
    if (this.atDocumentIndicator()) {
      const kind = this.is('-') ? 'document-start' : 'document-end';
      this.endBlocks();
      this.addIndicator(kind, 3);
      return;
    }
    this.fetchContent();
  }

  private fetchContent(): void {
    const flow = this.flowLevel > 0;
    const character = String.fromCharCode(this.peek());
    switch (character) {
      case '[':
        return this.fetchFlowStart('flow-sequence-start');
      case '{':
        return this.fetchFlowStart('flow-mapping-start');
      case ']':
        return this.fetchFlowEnd('flow-sequence-end');
      case '}':
        return this.fetchFlowEnd('flow-mapping-end');
      case ',':
        this.removeSimpleKey();
        this.simpleKeyAllowed = true;
        return this.addIndicator('flow-entry');
      case '-':
        if (this.isBlankOrEnd(1)) return this.fetchBlockEntry();
        break;
      case '?':
        if (flow || this.isBlankOrEnd(1)) return this.fetchKey();
        break;
      case ':':
        if (flow || this.isBlankOrEnd(1)) return this.fetchValue();
        break;
      case '*':
      case '&':
        this.saveSimpleKey();
        this.simpleKeyAllowed = false;
        this.push(this.scanAnchor(character === '*' ? 'alias' : 'anchor'));
        return;
      case '!':
        this.saveSimpleKey();
        this.simpleKeyAllowed = false;
        this.push(this.scanTag());
        return;
      case '|':
      case '>':
        if (flow) break;
        this.removeSimpleKey();
        this.simpleKeyAllowed = true;
        this.push(this.scanBlockScalar(character === '|'));
        return;
      case "'":
      case '"':
        this.saveSimpleKey();
        this.simpleKeyAllowed = false;
        this.push(this.scanQuoted(character === "'"));
        return;
    }
    if (!this.mayStartPlain(character)) this.fail(this.mark, 'found character that cannot start any token');
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    this.push(this.scanPlain());
  }

  private mayStartPlain(character: string): boolean {
    if (character === '-') return !this.isBlank(1);
    if (character === '?' || character === ':') return this.flowLevel === 0 && !this.isBlankOrEnd(1);
    return !this.isBlankOrEnd() && !',[]{}#&*!|>\'"%@`'.includes(character);
  }

  private skipToToken(): void {
    for (;;) {
      // Tabs are no indentation: not where a key could begin.
      this.skipSpaces();
      while (this.isSpace() || ((this.flowLevel > 0 || !this.simpleKeyAllowed) && this.isTab())) this.skip();
      this.skipComment();
      if (!this.isBreak()) return;
      this.readBreak();
      if (this.flowLevel === 0) this.simpleKeyAllowed = true;
    }
  }

  private fetchStreamEnd(): void {
    if (this.column !== 0) {
      this.column = 0;
      this.line++;
    }
    this.endBlocks();
    this.add('stream-end', this.mark);
  }

  private endBlocks(): void {
    this.unrollIndent(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
  }

  private fetchFlowStart(kind: TokenKind): void {
    this.saveSimpleKey();
    this.simpleKeys.push({ possible: false, required: false, token: this.nextNumber, mark: this.mark });
    this.flowLevel++;
    if (this.flowLevel > deepest) this.fail(this.mark, `exceeded max depth of ${deepest}`);
    this.simpleKeyAllowed = true;
    this.addIndicator(kind);
  }

  private fetchFlowEnd(kind: TokenKind): void {
    this.removeSimpleKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      const key = this.simpleKeys.pop();
      if (key) this.simpleKeysByToken.delete(key.token);
    }
    this.simpleKeyAllowed = false;
    this.addIndicator(kind);
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) this.fail(this.mark, 'block sequence entries are not allowed in this context');
      this.rollIndent(this.column, undefined, 'block-sequence-start', this.mark);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = true;
    this.addIndicator('block-entry');
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) this.fail(this.mark, 'mapping keys are not allowed in this context');
      this.rollIndent(this.column, undefined, 'block-mapping-start', this.mark);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = this.flowLevel === 0;
    this.addIndicator('key');
  }

  private fetchValue(): void {
    const key = this.simpleKeys.at(-1);
    if (key && this.isValidKey(key)) {
      this.insert(key.token, { kind: 'key', start: key.mark, end: key.mark });
      this.rollIndent(key.mark.column, key.token, 'block-mapping-start', key.mark);
      key.possible = false;
      this.simpleKeysByToken.delete(key.token);
      this.simpleKeyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.simpleKeyAllowed) this.fail(this.mark, 'mapping values are not allowed in this context');
        this.rollIndent(this.column, undefined, 'block-mapping-start', this.mark);
      }
      this.simpleKeyAllowed = this.flowLevel === 0;
    }
    this.addIndicator('value');
  }

  /** A key ends on its line and within 1024 characters; where one has to be, its absence is an error. */
  private isValidKey(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line >= this.line && key.mark.index + longestKey >= this.index) return true;
    if (key.required) this.fail(key.mark, "could not find expected ':'");
    key.possible = false;
    return false;
  }

  private saveSimpleKey(): void {
    if (!this.simpleKeyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.column;
    const key = { possible: true, required, token: this.nextNumber, mark: this.mark };
    this.removeSimpleKey();
    this.simpleKeys[this.simpleKeys.length - 1] = key;
    this.simpleKeysByToken.set(key.token, key);
  }

  private removeSimpleKey(): void {
    const key = this.simpleKeys.at(-1);
    if (!key?.possible) return;
    if (key.required) this.fail(key.mark, "could not find expected ':'");
    key.possible = false;
    this.simpleKeysByToken.delete(key.token);
  }

  /** A deeper column opens a block, before token number `before` or at the end. */
  private rollIndent(column: number, before: number | undefined, kind: TokenKind, mark: Mark): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > deepest) this.fail(this.mark, `exceeded max depth of ${deepest}`);
    const token = { kind, start: mark, end: mark };
    if (before === undefined) this.push(token);
    else this.insert(before, token);
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.add('block-end', this.mark);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  /** The number that the next token gets. */
  private get nextNumber(): number {
    return this.taken + (this.tokens.length - this.head);
  }

  private push(token: Token): void {
    this.tokens.push(token);
  }

  private insert(number: number, token: Token): void {
    const { tokens } = this;
    const place = this.head + number - this.taken;
    // Nearly always the last but one: shorter than splicing.
    tokens.push(token);
    for (let i = tokens.length - 1; i > place; i--) tokens[i] = tokens[i - 1] ?? token;
    tokens[place] = token;
  }

  private add(kind: TokenKind, mark: Mark): void {
    this.push({ kind, start: mark, end: mark });
  }

  private addIndicator(kind: TokenKind, length = 1): void {
    const start = this.mark;
    this.skip(length);
    this.push({ kind, start, end: this.mark });
  }
}
