import { YamlError } from './error';
import type { MappingNode, SequenceNode, YamlNode } from './node';
import type { Event } from './event';
import { Parser } from './parser';

/** A collection that is being filled; `key` waits for its value. */
interface Open {
  readonly node: SequenceNode | MappingNode;
  key: YamlNode | undefined;
}

/**
 * The first document of a text as a tree; undefined when there is none. What follows it is not looked at. Throws
 * YamlError. Not recursive: nesting is bounded by the scanner alone. Upstream: go.yaml.in/yaml/v2 decode.go `parser`
 */
export function compose(text: string): YamlNode | undefined {
  const parser = new Parser(text);
  parser.next();
  if (parser.next().kind === 'stream-end') return undefined;
  const anchors = new Map<string, YamlNode>();
  const open: Open[] = [];
  let root: YamlNode | undefined;
  while (root === undefined || open.length > 0) {
    const event = parser.next();
    if (event.kind === 'sequence-end' || event.kind === 'mapping-end') {
      const closed = open.pop();
      if (closed) closed.node.end = endOf(closed.node, event);
      continue;
    }
    const node = nodeOf(event, anchors);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    const parent = open.at(-1);
    if (!parent) root = node;
    else place(parent, node);
    if (node.kind === 'sequence' || node.kind === 'mapping') open.push({ node, key: undefined });
  }
  // Reading the end of the document can still meet an error.
  parser.next();
  return root;
}

function nodeOf(event: Event, anchors: ReadonlyMap<string, YamlNode>): YamlNode {
  const { anchor } = event;
  const start = event.start.offset;
  const end = event.end.offset;
  switch (event.kind) {
    case 'alias': {
      const name = anchor ?? '';
      const target = anchors.get(name);
      if (!target) throw new YamlError('value', `unknown anchor '${name}' referenced`, start);
      return { kind: 'alias', start, end, name, target };
    }
    case 'sequence-start':
      return { kind: 'sequence', start, end, anchor, flow: event.flow === true, items: [] };
    case 'mapping-start':
      return { kind: 'mapping', start, end, anchor, flow: event.flow === true, pairs: [] };
    default: {
      const { value = '', tag = '', implicit = false, style = 'plain' } = event;
      return { kind: 'scalar', start, end, anchor, value, tag, implicit, style };
    }
  }
}

function place(parent: Open, node: YamlNode): void {
  if (parent.node.kind === 'sequence') {
    parent.node.items.push(node);
  } else if (parent.key) {
    parent.node.pairs.push({ key: parent.key, value: node });
    parent.key = undefined;
  } else {
    parent.key = node;
  }
}

/** A flow collection ends with its bracket, a block with its last item. */
function endOf(node: SequenceNode | MappingNode, event: Event): number {
  if (node.flow && event.end.offset > event.start.offset) return event.end.offset;
  const last = node.kind === 'sequence' ? node.items.at(-1) : node.pairs.at(-1)?.value;
  return Math.max(last?.end ?? node.end, node.start);
}
