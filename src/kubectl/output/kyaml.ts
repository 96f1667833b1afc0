import { isObject } from '@/kubernetes/api/object';
import { sortedKeys } from '@/kubernetes/strconv/go-json';

/** KYAML: flow style YAML with quoted strings and trailing commas. Upstream: sigs.k8s.io/yaml/kyaml. */
export function toKyaml(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, margin: string): string {
  const inner = `${margin}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    if (value.every((item) => isObject(item) && sortedKeys(item).length > 0)) {
      return `[${value.map((item) => write(item, margin)).join(', ')}]`;
    }
    return `[\n${value.map((item) => `${inner}${write(item, inner)},\n`).join('')}${margin}]`;
  }
  if (isObject(value)) {
    const keys = sortedKeys(value);
    if (keys.length === 0) return '{}';
    return `{\n${keys.map((key) => `${inner}${keyText(key)}: ${write(value[key], inner)},\n`).join('')}${margin}}`;
  }
  if (value === undefined || value === null) return 'null';
  return typeof value === 'string' ? stringText(value, margin) : String(value as number | boolean); // what else JSON has
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\r': '\\r',
  '\v': '\\v',
  '\0': '\\0',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** One line as it is; several folded, each on its own. Upstream: `renderString`. */
function stringText(value: string, margin: string): string {
  const escaped = value.replace(/["\\\p{Cc}\u00a0\u2028\u2029]/gu, (c) =>
    c === '\n' || c === '\t' ? c : (escapes[c] ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`),
  );
  if (!value.includes('\n')) return `"${escaped}"`;
  const lines = escaped.split('\n');
  const last = lines.pop();
  // Space at the front of a line needs its backslash; the others are moved to stand under it.
  const folded = (line: string, end: string) => `${margin}  ${/^[\t ]/.test(line) ? '\\' : ' '}${line}${end}\\\n`;
  return `"\\\n${lines.map((line) => folded(line, '\\n')).join('')}${last ? folded(last, '') : ''}${margin}  "`;
}

/** Keys need quotes where they could be read as something else. Upstream: `needsQuotes`, `isTypeAmbiguous`. */
function keyText(key: string): string {
  const plain = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u.test(key);
  const isWord = /^(?:y|n|t|f|yes|no|on|off|true|false|null|inf|infinity|nan)$/i.test(key);
  const isNumber = !Number.isNaN(Number(key.replaceAll('_', '') || NaN));
  const isTime = /^\d{4}-\d{1,2}-\d{1,2}$/.test(key);
  return plain && !isWord && !isNumber && !isTime ? key : JSON.stringify(key);
}
