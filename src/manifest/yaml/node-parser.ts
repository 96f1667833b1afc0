import type { Mark } from './cursor';
import { YamlError } from './error';
import { emptyScalar, type Event } from './event';
import { Scanner } from './scanner';
import type { Token, TokenKind } from './token';

/** Where the parser stands: what it expects next. */
export type State =
  | 'stream-start'
  | 'first-document-start'
  | 'document-start'
  | 'document-content'
  | 'document-end'
  | 'block-node'
  | 'block-sequence-first'
  | 'block-sequence-entry'
  | 'indentless-sequence-entry'
  | 'block-mapping-first'
  | 'block-mapping-key'
  | 'block-mapping-value'
  | 'flow-sequence-first'
  | 'flow-sequence-entry'
  | 'flow-pair-key'
  | 'flow-pair-value'
  | 'flow-pair-end'
  | 'flow-mapping-first'
  | 'flow-mapping-key'
  | 'flow-mapping-value'
  | 'flow-mapping-empty-value'
  | 'end';

/** What all productions share: the tokens, the stack of states, and nodes with their anchors and tags. */
export class NodeParser {
  protected readonly scanner: Scanner;
  protected state: State = 'stream-start';
  protected readonly states: State[] = [];
  /** Where the collections that are open began. */
  protected readonly marks: Mark[] = [];
  protected tags = new Map<string, string>();

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  /** A value: an alias, a scalar or the beginning of a collection, with its anchor and tag. */
  protected node(block: boolean, indentless: boolean): Event {
    let token = this.peek();
    if (token.kind === 'alias') {
      this.leave();
      this.scanner.skipToken();
      return { kind: 'alias', start: token.start, end: token.end, anchor: token.value };
    }
    const { start } = token;
    let end = start;
    let anchor: string | undefined;
    let tagToken: Token | undefined;
    for (let i = 0; i < 2; i++) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.value;
      else if (token.kind === 'tag' && !tagToken) tagToken = token;
      else break;
      end = token.end;
      token = this.after();
    }
    const tag = tagToken && this.resolveTag(tagToken, start);
    if (indentless && token.kind === 'block-entry') {
      this.state = 'indentless-sequence-entry';
      return { kind: 'sequence-start', start, end: token.end, anchor, tag };
    }
    switch (token.kind) {
      case 'scalar': {
        this.leave();
        this.scanner.skipToken();
        const implicit = (!tag && token.style === 'plain') || tag === '!';
        const { end: last, value, style } = token;
        return { kind: 'scalar', start, end: last, anchor, tag, value, style, implicit };
      }
      case 'flow-sequence-start':
        this.state = 'flow-sequence-first';
        return { kind: 'sequence-start', start, end: token.end, anchor, tag, flow: true };
      case 'flow-mapping-start':
        this.state = 'flow-mapping-first';
        return { kind: 'mapping-start', start, end: token.end, anchor, tag, flow: true };
    }
    if (block && token.kind === 'block-sequence-start') {
      this.state = 'block-sequence-first';
      return { kind: 'sequence-start', start, end: token.end, anchor, tag };
    }
    if (block && token.kind === 'block-mapping-start') {
      this.state = 'block-mapping-first';
      return { kind: 'mapping-start', start, end: token.end, anchor, tag };
    }
    if (anchor !== undefined || tag) {
      this.leave();
      return { kind: 'scalar', start, end, anchor, tag, value: '', style: 'plain', implicit: !tag };
    }
    return this.fail('did not find expected node content', token, start);
  }

  private resolveTag(token: Token, start: Mark): string {
    const { value: handle = '', suffix = '' } = token;
    if (handle === '') return suffix;
    const prefix = this.tags.get(handle);
    const tag = prefix === undefined ? '' : prefix + suffix;
    if (tag === '') this.fail('found undefined tag handle', token, start);
    return tag;
  }

  /** What follows an indicator (`-`, `?`, `:`): a node, or nothing when one of `ends` comes next. */
  protected entry(then: State, ends: readonly TokenKind[], block: boolean, indentless: boolean): Event {
    const { end } = this.take();
    if (ends.includes(this.peek().kind)) {
      this.state = then;
      return emptyScalar(end);
    }
    this.states.push(then);
    return this.node(block, indentless);
  }

  protected close(kind: 'sequence-end' | 'mapping-end', token: Token): Event {
    this.leave();
    this.marks.pop();
    this.scanner.skipToken();
    return { kind, start: token.start, end: token.end };
  }

  protected leave(): void {
    this.state = this.states.pop() ?? 'end';
  }

  protected peek(): Token {
    return this.scanner.peekToken();
  }

  protected take(): Token {
    const token = this.peek();
    this.scanner.skipToken();
    return token;
  }

  /** Skips the current token and looks at the next. */
  protected after(): Token {
    this.scanner.skipToken();
    return this.peek();
  }

  protected fail(problem: string, { start }: Token, context?: Mark): never {
    throw new YamlError('parser', problem, start.offset, start.line, context?.line ?? 0);
  }
}
