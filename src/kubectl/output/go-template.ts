import { isObject } from '@/kubernetes/api/object';
import { goJson, sortedKeys } from './go-json';
import { goValueText } from './go-syntax';

/** A template that cannot be read or run. */
export class GoTemplateFailure extends Error {}

type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly pipeline: string }
  | {
      readonly type: 'block';
      readonly kind: 'if' | 'range' | 'with';
      readonly pipeline: string;
      readonly then: Node[];
      readonly otherwise: Node[];
    };

/** Go's text/template, as far as kubectl's users need it: fields, pipelines, variables, if, range, with. */
export function goTemplate(template: string, data: unknown): string {
  return run(parsed(template), { dot: data, root: data, variables: new Map([['$', data]]) });
}

function parsed(template: string): Node[] {
  const pieces = split(template);
  const { nodes, rest } = parse(pieces, 0, false);
  if (rest !== pieces.length) throw failure('unexpected {{end}}');
  return nodes;
}

interface Scope {
  readonly dot: unknown;
  readonly root: unknown;
  readonly variables: Map<string, unknown>;
}

interface Piece {
  readonly action: boolean;
  readonly text: string;
}

function failure(message: string): GoTemplateFailure {
  return new GoTemplateFailure(`template: output:1: ${message}`);
}

function split(template: string): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const match of template.matchAll(/\{\{(-?)(.*?)(-?)\}\}/gs)) {
    let text = template.slice(at, match.index);
    if (match[1]) text = text.trimEnd();
    const before = out.at(-1);
    if (before?.action && before.text.endsWith('\u0000')) text = text.trimStart();
    out.push({ action: false, text });
    out.push({ action: true, text: (match[2] ?? '').trim() + (match[3] ? '\u0000' : '') });
    at = match.index + match[0].length;
  }
  const last = template.slice(at);
  if (last.includes('{{')) throw failure('unclosed action');
  out.push({ action: false, text: out.at(-1)?.text.endsWith('\u0000') ? last.trimStart() : last });
  return out.map((piece) => ({ ...piece, text: piece.text.replace('\u0000', '') }));
}

function parse(
  pieces: readonly Piece[],
  start: number,
  inBlock: boolean,
): { nodes: Node[]; rest: number; ended: string } {
  const nodes: Node[] = [];
  let i = start;
  while (i < pieces.length) {
    const piece = pieces[i];
    if (!piece) break;
    i++;
    if (!piece.action) {
      if (piece.text) nodes.push({ type: 'text', text: piece.text });
      continue;
    }
    const [word = ''] = piece.text.split(/\s/);
    if (word.startsWith('/*')) continue;
    if (word === 'end' || word === 'else') {
      if (!inBlock) throw failure(`unexpected {{${word}}}`);
      return { nodes, rest: i, ended: piece.text };
    }
    if (word === 'if' || word === 'range' || word === 'with') {
      const body = parse(pieces, i, true);
      let otherwise: Node[] = [];
      i = body.rest;
      if (body.ended.startsWith('else if')) {
        const nested = parse([{ action: true, text: body.ended.slice(5) }, ...pieces.slice(i)], 0, true);
        // The nested `if` took the block's own {{end}}.
        otherwise = nested.nodes.slice(0, 1);
        const used = parse([{ action: true, text: body.ended.slice(5) }, ...pieces.slice(i)], 0, true);
        i += used.rest - 1;
      } else if (body.ended === 'else') {
        const second = parse(pieces, i, true);
        otherwise = second.nodes;
        i = second.rest;
      }
      nodes.push({
        type: 'block',
        kind: word,
        pipeline: piece.text.slice(word.length).trim(),
        then: body.nodes,
        otherwise,
      });
      continue;
    }
    nodes.push({ type: 'print', pipeline: piece.text });
  }
  if (inBlock) throw failure('unexpected EOF');
  return { nodes, rest: i, ended: '' };
}

function run(nodes: readonly Node[], scope: Scope): string {
  return nodes.map((node) => runNode(node, scope)).join('');
}

function runNode(node: Node, scope: Scope): string {
  if (node.type === 'text') return node.text;
  if (node.type === 'print') {
    const assigned = /^(\$\w+)\s*:?=\s*(.*)$/s.exec(node.pipeline);
    if (assigned) {
      scope.variables.set(assigned[1] ?? '', evaluate(assigned[2] ?? '', scope));
      return '';
    }
    return goValueText(evaluate(node.pipeline, scope));
  }
  if (node.kind === 'range') return runRange(node, scope);
  const value = evaluate(node.pipeline, scope);
  if (!truth(value)) return run(node.otherwise, scope);
  return run(node.then, node.kind === 'with' ? { ...scope, dot: value } : scope);
}

