import { isoSecondsAt } from '@/kubernetes/clock/calendar';
import { Exit, KubectlError } from '../errors';
import type { Info } from '../resource/info';
import { nodesOf, relaxedText, valuesAt } from './custom-columns';
import { goSort } from './go-sort';
import { quantityValue } from './quantity-order';

/**
 * `--sort-by`: missing values first; numbers, times and quantities by their worth, other texts letter by letter.
 * Upstream: kubectl/pkg/cmd/get/sorter.go.
 */
export function sortedBy(infos: readonly Info[], path: string, { table, now }: Sorted): Info[] {
  const text = relaxedText(path);
  const nodes = nodesOf(text);
  const keyed = infos.map((info) => ({ info, value: valuesAt(nodes, info.object)[0] }));
  if (keyed.length > 0 && keyed.every(({ value }) => value === undefined)) {
    throw new KubectlError(`couldn't find any field with path ${JSON.stringify(text)} in the list of objects`);
  }
  const stop = (why: string): never => {
    const [line, type] = table ? [375, '[][][]reflect.Value'] : [329, '*unstructured.Unstructured'];
    const message = `Field ${text} in ${type} is an unsortable type: interface, err: ${why}`;
    throw new Exit(1, `${klogHead(now)} sorter.go:${line}] ${message}\n`);
  };
  return goSort(keyed, (a, b) => isLess(a.value, b.value, stop)).map(({ info }) => info);
}

/** What is sorted: the rows of a table, or objects; and when, in milliseconds since 1970. */
export interface Sorted {
  readonly table: boolean;
  readonly now: number;
}

/** `F0105 09:00:05.000000       1`: level, time, process. Upstream: k8s.io/klog/v2 `Exitf`, which ends the program. */
function klogHead(now: number): string {
  const [date = '', time = ''] = isoSecondsAt(now).replace('Z', '').split('T');
  const micros = String(Math.floor(now % 1000))
    .padStart(3, '0')
    .padEnd(6, '0');
  return `F${date.slice(5).replace('-', '')} ${time}.${micros} ${'1'.padStart(7)}`;
}

/** Upstream: sorter.go `Less`: what is missing is less than anything, even than what is missing too. */
function isLess(a: unknown, b: unknown, stop: (why: string) => never): boolean {
  return a === undefined || a === null || (b !== undefined && b !== null && order(a, b, stop) < 0);
}

/** Upstream: sorter.go `isLess`. */
function order(a: unknown, b: unknown, stop: (why: string) => never): number {
  if (typeof a === 'object') return stop(`unsortable type: ${Array.isArray(a) ? '[]' : 'map[string]'}interface {}`);
  if (typeof a === 'boolean') return stop('unsortable type: bool');
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return stop('unsortable interface: interface');
  const [one, other] = [String(a as string | undefined), String(b as string | undefined)]; // what is left of JSON, or nothing
  const left = quantityValue(one);
  const right = quantityValue(other);
  if (left !== undefined && right !== undefined) return left - right;
  return one < other ? -1 : one > other ? 1 : 0;
}
