import { CollectionParser } from './collection-parser';
import { emptyScalar, type Event } from './event';
import type { TokenKind } from './token';

const defaultTags: readonly (readonly [handle: string, prefix: string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

/** Turns tokens into events. Upstream: go.yaml.in/yaml/v2 parserc.go */
export class Parser extends CollectionParser {
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
    return emptyScalar(token.start);
  }

  private documentEnd(): Event {
    const token = this.peek();
    if (token.kind === 'document-end') this.scanner.skipToken();
    this.tags = new Map();
    this.state = 'document-start';
    return { kind: 'document-end', start: token.start, end: token.kind === 'document-end' ? token.end : token.start };
  }
}
