import { isObject } from '@/kubernetes/api/object';
import { goFloat, goJson, sortedKeys } from '@/kubernetes/strconv/go-json';
import { goValueText } from './go-syntax';
import { comparison } from './jsonpath-compare';
import { type Node, type Step, parseJsonPath } from './jsonpath-parse';

/** A path that cannot be followed; the message is upstream's. */
export class JsonPathFailure extends Error {}

/** What a key that is not there gives: nothing (kubectl's default) or a failure. */
export type Missing = 'nothing' | 'failure';

/** Writes a template down for an object; `asJson`: every result as an indented list. Throws JsonPathFailure. */
export type JsonPathTemplate = (root: unknown, missing?: Missing, asJson?: boolean) => string;

/** Upstream: client-go/util/jsonpath/jsonpath.go. Throws JsonPathSyntax for a template that cannot be read. */
export function jsonPathTemplate(template: string): JsonPathTemplate {
  const nodes = parseJsonPath(template);
  return (root, missing = 'nothing', asJson = false) =>
    new Run(nodes, missing)
      .results(root, 0)
      .map((values) => (asJson ? `${goJson(values, 4)}\n` : values.map(printed).join(' ')))
      .join('');
}

/** Every value a template finds, in order. */
export function findValues(nodes: readonly Node[], root: unknown): unknown[] {
  return new Run(nodes, 'nothing').results(root, 0).flat();
}

/** Upstream: jsonpath.go `FindResults`: a range runs what follows it once for each of its values, up to its `end`. */
class Run {
  private begun = 0;
  private inside = 0;
  private ended = 0;
  private lastEnd = -1;

  constructor(
    private readonly nodes: readonly Node[],
    private readonly missing: Missing,
  ) {}

  results(data: unknown, from: number): unknown[][] {
    const all: unknown[][] = [];
    for (let i = from; i < this.nodes.length; i++) {
      const node = this.nodes[i];
      if (!node) break;
      const found = node.type === 'text' ? [node.text] : this.follow(node.steps, [data]);
      if (this.ended > 0 && this.ended <= this.inside) {
        this.ended--;
        this.lastEnd = i;
        break;
      }
      if (this.begun > 0) {
        this.begun--;
        this.inside++;
        for (const value of found) all.push(...this.results(value, i + 1));
        // Without a value the nodes are run all the same, so that the end is found.
        if (found.length === 0) this.results(null, i + 1);
        this.inside--;
        if (this.lastEnd > i) i = this.lastEnd;
        continue;
      }
      all.push(found);
    }
    return all;
  }

  private follow(steps: readonly Step[], start: readonly unknown[]): unknown[] {
    let values: unknown[] = [...start];
    for (const step of steps) values = this.step(step, values);
    return values;
  }

  private step(step: Step, values: unknown[]): unknown[] {
    switch (step.type) {
      case 'identifier':
        return this.identifier(step.name, values);
      case 'literal':
        return typeof step.value === 'string' ? [step.value] : values.map(() => step.value);
      case 'field':
        return this.field(step.name, values);
      case 'wildcard':
        return values.flatMap(children);
      case 'recursive':
        return descendants(values);
      case 'array':
        return values.flatMap((value) => slice(step, value));
      case 'union':
        return step.paths.flatMap((path) => this.follow(path, values));
      case 'filter':
        return values.flatMap((value) => this.filter(step, value));
    }
  }

  private identifier(name: string, values: unknown[]): unknown[] {
    if (name === 'range') {
      this.begun++;
      return values;
    }
    if (name !== 'end') throw new JsonPathFailure(`unrecognized identifier ${name}`);
    if (this.inside === 0) throw new JsonPathFailure('not in range, nothing to end');
    this.ended++;
    return [];
  }

  private field(name: string, values: unknown[]): unknown[] {
    const found = values.flatMap((value) => (isObject(value) && value[name] !== undefined ? [value[name]] : []));
    if (found.length === 0 && values.length > 0 && this.missing === 'failure') {
      throw new JsonPathFailure(`${name} is not found`);
    }
    return found;
  }

  private filter({ left, operator, right }: Extract<Step, { type: 'filter' }>, value: unknown): unknown[] {
    if (!Array.isArray(value)) {
      throw new JsonPathFailure(`${goValueText(value)} is not array or slice and cannot be filtered`);
    }
    return value.filter((item: unknown) => {
      if (operator === 'exists') return this.exists(left, item);
      const [a, ...moreLeft] = this.follow(left, [item]);
      if (moreLeft.length > 0) throw new JsonPathFailure('can only compare one element at a time');
      if (a === undefined) return false;
      const [b, ...moreRight] = this.follow(right, [item]);
      if (moreRight.length > 0) throw new JsonPathFailure('can only compare one element at a time');
      if (b === undefined) return false;
      const verdict = comparison(a, operator, b, right[0]?.type === 'literal' && right[0].float === true);
      if (typeof verdict === 'string') throw new JsonPathFailure(verdict);
      return verdict;
    });
  }

  private exists(steps: readonly Step[], item: unknown): boolean {
    try {
      return this.follow(steps, [item]).length > 0;
    } catch (error) {
      if (error instanceof JsonPathFailure) return false;
      throw error;
    }
  }
}

/** Upstream: jsonpath.go `evalArray`. */
function slice({ from, to, step }: Extract<Step, { type: 'array' }>, value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new JsonPathFailure(`${goType(value)} is not array or slice`);
  const { length } = value;
  let start = from ?? 0;
  let end = to === 'next' ? start + 1 : (to ?? length);
  if (start < 0) start += length;
  if (end < 0 || (end === 0 && to === 'next')) end += length;
  if (start === end) return [];
  const outOfBounds = (index: number) =>
    new JsonPathFailure(`array index out of bounds: index ${index}, length ${length}`);
  if (start >= length || start < 0) throw outOfBounds(start);
  if (end > length || end < 0) throw outOfBounds(end - 1);
  if (start > end) throw new JsonPathFailure(`starting index ${start} is greater than ending index ${end}`);
  if (step !== undefined && step <= 0) throw new JsonPathFailure('step must be > 0');
  return value.slice(start, end).filter((_, i) => i % (step ?? 1) === 0);
}

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  // The bytes of a text, as reflection sees them.
  if (typeof value === 'string') return [...new TextEncoder().encode(value)];
  return isObject(value) ? sortedKeys(value).map((key) => value[key]) : [];
}

/** Everything that has something inside, from the outside in. */
function descendants(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => {
    const inner = typeof value === 'string' ? [] : children(value);
    return inner.length === 0 ? [] : [value, ...descendants(inner)];
  });
}

/** Upstream: jsonpath.go `evalToText`. */
function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return goFloat(value);
  return typeof value === 'object' ? goJson(value) : String(value as boolean | undefined); // what else JSON has, or nothing
}

function goType(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return 'map[string]interface {}';
}
