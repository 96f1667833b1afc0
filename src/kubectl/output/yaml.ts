import { isObject } from '@/kubernetes/api/object';
import { yamlKeys } from './yaml-keys';
import { scalarText } from './yaml-scalar';

/**
 * YAML as sigs.k8s.io/yaml writes it: keys in natural order, lists not indented under their key, empty collections in flow
 * style. Ends with a line break.
 */
export function toYaml(value: unknown): string {
  if (isObject(value) && yamlKeys(value).length > 0) return mapping(value, 0).join('\n').concat('\n');
  if (Array.isArray(value) && value.length > 0) return sequence(value, 0).join('\n').concat('\n');
  return `${inline(value, 0, 0)}\n`;
}

function mapping(value: { readonly [key: string]: unknown }, indent: number): string[] {
  const margin = ' '.repeat(indent);
  return yamlKeys(value).flatMap((key) => {
    const name = `${margin}${scalarText(key, { indent, column: indent, key: true })}:`;
    const child = value[key];
    if (Array.isArray(child) && child.length > 0) return [name, ...sequence(child, indent)];
    if (isObject(child) && yamlKeys(child).length > 0) return [name, ...mapping(child, indent + 2)];
    return `${name} ${inline(child, indent, name.length + 1)}`.split('\n');
  });
}

function sequence(items: readonly unknown[], indent: number): string[] {
  const margin = ' '.repeat(indent);
  return items.flatMap((item) => {
    const block =
      isObject(item) && yamlKeys(item).length > 0
        ? mapping(item, indent + 2)
        : Array.isArray(item) && item.length > 0
          ? sequence(item, indent + 2)
          : undefined;
    if (!block) return `${margin}- ${inline(item, indent, indent + 2)}`.split('\n');
    const [first = '', ...rest] = block;
    return [`${margin}- ${first.slice(indent + 2)}`, ...rest];
  });
}

function inline(value: unknown, indent: number, column: number): string {
  if (typeof value === 'string') return scalarText(value, { indent, column, key: false });
  if (Array.isArray(value)) return '[]';
  if (isObject(value)) return '{}';
  if (value === undefined || value === null) return 'null';
  return typeof value === 'number' ? String(value).replace(/e([+-])(\d)$/, 'e$10$2') : String(value as boolean); // what else JSON has
}
