import { isObject } from '../../api/object';
import { goMap } from '../patch/strategic-merge';
import type { GoType, MergeRules } from '../schema/go-type';
import { keyStep, shapeOf } from './typed-value';

/**
 * What is wrong with an applied configuration as its schema sees it, a line each: undeclared fields and values of the
 * wrong type. Upstream: sigs.k8s.io/structured-merge-diff/typed/validate.go.
 */
export function typedProblems(value: unknown, type: GoType | undefined, path = '', rules?: MergeRules): string[] {
  if (value === null || value === undefined || !type) return [];
  const inner = type.kind === 'pointer' ? type.element : type;
  const at = path === '' ? '' : `${path}: `;
  switch (inner.kind) {
    case 'struct':
    case 'map':
      return isObject(value) ? mapProblems(value, inner, path) : [`${at}expected map, got &{${goMap(value)}}`];
    case 'slice':
      return Array.isArray(value)
        ? listProblems(value, type, inner.element, path, rules)
        : [`${at}expected list, got &{${goMap(value)}}`];
    case 'int':
    case 'float64':
      return typeof value === 'number' ? [] : [`${at}expected numeric (int or float), got ${goType(value)}`];
    case 'string':
    case 'bytes':
      return typeof value === 'string'
        ? []
        : [`${at}expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`];
    case 'bool':
      return typeof value === 'boolean' ? [] : [`${at}expected boolean, got &{${goMap(value)}}`];
    case 'special':
      if (inner.special === 'any') return [];
      return typeof value === 'object' ? [`${at}expected any scalar, got &{${goMap(value)}}`] : [];
    default:
      return [];
  }
}

/** An undeclared field is the last of its map that is looked at. */
function mapProblems(
  value: { readonly [key: string]: unknown },
  type: Extract<GoType, { kind: 'struct' | 'map' }>,
  path: string,
): string[] {
  const problems: string[] = [];
  for (const [name, item] of Object.entries(value)) {
    const field = type.kind === 'struct' ? type.fields.get(name)?.field : { type: type.element, rules: undefined };
    if (!field) return [...problems, `${path}.${name}: field not declared in schema`];
    problems.push(...typedProblems(item, field.type, `${path}.${name}`, field.rules));
  }
  return problems;
}

/** An item that cannot be told from the others ends the list. */
function listProblems(
  list: readonly unknown[],
  type: GoType,
  element: GoType,
  path: string,
  rules: MergeRules | undefined,
): string[] {
  const shape = shapeOf(list, type, rules);
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [i, item] of list.entries()) {
    let step = `[${i}]`;
    if (shape.kind === 'associative' || shape.kind === 'set') {
      const keys = shape.kind === 'associative' ? shape.keys : undefined;
      step =
        shape.kind === 'associative' ? keyText(keyStep(item, shape.keys, shape.item)) : `[=${JSON.stringify(item)}]`;
      const wrong = keys ? wrongItem(item, step, keys) : wrongMember(item);
      if (wrong !== undefined) return [...problems, `${path}: element ${i}: ${wrong}`];
      if (seen.has(step)) problems.push(`${path}: duplicate entries for key ${step}`);
      seen.add(step);
    }
    problems.push(...typedProblems(item, element, `${path}${step}`));
  }
  return problems;
}

/** Upstream `keyedAssociativeListItemToPathElement` */
function wrongItem(item: unknown, step: string, keys: readonly string[]): string | undefined {
  if (item === null) return 'associative list with keys may not have a null element';
  if (!isObject(item)) return 'associative list with keys may not have non-map elements';
  if (step !== '[]') return undefined;
  const names = keys.map((key) => JSON.stringify(key)).join(' ');
  return `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`;
}

/** Upstream `setItemToPathElement` */
function wrongMember(item: unknown): string | undefined {
  if (isObject(item)) return "associative list without keys has an element that's a map type";
  if (Array.isArray(item)) return 'not supported: associative list with lists as elements';
  return item === null ? "associative list without keys has an element that's an explicit null" : undefined;
}

/** `[name="web"]` */
function keyText(step: string): string {
  const key: unknown = JSON.parse(step.slice(2));
  const pairs = isObject(key) ? Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`) : [];
  return `[${pairs.join(',')}]`;
}

/** As Go's `%#v` prints it. */
function goSyntax(value: unknown): string {
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isObject(value)) return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[string]interface {}{${entries.map(([key, item]) => `${JSON.stringify(key)}:${goSyntax(item)}`).join(', ')}}`;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'bool' : 'map[string]interface {}';
}
