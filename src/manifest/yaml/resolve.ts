import { YamlError } from './error';
import type { ScalarNode } from './node';

/** Types that a scalar can turn out to have; every other tag leaves it text. */
export type ScalarTag = 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp' | 'binary' | 'merge' | 'other';

export interface Resolved {
  readonly tag: ScalarTag;
  readonly value: string | number | boolean | null;
}

const prefix = 'tag:yaml.org,2002:';

/** YAML 1.1's words, as go-yaml knows them. Upstream: go.yaml.in/yaml/v2 resolve.go */
const words = new Map<string, Resolved>();
function add(value: Resolved['value'], tag: ScalarTag, ...spellings: string[]): void {
  for (const spelling of spellings) words.set(spelling, { tag, value });
}
add(true, 'bool', 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON');
add(false, 'bool', 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF');
add(null, 'null', '', '~', 'null', 'Null', 'NULL');
add(NaN, 'float', '.nan', '.NaN', '.NAN');
add(Infinity, 'float', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF');
add(-Infinity, 'float', '-.inf', '-.Inf', '-.INF');
add('<<', 'merge', '<<');

/** What a scalar is. Throws YamlError where its tag forbids its text. */
export function resolveScalar(node: ScalarNode): Resolved {
  if (node.tag === '' && !node.implicit) return { tag: 'str', value: node.value };
  const wanted = tagName(node.tag);
  if (wanted === 'binary') return { tag: 'binary', value: decodeBinary(node) };
  if (wanted === 'other' || wanted === 'merge') return { tag: wanted, value: node.value };
  if (wanted === 'str') return { tag: 'str', value: node.value };
  const found = resolvePlain(node.value, wanted === undefined || wanted === 'timestamp');
  if (wanted === undefined || wanted === found.tag) return found;
  if (wanted === 'float' && found.tag === 'int') return { tag: 'float', value: found.value };
  throw new YamlError('value', `cannot decode !!${found.tag} \`${node.value}\` as a !!${wanted}`, node.start);
}

const known: readonly ScalarTag[] = ['str', 'bool', 'int', 'float', 'null', 'timestamp', 'binary', 'merge'];

/** Undefined for no tag at all. */
function tagName(tag: string): ScalarTag | undefined {
  if (tag === '') return undefined;
  const name = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
  return known.find((one) => one === name) ?? 'other';
}

/** Whether a text is anything else but text can only be where it begins so. */
const hinting = new Set('-+0123456789.yYnNtTfFoO~<');
const longestWord = Math.max(...[...words.keys()].map((word) => word.length));

function resolvePlain(text: string, timestamps: boolean): Resolved {
  const string: Resolved = { tag: 'str', value: text };
  if (text !== '' && !hinting.has(text.charAt(0))) return string;
  const word = text.length <= longestWord ? words.get(text) : undefined;
  if (word) return word;
  if (text.startsWith('.')) {
    return /^\.[0-9]+([eE][-+]?[0-9]+)?$/.test(text) ? (floatOf(text) ?? string) : string;
  }
  if (!/^[-+0-9]/.test(text)) return string;
  if (simpleInteger.test(text)) return { tag: 'int', value: Number(text) };
  if (timestamps && isTimestamp(text)) return { tag: 'timestamp', value: text };
  const plain = text.replaceAll('_', '');
  return integerOf(plain) ?? (decimal.test(plain) ? floatOf(plain) : undefined) ?? string;
}

const decimal = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const largest = 2n ** 64n - 1n;
/** The integers of nearly all manifests: exact as they are. */
const simpleInteger = /^(?:0|[1-9][0-9]{0,14})$/;

/** Go's ParseInt and ParseUint with base 0: `0x`, `0b`, `0o` and a leading 0 for octal. */
function integerOf(text: string): Resolved | undefined {
  const match = integer.exec(text);
  if (!match) return undefined;
  const [, sign = '', digits = '0'] = match;
  const octal = /^0[0-7]+$/.test(digits);
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  // Only unsigned numbers may use the 64th bit, and they are written without a sign.
  const fits = sign === '-' ? magnitude <= 2n ** 63n : magnitude <= (sign === '+' ? 2n ** 63n - 1n : largest);
  if (!fits) return undefined;
  return { tag: 'int', value: sign === '-' ? (magnitude === 0n ? 0 : -Number(magnitude)) : Number(magnitude) };
}

function floatOf(text: string): Resolved | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? { tag: 'float', value } : undefined;
}

/** The formats go-yaml reads as a point in time; in JSON they stay text. Upstream: resolve.go `parseTimestamp` */
function isTimestamp(text: string): boolean {
  const match = /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt ])(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)?)?$/.exec(text);
  if (!match) return false;
  const [, year, month, day, separator, hour, minute, second, zone] = match;
  if (separator !== undefined && (separator === ' ') !== (zone === undefined)) return false;
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const days = lengths[Number(month) - 1] ?? 0;
  const clock = Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60 && Number(second ?? 0) < 60;
  return Number(day) >= 1 && Number(day) <= days && clock;
}

/** Base64 to text; every byte that is no UTF-8 becomes a replacement character, as in Go's JSON. */
function decodeBinary(node: ScalarNode): string {
  const text = node.value.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new YamlError('value', '!!binary value contains invalid base64 data', node.start);
  }
  return utf8(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}

function utf8(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    try {
      text += decoder.decode(bytes.subarray(at, at + length));
      at += length;
    } catch {
      text += '\ufffd';
      at++;
    }
  }
  return text;
}
