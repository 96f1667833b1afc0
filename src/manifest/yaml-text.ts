import { resolveScalar } from './yaml/resolve';

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
