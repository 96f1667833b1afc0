import type { KubeObject } from '@/kubernetes/api/object';
import type { FileSystem } from '../command';
import { KubectlError } from '../errors';
import type { Flags } from '../flags/flag-set';
import { goValueText } from './go-syntax';
import { findPath } from './jsonpath';
import { type Step, parseSteps } from './jsonpath-parse';
import { type ObjectPrinter, itemsOf } from './printer';
import { printTable } from './table';

interface Column {
  readonly header: string;
  readonly steps: readonly Step[];
}

/** Upstream: kubectl/pkg/cmd/get/customcolumn.go. Throws for a specification that cannot be read. */
export function customColumns(format: string, argument: string, flags: Flags, files: FileSystem): ObjectPrinter {
  if (argument === '')
    throw new KubectlError(
      `${format} format specified but no ${format === 'custom-columns' ? 'custom columns' : 'custom-columns file'} given`,
    );
  const columns = format === 'custom-columns' ? fromSpec(argument) : fromFile(argument, files);
  const headers = flags.bool('no-headers') ? [] : [columns.map((one) => one.header)];
  return (object) => printTable([...headers, ...itemsOf(object).map((item) => columns.map((one) => cell(one, item)))]);
}

function fromSpec(spec: string): Column[] {
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    const header = colon < 0 ? part : part.slice(0, colon);
    if (colon < 0 || (part.slice(colon + 1).includes(':') === true && !part.includes('['))) {
      throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    return { header, steps: relaxed(part.slice(colon + 1)) };
  });
}

function fromFile(path: string, files: FileSystem): Column[] {
  const [first = '', second = ''] = (files.read(path) ?? '').split('\n');
  const headers = first.trim().split(/\s+/);
  const paths = second.trim().split(/\s+/);
  if (headers.length !== paths.length) {
    throw new KubectlError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  return headers.map((header, i) => ({ header, steps: relaxed(paths[i] ?? '') }));
}

/** `{.a}`, `.a` and `a` mean the same here. Upstream: get.go `RelaxedJSONPathExpression`. */
export function relaxed(path: string): Step[] {
  const inner = /^\{?\.?(.*?)\}?$/s.exec(path)?.[1] ?? '';
  return parseSteps(`.${inner}`);
}

function cell(column: Column, object: KubeObject): string {
  const found = findPath(column.steps, object);
  return found.length === 0 ? '<none>' : found.map(goValueText).join(',');
}
