import type { KubeObject } from '@/kubernetes/api/object';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import type { WatchEvent } from '@/kubernetes/apiserver/store';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, StatusError, throwAll } from '../errors';
import { bool, int, slice, string } from '../flags/flag';
import { fieldSelectorFlag, filenameFlags, printFlags, selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { refuseFlags } from '../options';
import { sortedBy } from '../output/sort-by';
import { printerOf } from '../output/printer';
import { errorsOf, fileEntries, hasFiles, infosOf, namedEntries } from '../resource/builder';
import { type Info, fetchInfo, infoOf } from '../resource/info';
import { mappingFor } from '../resource/mapping';
import { matchesFields, matchesSelector } from '../resource/selector';
import { GrowingTable, type TableOptions, emptyText, printTables } from '../output/resource-table';

/** Upstream: kubectl/pkg/cmd/get/get.go. */
export const get: CommandDefinition = {
  name: 'get',
  short: 'Display one or many resources',
  usage:
    '[(-o|--output=)json|yaml|name|go-template|jsonpath|custom-columns|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
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
  refuseFlags(invocation, 'raw', 'output-watch-events');
  const printer = printerOf(invocation, { forGet: true });
  if (flags.args.length === 0 && !hasFiles(invocation)) {
    invocation.err(noType);
    throw invocation.usage(
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
  if (flags.bool('watch') || flags.bool('watch-only')) return yield* watch(invocation);
  const entries = hasFiles(invocation)
    ? fileEntries(invocation).map((entry) => ('info' in entry ? attempt(invocation, entry.info) : entry))
    : namedEntries(invocation, {
        words: flags.args,
        selector: flags.string('selector'),
        fieldSelector: flags.string('field-selector'),
        allNamespaces: flags.bool('all-namespaces'),
        subresource: flags.string('subresource'),
        selectAllByDefault: true,
      });
  const ignored = (error: Error) =>
    flags.bool('ignore-not-found') && error instanceof StatusError && error.status.reason === 'NotFound';
  const errors = errorsOf(entries).filter((error) => !ignored(error));
  let infos = infosOf(entries);
  const order = flags.string('sort-by');
  if (order !== '') infos = sortedBy(infos, order);
  if (printer) {
    const single = infos.length === 1 && isSingle(invocation);
    const [first] = infos;
    if (flags.string('output') === 'name') invocation.out(infos.map((info) => printer(info.object)).join(''));
    else if (single && first) invocation.out(printer(first.object));
    else if (infos.length > 0 || errors.length === 0) invocation.out(printer(listOf(infos)));
    throwAll(errors);
    return 0;
  }
  if (infos.length > 0) invocation.out(printTables(infos, tableOptions(invocation, infos)));
  else if (errors.length === 0 && !flags.bool('ignore-not-found')) {
    const clusterWide =
      !hasFiles(invocation) && flags.args[0] !== undefined && !isNamespaced(invocation, flags.args[0]);
    invocation.err(emptyText(flags.bool('all-namespaces') || clusterWide ? undefined : invocation.namespace));
  }
  throwAll(errors);
  return 0;
}

function isNamespaced({ minor }: Invocation, word: string): boolean {
  const [types = ''] = word.split('/');
  return types.split(',').some((one) => one === 'all' || mappingFor(one, minor).namespaced);
}

function attempt(invocation: Invocation, info: Info) {
  try {
    return { info: { ...fetchInfo(invocation, info), source: info.source } };
  } catch (error) {
    if (error instanceof StatusError) return { error };
    throw error;
  }
}

/** One object was asked for by name: it is printed as itself, not as a List. */
function isSingle(invocation: Invocation): boolean {
  const { args } = invocation;
  if (hasFiles(invocation)) return true;
  const [first = ''] = args;
  if (first.includes('/')) return args.length === 1;
  return args.length === 2 && !first.includes(',');
}

function listOf(infos: readonly Info[]): KubeObject {
  // A List has no name and no uid; it never leaves this command.
  const metadata = { resourceVersion: '' } as KubeObject['metadata'];
  return { apiVersion: 'v1', items: infos.map((info) => info.object), kind: 'List', metadata };
}

function tableOptions(invocation: Invocation, infos: readonly Info[]): TableOptions {
  const { flags } = invocation;
  const kinds = new Set(infos.map((info) => info.mapping.name));
  const words = hasFiles(invocation) ? [] : (flags.args[0] ?? '').split(',');
  const several =
    kinds.size > 1 ||
    words.length > 1 ||
    words[0] === 'all' ||
    new Set(flags.args.filter((word) => word.includes('/')).map((word) => word.split('/')[0])).size > 1;
  return {
    now: invocation.now,
    wide: flags.string('output') === 'wide',
    headers: !flags.bool('no-headers'),
    withKind: flags.bool('show-kind') || several,
    withNamespace: flags.bool('all-namespaces'),
    labels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
  };
}

/** `-w`: the list, then every change as it comes, until it is stopped. */
function* watch(invocation: Invocation): Task<number> {
  const { flags } = invocation;
  const { cluster } = invocation.context;
  const [types = '', ...names] = (flags.args[0] ?? '').includes('/') ? (flags.args[0] ?? '').split('/') : flags.args;
  if (types.includes(',') || names.length > 1) {
    throw new KubectlError('you may only specify a single resource type');
  }
  const mapping = mappingFor(types, invocation.minor);
  const options = { ...tableOptions(invocation, []), withNamespace: flags.bool('all-namespaces') };
  const printer = printerOf(invocation, { forGet: true });
  const queue: WatchEvent[] = [];
  const stop = cluster.store.watch((event) => {
    if (event.resource === mapping.name) queue.push(event);
  });
  const table = new GrowingTable();
  const show = (objects: readonly KubeObject[]) => {
    const infos = objects.map((object) => infoOf(mapping, object));
    invocation.out(printer ? objects.map(printer).join('') : table.add(infos, { ...options, now: invocation.now }));
  };
  try {
    const first = namedEntries(invocation, {
      words: flags.args,
      selector: flags.string('selector'),
      fieldSelector: flags.string('field-selector'),
      allNamespaces: flags.bool('all-namespaces'),
      selectAllByDefault: true,
    });
    throwAll(errorsOf(first));
    const infos = infosOf(first);
    if (!flags.bool('watch-only') && infos.length > 0) show(infos.map((info) => info.object));
    const wanted = selects(invocation, mapping, names[0]);
    for (;;) {
      for (let event = queue.shift(); event; event = queue.shift()) if (wanted(event.object)) show([event.object]);
      if (cluster.clock.nextAt() === undefined) return 0;
      yield { change: true };
    }
  } finally {
    stop();
  }
}

function selects(
  invocation: Invocation,
  mapping: ResourceInfo,
  name: string | undefined,
): (object: KubeObject) => boolean {
  const { flags, namespace } = invocation;
  const everywhere = flags.bool('all-namespaces') || !mapping.namespaced;
  return (object) =>
    (everywhere || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    matchesSelector(object, flags.string('selector')) &&
    matchesFields(object, flags.string('field-selector'), mapping);
}
