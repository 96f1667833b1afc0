import { emptyScalar, type Event } from './event';
import { NodeParser } from './node-parser';
import type { TokenKind } from './token';

/** What may stand where a value is missing. */
const afterDash: readonly TokenKind[] = ['block-entry', 'block-end'];
const afterIndentlessDash: readonly TokenKind[] = ['block-entry', 'key', 'value', 'block-end'];
const afterKeyOrValue: readonly TokenKind[] = ['key', 'value', 'block-end'];

/** Sequences and mappings, in blocks and in brackets. */
export class CollectionParser extends NodeParser {
  protected blockSequenceEntry(): Event {
    const token = this.peek();
    if (token.kind === 'block-entry') {
      return this.entry('block-sequence-entry', afterDash, true, false);
    }
    if (token.kind === 'block-end') return this.close('sequence-end', token);
    return this.fail("did not find expected '-' indicator", token, this.marks.pop());
  }

  protected indentlessSequenceEntry(): Event {
    const token = this.peek();
    if (token.kind === 'block-entry') {
      return this.entry('indentless-sequence-entry', afterIndentlessDash, true, false);
    }
    this.leave();
    return { kind: 'sequence-end', start: token.start, end: token.start };
  }

  protected blockMappingKey(): Event {
    const token = this.peek();
    if (token.kind === 'key') return this.entry('block-mapping-value', afterKeyOrValue, true, true);
    if (token.kind === 'block-end') return this.close('mapping-end', token);
    return this.fail('did not find expected key', token, this.marks.pop());
  }

  protected blockMappingValue(): Event {
    const token = this.peek();
    if (token.kind === 'value') return this.entry('block-mapping-key', afterKeyOrValue, true, true);
    this.state = 'block-mapping-key';
    return emptyScalar(token.start);
  }

  protected flowSequenceEntry(first: boolean): Event {
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

  protected flowPairKey(): Event {
    const token = this.peek();
    if (token.kind !== 'value' && token.kind !== 'flow-entry' && token.kind !== 'flow-sequence-end') {
      this.states.push('flow-pair-value');
      return this.node(false, false);
    }
    this.scanner.skipToken();
    this.state = 'flow-pair-value';
    return emptyScalar(token.end);
  }

  protected flowPairValue(): Event {
    let token = this.peek();
    if (token.kind === 'value') {
      token = this.after();
      if (token.kind !== 'flow-entry' && token.kind !== 'flow-sequence-end') {
        this.states.push('flow-pair-end');
        return this.node(false, false);
      }
    }
    this.state = 'flow-pair-end';
    return emptyScalar(token.start);
  }

  protected flowPairEnd(): Event {
    const { start } = this.peek();
    this.state = 'flow-sequence-entry';
    return { kind: 'mapping-end', start, end: start };
  }

  protected flowMappingKey(first: boolean): Event {
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
        return emptyScalar(token.start);
      }
      if (token.kind !== 'flow-mapping-end') {
        this.states.push('flow-mapping-empty-value');
        return this.node(false, false);
      }
    }
    return this.close('mapping-end', token);
  }

  protected flowMappingValue(isEmpty: boolean): Event {
    let token = this.peek();
    if (!isEmpty && token.kind === 'value') {
      token = this.after();
      if (token.kind !== 'flow-entry' && token.kind !== 'flow-mapping-end') {
        this.states.push('flow-mapping-key');
        return this.node(false, false);
      }
    }
    this.state = 'flow-mapping-key';
    return emptyScalar(token.start);
  }
}
