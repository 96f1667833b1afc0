import { isObject, type KubeObject } from '@/kubernetes/api/object';
import type { WatchEvent } from '@/kubernetes/apiserver/store';
import type { Cluster } from '@/kubernetes/cluster';
import { Masks } from './masks';

/** A write to the API as a recording notes it. */
export interface TimelineEntry {
  readonly t: number;
  readonly type: string;
  readonly kind: string;
  readonly name: string;
  readonly summary: string;
}

/** Kinds whose writes were recorded. */
const kinds = new Set([
  'Pod',
  'ReplicaSet',
  'Deployment',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
  'ControllerRevision',
  'Service',
  'EndpointSlice',
  'Endpoints',
  'Event',
  'Node',
  'Namespace',
  'ResourceQuota',
  'PodDisruptionBudget',
]);
const ownClockFields =
  /managedFields|Time$|generation$|observedGeneration$|resourceVersion|\.uid$|podIPs|hostIPs|containerID|startedAt|finishedAt|last-change-trigger-time/;

/** Writes down every write to the API from its making on, in the shape of a recording. */
export class Timeline {
  readonly entries: TimelineEntry[] = [];

  constructor(cluster: Cluster, start: number) {
    cluster.store.watch((event) => {
      const { kind, metadata } = event.object;
      if (!kinds.has(kind) || metadata.namespace === 'kube-system') return;
      const other = metadata.namespace && metadata.namespace !== 'default' ? `${metadata.namespace}/` : '';
      const t = Math.round((cluster.clock.now - start) / 10) / 100;
      this.entries.push({ t, type: event.type, kind, name: other + metadata.name, summary: summary(event) });
    });
  }
}

function summary({ type, object, previous }: WatchEvent): string {
  if (object.kind === 'Event') return eventSummary(object);
  if (type === 'DELETED') return '';
  if (type === 'ADDED') return addedSummary(object);
  const before = leaves(previous);
  const after = leaves(object);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = paths
    .filter((path) => before.get(path) !== after.get(path) && !ownClockFields.test(path))
    .map((path) => `${path}: ${before.get(path) ?? 'null'} → ${after.get(path) ?? 'null'}`);
  return changes.length === 0 ? '(no visible change)' : changes.join('; ');
}

function eventSummary(event: KubeObject): string {
  const about = isObject(event.involvedObject) ? event.involvedObject : {};
  const source = isObject(event.source) && event.source.component ? event.source.component : event.reportingComponent;
  // The scheduler counts in a series, everybody else in the event itself.
  const times = Number(event.count ?? (isObject(event.series) ? event.series.count : 1));
  const count = times > 1 ? ` (x${times})` : '';
  return `${String(about.kind)}/${String(about.name)} ${String(event.type)} ${String(event.reason)} ${String(source)}: ${String(event.message)}${count}`;
}

function addedSummary({ metadata, spec }: KubeObject): string {
  const owner = metadata.ownerReferences?.[0];
  const replicas = isObject(spec) && spec.replicas !== undefined ? `replicas=${String(spec.replicas)}` : '';
  return [owner ? `owner=${owner.kind}/${owner.name}` : '', replicas].filter((part) => part !== '').join(' ');
}

/** Leaf values by path; items of a list are named by their `name` or `type`, where they have one. */
function leaves(value: unknown, path = '', out = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      const key = isObject(item) ? (item.name ?? item.type ?? i) : i;
      leaves(item, `${path}[${String(key)}]`, out);
    });
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) leaves(item, path === '' ? key : `${path}.${key}`, out);
  } else if (value !== undefined) out.set(path, String(value));
  return out;
}

/**
 * Where two timelines tell different stories, one line each. Compared is what a reader could name: what of each kind
 * was created and deleted and how specs changed, in order; and which events were emitted, in any order.
 */
export function compareTimelines(wanted: readonly TimelineEntry[], got: readonly TimelineEntry[]): string[] {
  const out: string[] = [];
  for (const kind of kinds) {
    if (kind === 'Event' || kind === 'Endpoints' || kind === 'Node') continue;
    const a = story(wanted, kind);
    const b = story(got, kind);
    const at = a.findIndex((line, i) => line !== b[i]);
    if (at >= 0) out.push(`timeline of ${kind}: write ${at + 1} recorded ${a[at] ?? ''}, got ${b[at] ?? 'nothing'}`);
    else if (b.length > a.length) out.push(`timeline of ${kind}: nothing recorded, got ${b[a.length] ?? ''}`);
  }
  const left = events(got);
  for (const text of events(wanted)) {
    const i = left.findIndex((other) => new Masks().compare(text, other).length === 0);
    if (i < 0) out.push(`timeline: no event ${text}`);
    else left.splice(i, 1);
  }
  for (const text of left) out.push(`timeline: unrecorded event ${text}`);
  return out;
}

function story(entries: readonly TimelineEntry[], kind: string): string[] {
  return entries
    .filter((entry) => entry.kind === kind)
    .flatMap(({ type, summary: text }) => {
      if (type !== 'MODIFIED') return [type];
      const spec = text
        .split('; ')
        .filter((change) => /^spec\.replicas|^status\.phase: .*(?:Succeeded|Failed)$/.test(change));
      return spec.length > 0 ? [spec.join('; ')] : [];
    });
}

/** Which of several equal nodes the scheduler took is not part of the story. */
function events(entries: readonly TimelineEntry[]): string[] {
  return entries
    .filter(({ kind, type }) => kind === 'Event' && type !== 'DELETED')
    .map((entry) => entry.summary.replace(/(Successfully assigned .*) to .*/, '$1'));
}
