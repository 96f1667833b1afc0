import { KubectlError } from '../errors';
import type { Info } from '../resource/info';
import { nodesOf, relaxedText, valuesAt } from './custom-columns';
import { quantityValue } from './quantity-order';

/**
 * `--sort-by`: stable, missing values first; numbers, times and quantities by their worth, texts in natural order.
 * Upstream: kubectl/pkg/cmd/get/sorter.go.
 */
export function sortedBy(infos: readonly Info[], path: string): Info[] {
  const text = relaxedText(path);
  const nodes = nodesOf(text);
  const keyed = infos.map((info) => ({ info, value: valuesAt(nodes, info.object)[0] }));
  if (keyed.length > 0 && keyed.every(({ value }) => value === undefined)) {
    throw new KubectlError(`couldn't find any field with path ${JSON.stringify(text)} in the list of objects`);
  }
  for (const { value } of keyed) {
    if (typeof value === 'object' && value !== null) {
      throw new KubectlError(`unsortable type: ${Array.isArray(value) ? 'slice' : 'map'}`);
    }
  }
  return keyed.sort((a, b) => order(a.value, b.value)).map(({ info }) => info);
}

function order(a: unknown, b: unknown): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1;
  if (b === undefined || b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = quantityValue(String(a as string | boolean));
  const right = quantityValue(String(b as string | boolean));
  if (left !== undefined && right !== undefined) return left - right;
  return natural(String(a as string | boolean), String(b as string | boolean));
}

/** Runs of digits compare as numbers. Upstream: github.com/fvbommel/sortorder `NaturalLess`. */
function natural(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y) && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
