import type { KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, StatusError, throwAll } from '../errors';
import { bool, int, slice, string } from '../flags/flag';
import { fieldSelectorFlag, filenameFlags, printFlags, selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { nodesOf, relaxedText } from '../output/custom-columns';
import { sortedBy } from '../output/sort-by';
import { printerOf } from '../output/printer';
import { type Query, errorsOf, hasFiles, infosOf, listsOf, namedEntries } from '../resource/builder';
import { selectedEntries } from '../resource/selected-entries';
import type { Info } from '../resource/info';
import { mappingsFor } from '../resource/mapping';
import { isSingleItem } from '../resource/single-item';
import { getRaw } from '../raw/get';
import { type TableOptions, emptyText, printTables } from '../output/resource-table';
import { watch } from './get-watch';

/** Upstream: kubectl/pkg/cmd/get/get.go. */
export const get: CommandDefinition = {
  name: 'get',
  suggestFor: ['list', 'ls'],
  short: 'Display one or many resources',
  flags: [
    ...filenameFlags,
    ...printFlags,
    selectorFlag,
    fieldSelectorFlag,
    bool('all-namespaces', 'A'),
    bool('no-headers'),
    bool('show-labels'),
    bool('show-kind'),
    slice('label-columns', 'L'),
    string('sort-by'),
    bool('ignore-not-found'),
    bool('watch', 'w'),
    bool('watch-only'),
    bool('output-watch-events'),
    string('raw'),
    string('subresource'),
    int('chunk-size', 500, 'int64'),
    bool('server-print', undefined, true),
  ],
  run,
};

const noType = `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n`;

function* run(invocation: Invocation): Task<number> {
  const { flags } = invocation;
  if (flags.string('raw') !== '') return getRaw(invocation);
  const watches = flags.bool('watch') || flags.bool('watch-only');
  if (!watches && flags.args.length === 0 && !hasFiles(invocation)) {
    invocation.err(noType);
    throw invocation.usage(
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
  const output = flags.string('output');
  if (flags.bool('show-labels') && output !== '' && output !== 'wide') {
    throw new KubectlError(`--show-labels option cannot be used with ${output} printer`);
  }
  if (flags.bool('output-watch-events') && !watches) {
    throw new KubectlError('--output-watch-events option can only be used with --watch or --watch-only');
  }
  if (watches) {
    if (flags.string('sort-by') !== '') {
      const text = flags.bool('watch')
        ? '--sort-by will be ignored for watch events received'
        : '--sort-by will be ignored';
      invocation.err(`warning: --watch${flags.bool('watch') ? '' : '-only'} requested, ${text}\n`);
    }
    return yield* watch(invocation, tableOptions(invocation, false));
  }
  const query: Query = {
    words: flags.args,
    selector: flags.string('selector'),
    fieldSelector: flags.string('field-selector'),
    allNamespaces: flags.bool('all-namespaces'),
    subresource: flags.string('subresource'),
    selectAllByDefault: true,
  };
  const forPeople = (output === '' && flags.string('template') === '') || output === 'wide';
  const labelsIn = forPeople && flags.bool('server-print') ? 'tables' : 'objects';
  const entries = hasFiles(invocation) ? selectedEntries(invocation, labelsIn) : namedEntries(invocation, query);
  const ignored = (error: Error) =>
    flags.bool('ignore-not-found') && error instanceof StatusError && error.status.reason === 'NotFound';
  const errors = errorsOf(entries).filter((error) => !ignored(error));
  const infos = infosOf(entries);
  if (forPeople) {
    const lists = hasFiles(invocation) ? 0 : listsOf(query, invocation.minor);
    printTable(invocation, infos, errors, lists === 0 ? infos.length : lists - errorsOf(entries).length, lists > 0);
  } else printObjects(invocation, infos, errors);
  throwAll(errors);
  return 0;
}

/** Upstream: get.go `printGeneric`. Several objects, or none, are printed as a List. */
function printObjects(invocation: Invocation, infos: readonly Info[], errors: readonly Error[]): void {
  const { flags } = invocation;
  const single = isSingleItem(invocation);
  if (single) throwAll(errors);
  if (infos.length === 0 && flags.bool('ignore-not-found')) return;
  const printer = printerOf(invocation, { forGet: true });
  if (!printer) return;
  const order = flags.string('sort-by');
  const [first] = infos;
  if (single && infos.length === 1 && first) invocation.out(printer(first.object));
  else {
    try {
      const sorted = order === '' ? infos : sortedBy(infos, order, { table: false, now: invocation.now });
      invocation.out(printer(listOf(sorted)));
    } catch (error) {
      // What could not be printed is told after what could not be got.
      if (!(error instanceof KubectlError)) throw error;
      throwAll([...errors, error]);
    }
  }
}

/**
 * Upstream: get.go `Run`, for people. `tables`: how many the server was asked for with success, a table for each name or
 * type (`lists`).
 */
function printTable(
  invocation: Invocation,
  infos: readonly Info[],
  errors: readonly Error[],
  tables: number,
  lists: boolean,
): void {
  const { flags } = invocation;
  const order = flags.string('sort-by');
  if (order !== '' && tables > 1 && flags.bool('server-print')) refuseSorting(order);
  const sorted = order === '' ? infos : sortedByKind(infos, order, invocation.now);
  const several = lists ? tables > 1 : new Set(infos.map((info) => info.mapping)).size > 1;
  if (sorted.length > 0) invocation.out(printTables(sorted, tableOptions(invocation, several)));
  else if (errors.length === 0 && !flags.bool('ignore-not-found')) {
    const clusterWide =
      !hasFiles(invocation) && flags.args[0] !== undefined && !isNamespaced(invocation, flags.args[0]);
    invocation.err(emptyText(flags.bool('all-namespaces') || clusterWide ? undefined : invocation.namespace));
  }
}

/**
 * Several tables are sorted as objects, and a table has next to nothing of what its rows have. Upstream: get.go
 * `RuntimeSorter.Sort`, which knows a table by its type alone.
 */
function refuseSorting(order: string): void {
  const text = relaxedText(order);
  nodesOf(text);
  if (!/^\{\.(?:kind|apiVersion|metadata|metadata\.resourceVersion)\}$/.test(text)) {
    throw new KubectlError(`couldn't find any field with path ${JSON.stringify(text)} in the list of objects`);
  }
}

/**
 * Each table is sorted for itself, if it has several rows. One that cannot be sorted is not printed, and nothing is said
 * of it: upstream drops the printer's error.
 */
function sortedByKind(infos: readonly Info[], order: string, now: number): Info[] {
  const kinds = [...new Set(infos.map((info) => info.mapping))];
  return kinds.flatMap((mapping) => {
    const rows = infos.filter((info) => info.mapping === mapping);
    if (rows.length < 2) return rows;
    try {
      return sortedBy(rows, order, { table: true, now });
    } catch (error) {
      if (error instanceof KubectlError) return [];
      throw error;
    }
  });
}

function isNamespaced({ minor }: Invocation, word: string): boolean {
  const [types = ''] = word.split('/');
  return mappingsFor(types, minor).every((mapping) => mapping.namespaced);
}

function listOf(infos: readonly Info[]): KubeObject {
  // A List has no name and no uid; it never leaves this command.
  const metadata = { resourceVersion: '' } as KubeObject['metadata'];
  return { apiVersion: 'v1', items: infos.map((info) => info.object), kind: 'List', metadata };
}

function tableOptions(invocation: Invocation, several: boolean): TableOptions {
  const { flags } = invocation;
  return {
    now: invocation.now,
    wide: flags.string('output') === 'wide',
    headers: !flags.bool('no-headers'),
    withKind: flags.bool('show-kind') || several,
    withNamespace: flags.bool('all-namespaces'),
    // The storage of these has no columns of its own: pkg/registry/core/pod/storage/storage.go
    plain: !flags.bool('server-print') || ['resize', 'ephemeralcontainers'].includes(flags.string('subresource')),
    labels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
  };
}
