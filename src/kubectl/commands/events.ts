import type { Event } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import { bool, int, slice, string } from '../flags/flag';
import { printFlags } from '../flags/global-flags';
import { interval } from '../describe/events';
import { goSort } from '../output/go-sort';
import { printerOf } from '../output/printer';
import { printTable } from '../output/table';
import { mappingForBare } from '../resource/mapping';
import { watchEnd } from '../request-timeout';
import { typedList } from '../resource/typed';

/** Upstream: kubectl/pkg/cmd/events/events.go. */
export const events: CommandDefinition = {
  name: 'events',
  short: 'List events',
  flags: [
    ...printFlags,
    bool('all-namespaces', 'A'),
    bool('watch', 'w'),
    bool('no-headers'),
    string('for'),
    slice('types'),
    int('chunk-size', 500, 'int64'),
  ],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const mapping = findResource('events', '');
    if (!mapping) return;
    const everywhere = flags.bool('all-namespaces');
    const about = flags.string('for');
    const filters: string[] = [];
    if (about !== '') {
      const [type = '', name, more] = about.split('/');
      if (more !== undefined) {
        throw new KubectlError('arguments in resource/name form may not have more than one slash');
      }
      if (name === undefined) throw new KubectlError('--for must be in resource/name form');
      filters.push(`involvedObject.kind=${mappingForBare(type, invocation.minor).kind}`, `involvedObject.name=${name}`);
    }
    if (flags.list('types').some((one) => !/^(normal|warning)$/i.test(one))) {
      throw new KubectlError('valid --types are Normal or Warning');
    }
    const types = flags.list('types').map((one) => one.toLowerCase());
    const namespace = everywhere ? undefined : invocation.namespace;
    const wanted = (event: Event) => types.length === 0 || types.includes((event.type ?? '').toLowerCase());
    // The resource listed is that of Events.
    const list = () =>
      typedList<Event>(
        invocation.list(mapping, {
          namespace,
          ...(filters.length > 0 ? { fieldSelector: filters.join(',') } : {}),
        }),
      );
    if (flags.bool('watch')) {
      yield* watch(invocation, list, wanted);
      return;
    }
    const found = goSort(list().filter(wanted), (a, b) => time(a) < time(b));
    const printer = printerOf(invocation, { typed: true });
    if (printer && found.length > 0) {
      // Names of typed lists are not printed, and nothing is said of it (cli-runtime/pkg/printers/name.go).
      if (flags.string('output') === 'name') return;
      // A List has no name and no uid; it never leaves this command.
      const metadata = {} as KubeObject['metadata'];
      invocation.out(printer({ kind: 'EventList', apiVersion: 'v1', metadata, items: found }));
      return;
    }
    if (found.length === 0) {
      invocation.err(everywhere ? 'No events found.\n' : `No events found in ${invocation.namespace} namespace.\n`);
      return;
    }
    const rows = found.flatMap((event) => rowsOf(invocation, event));
    invocation.out(printTable(flags.bool('no-headers') ? rows : [headOf(invocation), ...rows]));
  },
};

/** Upstream: events.go `runWatch`. What is there comes first, as a watch from the beginning sends it; columns only grow. */
function* watch(invocation: Invocation, list: () => Event[], wanted: (event: Event) => boolean): Task<void> {
  const { store, clock } = invocation.context.cluster;
  const printer = printerOf(invocation);
  const rows = invocation.flags.bool('no-headers') ? [] : [headOf(invocation)];
  let told = 0;
  let written = new Set<string>();
  const stop = store.watch(({ resource, type, object }) => {
    if (resource === 'events' && type !== 'DELETED') written.add(object.metadata.uid ?? '');
  });
  const show = (event: Event) => {
    // An Event is an object like any other to a printer.
    if (printer) invocation.out(printer(event));
    else {
      rows.push(...rowsOf(invocation, event));
      invocation.out(printTable(rows).split('\n').slice(told).join('\n'));
      told = rows.length;
    }
  };
  try {
    for (const event of list()) if (wanted(event)) show(event);
    const until = watchEnd(invocation);
    while (clock.nextAt() !== undefined && clock.now < (until ?? Infinity)) {
      yield { change: true, ...(until === undefined ? {} : { until }) };
      if (written.size === 0) continue;
      const changed = written;
      written = new Set();
      for (const event of list()) if (changed.has(event.metadata.uid ?? '') && wanted(event)) show(event);
    }
  } finally {
    stop();
  }
}

function headOf({ flags }: Invocation): string[] {
  return [...(flags.bool('all-namespaces') ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
}

/** A message of several lines goes on at their beginning. Upstream: event_printer.go `printOneEvent`. */
function rowsOf({ flags, now }: Invocation, event: Event): string[][] {
  const [first = '', ...others] = (event.message ?? '').trim().split('\n');
  const row = [
    ...(flags.bool('all-namespaces') ? [event.metadata.namespace ?? ''] : []),
    interval(event, now),
    event.type ?? '',
    event.reason ?? '',
    `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
    first,
  ];
  return [row, ...others.map((line) => line.split('\t'))];
}

/** Upstream: events.go `eventTime`. */
function time(event: Event): number {
  const text = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime;
  return (text ? parseRfc3339(text) : undefined) ?? 0;
}
