import { isObject } from '../../api/object';
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
    case 'map': {
      if (!isObject(value)) return [`${at}expected map, got &{${goText(value)}}`];
      return Object.entries(value).flatMap(([name, item]) => {
        if (inner.kind === 'map') return typedProblems(item, inner.element, `${path}.${name}`);
        const field = inner.fields.get(name)?.field;
        if (!field) return [`${path}.${name}: field not declared in schema`];
        return typedProblems(item, field.type, `${path}.${name}`, field.rules);
      });
    }
    case 'slice': {
      if (!Array.isArray(value)) return [`${at}expected list, got &{${goText(value)}}`];
      const shape = shapeOf(value, type, rules);
      return value.flatMap((item: unknown, i) => {
        const step = shape.kind === 'associative' ? keyText(keyStep(item, shape.keys, shape.item)) : `[${i}]`;
        return typedProblems(item, inner.element, `${path}${step}`);
      });
    }
    case 'int':
    case 'float64':
      return typeof value === 'number' ? [] : [`${at}expected numeric (int or float), got ${goType(value)}`];
    case 'string':
    case 'bytes':
      return typeof value === 'string'
        ? []
        : [`${at}expected string, got &value.valueUnstructured{Value:${goText(value)}}`];
    case 'bool':
      return typeof value === 'boolean' ? [] : [`${at}expected boolean, got &{${goText(value)}}`];
    default:
      return [];
  }
}

/** `[name="web"]` */
function keyText(step: string): string {
  const key: unknown = JSON.parse(step.slice(2));
  const pairs = isObject(key) ? Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`) : [];
  return `[${pairs.join(',')}]`;
}

function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isObject(value))
    return `map[${Object.entries(value)
      .map(([key, item]) => `${key}:${goText(item)}`)
      .join(' ')}]`;
  return String(value as string | number | boolean);
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'bool' : 'map[string]interface {}';
}
