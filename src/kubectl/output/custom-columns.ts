import type { KubeObject } from '@/kubernetes/api/object';
import type { CommandContext, FileSystem } from '../command';
import { KubectlError } from '../errors';
import type { Flags } from '../flags/flag-set';
import { goValueText } from './go-syntax';
import { JsonPathFailure, findValues } from './jsonpath';
import { JsonPathSyntax, type Node, parseJsonPath } from './jsonpath-parse';
import { itemsOf, type ObjectPrinter } from './object-printer';
import { printTable } from './table';

interface Column {
  readonly header: string;
  /** `{.metadata.name}`; read when the headers stand. */
  readonly path: string;
}

/** Upstream: kubectl/pkg/cmd/get/customcolumn.go. Throws for a specification that cannot be read. */
export function customColumns(
  format: string,
  argument: string,
  flags: Flags,
  { files, stdout }: Pick<CommandContext, 'files' | 'stdout'>,
): ObjectPrinter {
  if (argument === '') throw new KubectlError('custom-columns format specified but no custom columns given');
  const columns = format === 'custom-columns' ? fromSpec(argument) : fromFile(argument, files);
  let headers = flags.bool('no-headers') ? [] : [columns.map((one) => one.header)];
  return (object) => {
    const rows = headers;
    // What a watch prints later stands below the same headers.
    headers = [];
    try {
      const paths = columns.map((one) => nodesOf(one.path));
      for (const item of itemsOf(object)) rows.push(paths.map((one) => cell(one, item)));
    } catch (error) {
      // The rows before the one that cannot be printed are out already.
      if (rows.length > 0) stdout(printTable(rows));
      throw error;
    }
    return printTable(rows);
  };
}

function fromSpec(spec: string): Column[] {
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) {
      throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    return { header: part.slice(0, colon), path: relaxedText(part.slice(colon + 1)) };
  });
}

function fromFile(path: string, files: FileSystem): Column[] {
  const text = files.read(path);
  if (text === undefined) {
    throw new KubectlError(`error reading template ${path}, open ${path}: no such file or directory\n`);
  }
  const [first, second] = text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''));
  const missing = first === undefined || text === '' ? 'header' : second === undefined ? 'spec' : undefined;
  if (!first || !second || missing) {
    throw new KubectlError(
      `invalid template, missing ${missing ?? 'spec'} line. Expected format is one line of space separated headers, one line of space separated column specs.`,
    );
  }
  if (first.length !== second.length) {
    throw new KubectlError(
      `number of headers (${first.length}) and field specifications (${second.length}) don't match`,
    );
  }
  return first.map((header, i) => ({ header, path: relaxedText(second[i] ?? '') }));
}

/** `{.a}`, `.a` and `a` mean the same: `{.a}`. Upstream: customcolumn.go `RelaxedJSONPathExpression`. Throws. */
export function relaxedText(path: string): string {
  if (path === '') return '';
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  if (!match) {
    throw new KubectlError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${match[1] ?? match[2] ?? ''}}`;
}

/** The pieces of a template; what is wrong with it is kubectl's own error. */
export function nodesOf(template: string): Node[] {
  try {
    return parseJsonPath(template);
  } catch (error) {
    if (error instanceof JsonPathSyntax) throw new KubectlError(error.message);
    throw error;
  }
}

/** The values of a path in an object; what cannot be followed is kubectl's own error. */
export function valuesAt(nodes: readonly Node[], object: unknown): unknown[] {
  try {
    return findValues(nodes, object);
  } catch (error) {
    if (error instanceof JsonPathFailure) throw new KubectlError(error.message);
    throw error;
  }
}

function cell(path: readonly Node[], object: KubeObject): string {
  const found = valuesAt(path, object);
  return found.length === 0 ? '<none>' : found.map(goValueText).join(',');
}
