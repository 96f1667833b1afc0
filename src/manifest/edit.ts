import { ParsedDocument } from './document';
import { locate } from './locate';
import type { FieldPath, ManifestDocument, TextEdit } from './manifest';
import { parsePath } from './path';
import type { MappingNode, YamlNode } from './yaml/node';
import { resolveScalar } from './yaml/resolve';

/**
 * Edits that set one field and leave everything else, comments included, as it is. A field that is missing is added to
 * its parent; missing parents are added with it. Empty when the document has no tree or the path leads nowhere.
 */
export function editValue(document: ManifestDocument, path: FieldPath | string, value: unknown): TextEdit[] {
  if (!(document instanceof ParsedDocument) || !document.root) return [];
  const steps = typeof path === 'string' ? parsePath(path) : path;
  const { node, found, steps: reached } = locate(document.root, steps);
  if (found) return [replaceNode(document, node, value)];
  const [next, ...rest] = steps.slice(reached);
  if (typeof next !== 'string' || rest.some((step) => typeof step === 'number')) return [];
  const nested = [...rest].reverse().reduce<unknown>((inner, step) => ({ [step]: inner }), value);
  const target = node.kind === 'alias' ? undefined : node;
  if (target?.kind === 'mapping') return [addPair(document, target, next, nested)];
  // A key without a value: what is missing becomes its value.
  if (target?.kind === 'scalar' && target.value === '' && target.style === 'plain') {
    return [replaceNode(document, target, { [next]: nested })];
  }
  return [];
}

/** Edits that take a field out, with the lines that hold nothing else. */
export function removeField(document: ManifestDocument, path: FieldPath | string): TextEdit[] {
  if (!(document instanceof ParsedDocument) || !document.root) return [];
  const steps = typeof path === 'string' ? parsePath(path) : path;
  const { node, key, found, parents } = locate(document.root, steps);
  const parent = parents.at(-1);
  if (!found || !parent) return [];
  const { text } = document.chunk;
  const start = key?.start ?? node.start;
  const flow = parent.kind !== 'scalar' && parent.kind !== 'alias' && parent.flow;
  const siblings =
    parent.kind === 'mapping' ? parent.pairs.length : parent.kind === 'sequence' ? parent.items.length : 0;
  if (!flow && siblings === 1) {
    const empty = parent.kind === 'mapping' ? '{}' : '[]';
    return [{ range: document.rangeOfText(parent.start, Math.max(node.end, parent.end)), newText: empty }];
  }
  if (flow) return [{ range: document.rangeOfText(...withComma(text, start, node.end)), newText: '' }];
  return [removeLines(document, parent, start, node.end, key !== undefined)];
}

function removeLines(document: ParsedDocument, parent: YamlNode, start: number, end: number, pair: boolean): TextEdit {
  const { text } = document.chunk;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineBreak = text.indexOf('\n', end);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak + 1;
  const first = pair && parent.kind === 'mapping' && parent.pairs[0]?.key.start === start;
  const before = text.slice(lineStart, start);
  // The first key of a list item stands behind its dash: the next key moves up to it.
  if (first && before.trim() !== '') {
    const next = parent.pairs[1]?.key.start ?? lineEnd;
    return { range: document.rangeOfText(start, next), newText: '' };
  }
  return { range: document.rangeOfText(lineStart, lineEnd), newText: '' };
}

/** An item of a flow collection and one of the commas beside it. */
function withComma(text: string, start: number, end: number): [number, number] {
  const after = /^\s*,\s*/.exec(text.slice(end));
  if (after) return [start, end + after[0].length];
  const before = /,\s*$/.exec(text.slice(0, start));
  return [before ? before.index : start, end];
}

function replaceNode(document: ParsedDocument, node: YamlNode, value: unknown): TextEdit {
  const { text } = document.chunk;
  // An empty value stands right behind its colon.
  const bare = node.start === node.end && /[:-]$/.test(text.slice(0, node.start));
  return { range: document.rangeOfText(node.start, node.end), newText: `${bare ? ' ' : ''}${yamlText(value)}` };
}

function addPair(document: ParsedDocument, node: MappingNode, name: string, value: unknown): TextEdit {
  const { text } = document.chunk;
  const pair = `${yamlText(name)}: ${yamlText(value)}`;
  if (node.flow) {
    const at = node.end - 1;
    return { range: document.rangeOfText(at, at), newText: node.pairs.length > 0 ? `, ${pair}` : pair };
  }
  const last = node.pairs.at(-1);
  const end = last ? Math.max(last.value.end, last.key.end) : node.end;
  const column = node.start - (text.lastIndexOf('\n', node.start - 1) + 1);
  const lineBreak = text.indexOf('\n', Math.max(end - 1, 0));
  const at = lineBreak < 0 ? text.length : lineBreak;
  return { range: document.rangeOfText(at, at), newText: `\n${' '.repeat(column)}${pair}` };
}

/** A value on one line of YAML. */
export function yamlText(value: unknown): string {
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(yamlText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, item]) => `${yamlText(key)}: ${yamlText(item)}`);
    return `{${pairs.join(', ')}}`;
  }
  return String(value);
}

/** Whether a text needs no quotes: it must read as itself, inside brackets as well. */
function isPlain(text: string): boolean {
  if (!/^[A-Za-z0-9_./][\w./:@+-]*(?: [\w./@+-]+)*$/.test(text) || /:$|: /.test(text)) return false;
  const node = { kind: 'scalar', start: 0, end: 0, value: text, tag: '', implicit: true, style: 'plain' } as const;
  return resolveScalar(node).tag === 'str';
}
