import type { KubeObject } from '@/kubernetes/api/object';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import type { WatchEvent } from '@/kubernetes/apiserver/store';
import type { Task } from '@/kubernetes/clock/task';
import { goJson } from '@/kubernetes/strconv/go-json';
import { KubectlError, StatusError, throwAll } from '../errors';
import type { Invocation } from '../invocation';
import { printerOf, withoutManagedFields } from '../output/printer';
import { GrowingTable, type TableOptions } from '../output/resource-table';
import { toYaml } from '../output/yaml';
import { watchEnd } from '../request-timeout';
import { type Query, errorsOf, infosOf, namedEntries, targetsOf } from '../resource/builder';
import { infoOf } from '../resource/info';
import { matchesFields, matchesSelector } from '../resource/selector';

type EventType = WatchEvent['type'];

const manyWatched = 'you may only watch a single resource or type of resource at a time';

/** `-w`: the list, then every change as it comes, until it is stopped. Upstream: kubectl/pkg/cmd/get/get.go `watch`. */
export function* watch(invocation: Invocation, options: TableOptions): Task<number> {
  const { flags } = invocation;
  const { cluster } = invocation.context;
  const query: Query = {
    words: flags.args,
    selector: flags.string('selector'),
    fieldSelector: flags.string('field-selector'),
    allNamespaces: flags.bool('all-namespaces'),
    selectAllByDefault: true,
  };
  const targets = targetsOf(query, invocation.minor);
  const names = targets.flatMap((target) => target.names);
  const [mapping, ...others] = new Set(targets.map((target) => target.mapping));
  if (!mapping || others.length > 0) throw new KubectlError('you may only specify a single resource type');
  const queue: WatchEvent[] = [];
  const stop = cluster.store.watch((event) => {
    if (event.resource === mapping.name) queue.push(event);
  });
  const show = showing(invocation, mapping, { ...options, withNamespace: flags.bool('all-namespaces') });
  try {
    const first = namedEntries(invocation, query);
    const missing = (error: Error) => error instanceof StatusError && error.status.reason === 'NotFound';
    const errors = errorsOf(first);
    if (errors.some(missing) && flags.bool('ignore-not-found')) return 0;
    throwAll(errors);
    const infos = infosOf(first);
    const objects = infos.map((info) => info.object);
    if (!flags.bool('watch-only') && infos.length > 0) show(objects, 'ADDED');
    // What is there is shown before anybody asks whether it can be watched (cli-runtime/pkg/resource/result.go `Watch`).
    if (names.length > 1) throw new KubectlError(manyWatched);
    const wanted = selects(invocation, mapping, names[0]);
    const until = watchEnd(invocation);
    for (;;) {
      for (let event = queue.shift(); event; event = queue.shift()) {
        const seen = asSelected(event, wanted);
        if (seen) show([seen.object], seen.type);
      }
      if (cluster.clock.nextAt() === undefined || cluster.clock.now >= (until ?? Infinity)) return 0;
      yield { change: true, ...(until === undefined ? {} : { until }) };
    }
  } finally {
    stop();
  }
}

/** Prints objects of one kind, with what happened to them where that was asked for. */
function showing(
  invocation: Invocation,
  mapping: ResourceInfo,
  options: TableOptions,
): (objects: readonly KubeObject[], type: EventType) => void {
  const { flags } = invocation;
  const withEvents = flags.bool('output-watch-events');
  const table = new GrowingTable();
  const printer = printerOf(invocation, { forGet: true });
  if (!printer) {
    return (objects, type) => {
      const infos = objects.map((object) => infoOf(mapping, object));
      const event = withEvents ? { event: type } : {};
      invocation.out(table.add(infos, { ...options, ...event, now: invocation.now }));
    };
  }
  const format = flags.string('output').toLowerCase();
  const print =
    withEvents && (format === 'json' || format === 'yaml')
      ? eventPrinter(invocation, format)
      : (object: KubeObject, type: EventType) =>
          // What a template is filled from is the event.
          printer(withEvents && format !== 'name' ? ({ type, object } as unknown as KubeObject) : object);
  return (objects, type) => invocation.out(objects.map((object) => print(object, type)).join(''));
}

/** cli-runtime/pkg/printers/json.go, yaml.go: a `metav1.WatchEvent`, in JSON on one line. */
function eventPrinter({ flags }: Invocation, format: 'json' | 'yaml'): (object: KubeObject, type: EventType) => string {
  let printed = 0;
  return (whole, type) => {
    const object = flags.bool('show-managed-fields') ? whole : withoutManagedFields(whole);
    if (format === 'json') return `{"type":"${type}","object":${goJson(object)}}\n`;
    return `${printed++ > 0 ? '---\n' : ''}${toYaml({ object, type })}`;
  };
}

/**
 * What a watch with a selector hears of an event: an object that begins to match is added, one that matches no more is
 * deleted, as it last did. Upstream: apiserver/pkg/storage/etcd3/watcher.go `transform`.
 */
function asSelected(
  { type, object, previous }: WatchEvent,
  wanted: (object: KubeObject) => boolean,
): { readonly type: EventType; readonly object: KubeObject } | undefined {
  if (type !== 'MODIFIED' || !previous) return wanted(object) ? { type, object } : undefined;
  const [was, is] = [wanted(previous), wanted(object)];
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  return was ? { type: 'DELETED', object: previous } : undefined;
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
