import type { Event } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { bool, int, slice, string } from '../flags/flag';
import { printFlags } from '../flags/global-flags';
import { interval } from '../describe/events';
import { printerOf } from '../output/printer';
import { printTable } from '../output/table';
import { mappingForBare } from '../resource/mapping';

/** Upstream: kubectl/pkg/cmd/events/events.go. */
export const events: CommandDefinition = {
  name: 'events',
  short: 'List events',
  usage:
    '[(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
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
      const [type = '', name] = about.split('/');
      if (name === undefined) throw new KubectlError('--for must be in resource/name form');
      filters.push(`involvedObject.kind=${mappingForBare(type, invocation.minor).kind}`, `involvedObject.name=${name}`);
    }
    if (flags.list('types').some((one) => !/^(normal|warning)$/i.test(one))) {
      throw new KubectlError('valid --types are Normal or Warning');
    }
    const types = flags.list('types').map((one) => one.toLowerCase());
    const namespace = everywhere ? undefined : invocation.namespace;
    // The resource listed is that of Events.
    const listed = invocation.list(mapping, {
      namespace,
      ...(filters.length > 0 ? { fieldSelector: filters.join(',') } : {}),
    }) as unknown as Event[];
    const list = listed
      .filter((event) => types.length === 0 || types.includes((event.type ?? '').toLowerCase()))
      .sort((a, b) => time(a) - time(b));
    const printer = printerOf(invocation);
    if (printer && list.length > 0) {
      // A List has no name and no uid; it never leaves this command.
      const metadata = { resourceVersion: '' } as KubeObject['metadata'];
      invocation.out(printer({ apiVersion: 'v1', kind: 'List', metadata, items: list }));
      return;
    }
    if (list.length === 0) {
      invocation.err(everywhere ? 'No events found.\n' : `No events found in ${invocation.namespace} namespace.\n`);
      return;
    }
    const head = [...(everywhere ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
    const rows = list.map((event) => [
      ...(everywhere ? [event.metadata.namespace ?? ''] : []),
      interval(event, invocation.now),
      event.type ?? '',
      event.reason ?? '',
      `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
      (event.message ?? '').trim(),
    ]);
    invocation.out(printTable(flags.bool('no-headers') ? rows : [head, ...rows]));
  },
};

/** Upstream: events.go `eventTime`. */
function time(event: Event): number {
  const text = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime;
  return (text ? parseRfc3339(text) : undefined) ?? 0;
}
