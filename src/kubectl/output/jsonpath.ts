import { isObject } from '@/kubernetes/api/object';
import { goJson, sortedKeys } from './go-json';
import { type Node, type Operand, type Step, parseJsonPath } from './jsonpath-parse';

/** A path that cannot be followed; the message is upstream's. */
export class JsonPathFailure extends Error {}

/**
 * Fills in a JSONPath template. `missing`: what a key that is not there gives: nothing (kubectl's default) or a
 * failure. Upstream: client-go/util/jsonpath/jsonpath.go. Throws JsonPathSyntax, JsonPathFailure.
 */
export function jsonPath(template: string, root: unknown, missing: 'nothing' | 'failure' = 'nothing'): string {
  return new Run(root, missing).print(parseJsonPath(template), root);
}

/** The values a single path finds, in order. */
export function findPath(steps: readonly Step[], root: unknown, missing: 'nothing' | 'failure' = 'nothing'): unknown[] {
  return new Run(root, missing).follow(steps, [root]);
}

class Run {
  constructor(
    private readonly root: unknown,
    private readonly missing: 'nothing' | 'failure',
  ) {}

  print(nodes: readonly Node[], current: unknown): string {
    let out = '';
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (!node) break;
      if (node.type === 'text') out += node.text;
      else if (node.type === 'list') {
        out += this.follow(node.steps, [current]).map(printed).join(' ');
      } else if (node.type === 'range') {
        const end = matchingEnd(nodes, i);
        const body = nodes.slice(i + 1, end);
        out += this.follow(node.over, [current])
          .map((item) => this.print(body, item))
          .join('');
        i = end;
      } else throw new JsonPathFailure('not in range, nothing to end');
    }
    return out;
  }

  follow(steps: readonly Step[], start: readonly unknown[]): unknown[] {
    let values: unknown[] = [...start];
    for (const step of steps) values = this.step(step, values);
    return values;
  }

  private step(step: Step, values: readonly unknown[]): unknown[] {
    switch (step.type) {
      case 'root':
        return [this.root];
      case 'literal':
        return [step.value];
      case 'field':
        return values.flatMap((value) => this.field(value, step.name));
      case 'wildcard':
        return values.flatMap(children);
      case 'recursive':
        return values.flatMap(descendants);
      case 'index':
        return values.flatMap((value) => this.slice(value, step.index, step.index + 1, 1));
      case 'slice':
        return values.flatMap((value) => this.slice(value, step.from, step.to, step.step ?? 1));
      case 'union':
        return step.paths.flatMap((path) => this.follow(path, values));
      case 'filter':
        return values.flatMap((value) =>
          (Array.isArray(value) ? value : children(value)).filter((item) => this.holds(step, item)),
        );
    }
  }

  private field(value: unknown, name: string): unknown[] {
    if (isObject(value) && value[name] !== undefined) return [value[name]];
    // A list has no fields: upstream says nothing about it and finds nothing.
    if (this.missing === 'failure' && isObject(value)) throw new JsonPathFailure(`${name} is not found`);
    return [];
  }

  private slice(value: unknown, from: number | undefined, to: number | undefined, step: number): unknown[] {
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) throw new JsonPathFailure(`${goType(value)} is not array or slice`);
    const single = from !== undefined && to === from + 1;
    let start = from ?? 0;
    let end = to ?? value.length;
    if (start < 0) start += value.length;
    if (end < 0 || (single && (from ?? 0) < 0)) end = single ? start + 1 : end + value.length;
    if (single && (start >= value.length || start < 0)) {
      throw new JsonPathFailure(`array index out of bounds: index ${start}, length ${value.length}`);
    }
    const out: unknown[] = [];
    for (let i = start; i < Math.min(end, value.length); i += step) out.push(value[i]);
    return out;
  }

  private holds(step: Extract<Step, { type: 'filter' }>, item: unknown): boolean {
    const [left] = this.operand(step.left, item);
    if (step.operator === 'exists') return left !== undefined;
    const [right] = this.operand(step.right ?? [], item);
    if (left === undefined || right === undefined) return false;
    return compare(left, step.operator, right);
  }

  private operand(steps: Operand, item: unknown): unknown[] {
    const [first] = steps;
    if (first?.type === 'literal') return [first.value];
    return new Run(this.root, 'nothing').follow(steps, [item]);
  }
}

function matchingEnd(nodes: readonly Node[], start: number): number {
  let depth = 0;
  for (let i = start; i < nodes.length; i++) {
    if (nodes[i]?.type === 'range') depth++;
    if (nodes[i]?.type === 'end' && --depth === 0) return i;
  }
  return nodes.length;
}

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? sortedKeys(value).map((key) => value[key]) : [];
}

function descendants(value: unknown): unknown[] {
  return [value, ...children(value).flatMap(descendants)];
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  const comparable = typeof left === 'number' && typeof right === 'number';
  const a = comparable ? left : printed(left);
  const b = comparable ? right : printed(right);
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? goJson(value) : String(value as number | boolean);
}

function goType(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return 'map[string]interface {}';
}