function runRange(node: Extract<Node, { type: 'block' }>, scope: Scope): string {
  const named = /^(\$\w+)(?:\s*,\s*(\$\w+))?\s*:=\s*(.*)$/s.exec(node.pipeline);
  const over = evaluate(named ? (named[3] ?? '') : node.pipeline, scope);
  const entries: [unknown, unknown][] = Array.isArray(over)
    ? over.map((item: unknown, i) => [i, item])
    : isObject(over)
      ? sortedKeys(over).map((key) => [key, over[key]])
      : [];
  if (entries.length === 0) return run(node.otherwise, scope);
  return entries
    .map(([key, item]) => {
      const variables = new Map(scope.variables);
      if (named?.[2]) variables.set(named[1] ?? '', key).set(named[2], item);
      else if (named) variables.set(named[1] ?? '', item);
      return run(node.then, { ...scope, dot: item, variables });
    })
    .join('');
}

function truth(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function evaluate(pipeline: string, scope: Scope): unknown {
  let value: unknown;
  for (const [i, command] of splitOutside(pipeline, '|').entries()) {
    const words = splitOutside(command.trim(), ' ').filter((word) => word !== '');
    const [first = '', ...rest] = words;
    const more = i === 0 ? [] : [value];
    const call = functions[first];
    value = call ? call([...rest.map((word) => operand(word, scope)), ...more]) : operand(first, scope);
  }
  return value;
}

function operand(word: string, scope: Scope): unknown {
  if (word.startsWith('(')) {
    const close = word.lastIndexOf(')');
    return fields(evaluate(word.slice(1, close), scope), word.slice(close + 1));
  }
  if (word.startsWith('"')) return JSON.parse(word) as unknown;
  if (word.startsWith('`')) return word.slice(1, -1);
  if (/^[+-]?\d/.test(word)) return Number(word);
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'nil') return undefined;
  if (word.startsWith('$')) {
    const name = /^\$\w*/.exec(word)?.[0] ?? '$';
    if (!scope.variables.has(name)) throw failure(`undefined variable "${name}"`);
    return fields(scope.variables.get(name), word.slice(name.length));
  }
  if (word.startsWith('.')) return fields(scope.dot, word);
  throw failure(`function "${word}" not defined`);
}

function fields(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.').filter((one) => one !== '')) found = isObject(found) ? found[name] : undefined;
  return found;
}

function splitOutside(text: string, separator: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let quote = '';
  let current = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quote) {
      if (c === '\\' && quote === '"') current += c + text.charAt(++i);
      else {
        current += c;
        if (c === quote) quote = '';
      }
      continue;
    }
    if (c === '"' || c === '`') quote = c;
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === separator && depth === 0) {
      out.push(current);
      current = '';
    } else current += c;
  }
  out.push(current);
  return out;
}

const functions: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  index: ([value, ...keys]) =>
    keys.reduce((at: unknown, key) => {
      if (Array.isArray(at)) return at[Number(key)] as unknown;
      return isObject(at) ? at[String(key)] : undefined;
    }, value),
  len: ([value]) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(isObject(value) ? value : {}).length,
  print: (args) => args.map(goValueText).join(' '),
  println: (args) => `${args.map(goValueText).join(' ')}\n`,
  printf: ([format, ...args]) => {
    let next = 0;
    return String(format).replace(/%(-?\d*)([svdqt%])/g, (_, width: string, verb: string) => {
      if (verb === '%') return '%';
      const value = args[next++];
      const text = verb === 'q' ? JSON.stringify(value) : goValueText(value);
      return width.startsWith('-') ? text.padEnd(-Number(width)) : text.padStart(Number(width));
    });
  },
  eq: ([first, ...others]) => others.some((one) => one === first),
  ne: ([a, b]) => a !== b,
  lt: ([a, b]) => Number(a) < Number(b),
  le: ([a, b]) => Number(a) <= Number(b),
  gt: ([a, b]) => Number(a) > Number(b),
  ge: ([a, b]) => Number(a) >= Number(b),
  and: (args) => args.find((one) => !truth(one)) ?? args.at(-1),
  or: (args) => args.find(truth) ?? args.at(-1),
  not: ([value]) => !truth(value),
  exists: ([value, ...keys]) =>
    keys.reduce((at: unknown, key) => (isObject(at) ? at[String(key)] : undefined), value) !== undefined,
  base64decode: ([value]) => atob(String(value)),
  js: ([value]) => goJson(value),
};
