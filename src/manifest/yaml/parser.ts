import type { Mark } from './cursor';
import { YamlError } from './error';
import { Scanner } from './scanner';
import type { ScalarStyle, Token, TokenKind } from './token';

export type EventKind =
  | 'stream-start'
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'alias'
  | 'scalar'
  | 'sequence-start'
  | 'sequence-end'
  | 'mapping-start'
  | 'mapping-end';

export interface Event {
  readonly kind: EventKind;
  readonly start: Mark;
  readonly end: Mark;
  readonly anchor?: string;
  readonly tag?: string;
  readonly value?: string;
  readonly style?: ScalarStyle;
  /** A scalar whose type is told by its text. */
  readonly implicit?: boolean;
  /** `[…]` or `{…}` */
  readonly flow?: boolean;
}

type State =
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

const defaultTags: readonly (readonly [handle: string, prefix: string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

/** Turns tokens into events. Upstream: go.yaml.in/yaml/v2 parserc.go */
export class Parser {
  private readonly scanner: Scanner;
  private state: State = 'stream-start';
  private readonly states: State[] = [];
  /** Where the collections that are open began. */
  private readonly marks: Mark[] = [];
  private tags = new Map<string, string>();

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  next(): Event {
    switch (this.state) {
      case 'stream-start': {
        const token = this.take();
        this.state = 'first-document-start';
        return { kind: 'stream-start', start: token.start, end: token.end };
      }
      case 'first-document-start':
        return this.documentStart(true);
      case 'document-start':
        return this.documentStart(false);
      case 'document-content':
        return this.documentContent();
      case 'document-end':
        return this.documentEnd();
      case 'block-node':
        return this.node(true, false);
      case 'block-sequence-first':
        this.marks.push(this.take().start);
        return this.blockSequenceEntry();
      case 'block-sequence-entry':
        return this.blockSequenceEntry();
      case 'indentless-sequence-entry':
        return this.indentlessSequenceEntry();
      case 'block-mapping-first':
        this.marks.push(this.take().start);
        return this.blockMappingKey();
      case 'block-mapping-key':
        return this.blockMappingKey();
      case 'block-mapping-value':
        return this.blockMappingValue();
      case 'flow-sequence-first':
        this.marks.push(this.take().start);
        return this.flowSequenceEntry(true);
      case 'flow-sequence-entry':
        return this.flowSequenceEntry(false);
      case 'flow-pair-key':
        return this.flowPairKey();
      case 'flow-pair-value':
        return this.flowPairValue();
      case 'flow-pair-end':
        return this.flowPairEnd();
      case 'flow-mapping-first':
        this.marks.push(this.take().start);
        return this.flowMappingKey(true);
      case 'flow-mapping-key':
        return this.flowMappingKey(false);
      case 'flow-mapping-value':
        return this.flowMappingValue(false);
      case 'flow-mapping-empty-value':
        return this.flowMappingValue(true);
      case 'end': {
        const { start, end } = this.peek();
        return { kind: 'stream-end', start, end };
      }
    }
  }

  private documentStart(first: boolean): Event {
    let token = this.peek();
    if (!first) while (token.kind === 'document-end') token = this.after();
    if (token.kind === 'stream-end') {
      this.state = 'end';
      return { kind: 'stream-end', start: token.start, end: token.end };
    }
    const explicit =
      !first || token.kind === 'version-directive' || token.kind === 'tag-directive' || token.kind === 'document-start';
    const { start } = token;
    this.directives();
    this.states.push('document-end');
    if (!explicit) {
      this.state = 'block-node';
      return { kind: 'document-start', start, end: start };
    }
    token = this.peek();
    if (token.kind !== 'document-start') this.fail('did not find expected <document start>', token);
    this.scanner.skipToken();
    this.state = 'document-content';
    return { kind: 'document-start', start, end: token.end };
  }

  private directives(): void {
    this.tags = new Map();
    let version = false;
    for (let token = this.peek(); ; token = this.after()) {
      if (token.kind === 'version-directive') {
        if (version) this.fail('found duplicate %YAML directive', token);
        const [major, minor] = token.version ?? [0, 0];
        if (major !== 1 || minor !== 1) this.fail('found incompatible YAML document', token);
        version = true;
      } else if (token.kind === 'tag-directive') {
        const handle = token.value ?? '';
        if (this.tags.has(handle)) this.fail('found duplicate %TAG directive', token);
        this.tags.set(handle, token.suffix ?? '');
      } else {
        break;
      }
    }
    for (const [handle, prefix] of defaultTags) if (!this.tags.has(handle)) this.tags.set(handle, prefix);
  }

  private documentContent(): Event {
    const token = this.peek();
    const ends: readonly TokenKind[] = [
      'version-directive',
      'tag-directive',
      'document-start',
      'document-end',
      'stream-end',
    ];
    if (!ends.includes(token.kind)) return this.node(true, false);
    this.leave();
    return empty(token.start);
  }

  private documentEnd(): Event {
    const token = this.peek();
    if (token.kind === 'document-end') this.scanner.skipToken();
    this.tags = new Map();
    this.state = 'document-start';
    return { kind: 'document-end', start: token.start, end: token.kind === 'document-end' ? token.end : token.start };
  }

  /** A value: an alias, a scalar or the beginning of a collection, with its anchor and tag. */
  private node(block: boolean, indentless: boolean): Event {
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
    const properties = { start, anchor, ...(tag === undefined ? {} : { tag }) };
    if (indentless && token.kind === 'block-entry') {
      this.state = 'indentless-sequence-entry';
      return { kind: 'sequence-start', ...properties, end: token.end };
    }
    switch (token.kind) {
      case 'scalar': {
        this.leave();
        this.scanner.skipToken();
        const implicit = (!tag && token.style === 'plain') || tag === '!';
        return { kind: 'scalar', ...properties, end: token.end, value: token.value, style: token.style, implicit };
      }
      case 'flow-sequence-start':
        this.state = 'flow-sequence-first';
        return { kind: 'sequence-start', ...properties, end: token.end, flow: true };
      case 'flow-mapping-start':
        this.state = 'flow-mapping-first';
        return { kind: 'mapping-start', ...properties, end: token.end, flow: true };
    }
    if (block && token.kind === 'block-sequence-start') {
      this.state = 'block-sequence-first';
      return { kind: 'sequence-start', ...properties, end: token.end };
    }
    if (block && token.kind === 'block-mapping-start') {
      this.state = 'block-mapping-first';
      return { kind: 'mapping-start', ...properties, end: token.end };
    }
    if (anchor !== undefined || tag) {
      this.leave();
      return { kind: 'scalar', ...properties, end, value: '', style: 'plain', implicit: !tag };
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

  private blockSequenceEntry(): Event {
    const token = this.peek();
    if (token.kind === 'block-entry') {
      return this.entry('block-sequence-entry', ['block-entry', 'block-end'], true, false);
    }
    if (token.kind === 'block-end') return this.close('sequence-end', token);
    return this.fail("did not find expected '-' indicator", token, this.marks.pop());
  }

  private indentlessSequenceEntry(): Event {
    const token = this.peek();
    if (token.kind === 'block-entry') {
      return this.entry('indentless-sequence-entry', ['block-entry', 'key', 'value', 'block-end'], true, false);
    }
    this.leave();
    return { kind: 'sequence-end', start: token.start, end: token.start };
  }

  private blockMappingKey(): Event {
    const token = this.peek();
    if (token.kind === 'key') return this.entry('block-mapping-value', ['key', 'value', 'block-end'], true, true);
    if (token.kind === 'block-end') return this.close('mapping-end', token);
    return this.fail('did not find expected key', token, this.marks.pop());
  }

  private blockMappingValue(): Event {
    const token = this.peek();
    if (token.kind === 'value') return this.entry('block-mapping-key', ['key', 'value', 'block-end'], true, true);
    this.state = 'block-mapping-key';
    return empty(token.start);
  }

  private flowSequenceEntry(first: boolean): Event {
    let token = this.peek();
    if (token.kind !== 'flow-sequence-end') {
      if (!first) {
        if (token.kind !== 'flow-entry') this.fail("did not find expected ',' or ']'", token, this.marks.pop());
        token = this.after();
      }
      if (token.kind === 'key') {
        this.scanner.skipToken();
        this.state = 'flow-pair-key';
        return { kind: 'mapping-start', start: token.start, end: token.end, flow: true };
      }
      if (token.kind !== 'flow-sequence-end') {
        this.states.push('flow-sequence-entry');
        return this.node(false, false);
      }
    }
    return this.close('sequence-end', token);
  }

  private flowPairKey(): Event {
    const token = this.peek();
    if (token.kind !== 'value' && token.kind !== 'flow-entry' && token.kind !== 'flow-sequence-end') {
      this.states.push('flow-pair-value');
      return this.node(false, false);
    }
    this.scanner.skipToken();
    this.state = 'flow-pair-value';
    return empty(token.end);
  }

  private flowPairValue(): Event {
    let token = this.peek();
    if (token.kind === 'value') {
      token = this.after();
      if (token.kind !== 'flow-entry' && token.kind !== 'flow-sequence-end') {
        this.states.push('flow-pair-end');
        return this.node(false, false);
      }
    }
    this.state = 'flow-pair-end';
    return empty(token.start);
  }

  private flowPairEnd(): Event {
    const { start } = this.peek();
    this.state = 'flow-sequence-entry';
    return { kind: 'mapping-end', start, end: start };
  }

  private flowMappingKey(first: boolean): Event {
    let token = this.peek();
    if (token.kind !== 'flow-mapping-end') {
      if (!first) {
        if (token.kind !== 'flow-entry') this.fail("did not find expected ',' or '}'", token, this.marks.pop());
        token = this.after();
      }
      if (token.kind === 'key') {
        token = this.after();
        if (token.kind !== 'value' && token.kind !== 'flow-entry' && token.kind !== 'flow-mapping-end') {
          this.states.push('flow-mapping-value');
          return this.node(false, false);
        }
        this.state = 'flow-mapping-value';
        return empty(token.start);
      }
      if (token.kind !== 'flow-mapping-end') {
        this.states.push('flow-mapping-empty-value');
        return this.node(false, false);
      }
    }
    return this.close('mapping-end', token);
  }

  private flowMappingValue(isEmpty: boolean): Event {
    let token = this.peek();
    if (!isEmpty && token.kind === 'value') {
      token = this.after();
      if (token.kind !== 'flow-entry' && token.kind !== 'flow-mapping-end') {
        this.states.push('flow-mapping-key');
        return this.node(false, false);
      }
    }
    this.state = 'flow-mapping-key';
    return empty(token.start);
  }

  /** What follows an indicator (`-`, `?`, `:`): a node, or nothing when one of `ends` comes next. */
  private entry(then: State, ends: readonly TokenKind[], block: boolean, indentless: boolean): Event {
    const { end } = this.take();
    if (ends.includes(this.peek().kind)) {
      this.state = then;
      return empty(end);
    }
    this.states.push(then);
    return this.node(block, indentless);
  }

  private close(kind: 'sequence-end' | 'mapping-end', token: Token): Event {
    this.leave();
    this.marks.pop();
    this.scanner.skipToken();
    return { kind, start: token.start, end: token.end };
  }

  private leave(): void {
    this.state = this.states.pop() ?? 'end';
  }

  private peek(): Token {
    return this.scanner.peekToken();
  }

  private take(): Token {
    const token = this.peek();
    this.scanner.skipToken();
    return token;
  }

  /** Skips the current token and looks at the next. */
  private after(): Token {
    this.scanner.skipToken();
    return this.peek();
  }

  private fail(problem: string, { start }: Token, context?: Mark): never {
    throw new YamlError('parser', problem, start.offset, start.line, context?.line ?? 0);
  }
}

function empty(mark: Mark): Event {
  return { kind: 'scalar', start: mark, end: mark, value: '', style: 'plain', implicit: true };
}
