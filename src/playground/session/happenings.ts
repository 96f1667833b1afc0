import type { Event, Node } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import type { WatchEvent } from '@/kubernetes/apiserver/store';
import type { Cluster } from '@/kubernetes/cluster';
import type { Decision } from '@/kubernetes/component';
import { isLoopback } from '@/kubernetes/network/address';
import type { Socket } from '@/kubernetes/network/kernel';

/** What a happening is, where the words are the page's: a write to the API, or a port of a machine. */
export type Verb =
  'created' | 'changed' | 'bound' | 'status' | 'deleting' | 'deleted' | 'listens' | 'closed' | 'refused';

/** One thing that somebody in the cluster did. Plain data. */
export interface Happening {
  /** Virtual milliseconds since the reader met the cluster. */
  readonly at: number;
  /** `api`, `scheduler`, `controllers`, `kubelet/node1`, `network`. */
  readonly lane: string;
  readonly warning: boolean;
  /** `Pod web-0` */
  readonly subject: string;
  readonly verb?: Verb;
  /** What the component itself says, or the port it is about. */
  readonly text: string;
  /** Key of the Pod it is about: `default/web-0`. */
  readonly pod?: string;
}

/** Written on a rhythm or beside something else that is told: no news. */
const silent = new Set(['leases.coordination.k8s.io', 'events', 'endpoints']);

/** Follows a cluster and tells what happened, each thing once. `start`: the moment from which time is counted. */
export class Happenings {
  private written: Happening[] = [];
  private decided: number;
  private revision: number;
  private readonly refusals = new Map<string, number>();
  /** Ports that were told of already: a program that tries again, or binds both families, is told of once. */
  private readonly told = new Set<string>();

  constructor(
    private readonly cluster: Cluster,
    private readonly start: number,
  ) {
    this.decided = cluster.decisions.length;
    this.revision = cluster.revisions.current;
    for (const host of cluster.network.hostNames) this.refusals.set(host, cluster.network.kernel(host).refusals.length);
    for (const { object, message } of cluster.refused) {
      this.written.push({ at: 0, lane: 'api', warning: true, subject: object, text: message });
    }
    cluster.store.watch((event) => this.note(event));
  }

  /** What happened since this was last asked, in order. */
  take(): Happening[] {
    const { decisions, network } = this.cluster;
    const decided = decisions.slice(this.decided).map((decision) => this.ofDecision(decision));
    const ports = network.hostNames.flatMap((host) => this.portsOf(host));
    const taken = [...this.written, ...decided, ...ports].sort((a, b) => a.at - b.at);
    this.written = [];
    this.decided = decisions.length;
    this.revision = this.cluster.revisions.current;
    return taken;
  }

  private note(event: WatchEvent): void {
    const { resource, object, previous } = event;
    const at = this.cluster.clock.now - this.start;
    if (resource === 'events') {
      // The store keeps under `events` nothing but Events.
      if (event.type !== 'DELETED') this.written.push(...this.ofEvent(object as Event, at));
    } else if (!silent.has(resource)) {
      const verb = verbOf(event);
      // The store keeps under `nodes` nothing but Nodes.
      if (verb === undefined || (resource === 'nodes' && previous && !isNews(object as Node, previous as Node))) return;
      const pod = resource === 'pods' ? { pod: keyOf(object.metadata) } : {};
      const text = verb === 'bound' ? nodeOf(object) : '';
      this.written.push({ at, lane: 'api', warning: false, subject: nameOf(object), verb, text, ...pod });
    }
  }

  /** The scheduler's events say in short what its decisions say at length. */
  private ofEvent(event: Event, at: number): Happening[] {
    const { involvedObject: about, reason = '', message = '' } = event;
    const component = event.reportingComponent || event.source?.component || '';
    if (component === 'default-scheduler') return [];
    const host = event.source?.host || event.reportingInstance || '';
    const lane = laneOf(component === 'kubelet' ? `kubelet/${host}` : component);
    const subject = `${about.kind ?? ''} ${about.name ?? ''}`;
    const pod = about.kind === 'Pod' ? { pod: keyOf(about) } : {};
    return [{ at, lane, warning: event.type === 'Warning', subject, text: `${reason}: ${message}`, ...pod }];
  }

  private ofDecision({ at, component, subject, verdict }: Decision): Happening {
    const pod = subject.kind === 'Pod' ? { pod: keyOf(subject) } : {};
    const name = `${subject.kind} ${subject.name}`;
    const warning = /refus|fit no|no node|reject|evict/i.test(verdict);
    return { at: at - this.start, lane: laneOf(component), warning, subject: name, text: verdict, ...pod };
  }

  private portsOf(host: string): Happening[] {
    const kernel = this.cluster.network.kernel(host);
    const seen = this.refusals.get(host) ?? 0;
    this.refusals.set(host, kernel.refusals.length);
    const tell = (verb: Verb, at: number, revision: number, bind: Bound, more = ''): Happening[] => {
      const key = `${host} ${verb} ${bind.pid} ${bind.port}/${bind.protocol}`;
      if (isLoopback(bind.address) || this.told.has(key)) return [];
      this.told.add(key);
      const process = kernel.process(bind.pid, revision);
      const owner = process?.owner;
      const pod = owner?.kind === 'Pod' ? { pod: keyOf(owner) } : {};
      const subject = `${process?.comm ?? ''} (${owner?.name ?? host})`;
      const text = `${host} ${bind.port}/${bind.protocol}${more}`;
      return [{ at: at - this.start, lane: 'network', warning: verb === 'refused', subject, verb, text, ...pod }];
    };
    const changes = kernel.openSockets.changes(this.revision).flatMap(({ revision, socket, before }) => {
      const one = socket ?? before;
      const at = this.cluster.revisions.timeOf(revision);
      return one ? tell(socket ? 'listens' : 'closed', at, revision - 1, one) : [];
    });
    const refused = kernel.refusals
      .slice(seen)
      .flatMap(({ at, pid, revision, wanted, error }) =>
        tell('refused', at, revision, { ...wanted, pid }, ` (${wanted.address}: ${error})`),
      );
    return [...changes, ...refused];
  }
}

type Bound = Pick<Socket, 'pid' | 'port' | 'protocol' | 'address'>;

function laneOf(component: string): string {
  if (component.startsWith('kubelet/')) return component;
  if (component.includes('scheduler')) return 'scheduler';
  if (/^(containerd|kube-proxy)\//.test(component)) return 'network';
  return 'controllers';
}

function verbOf({ type, object, previous }: WatchEvent): Verb | undefined {
  if (type === 'ADDED') return 'created';
  if (type === 'DELETED') return 'deleted';
  if (!previous) return 'changed';
  if (nodeOf(object) !== nodeOf(previous)) return 'bound';
  if (object.metadata.deletionTimestamp && !previous.metadata.deletionTimestamp) return 'deleting';
  return object.metadata.generation === previous.metadata.generation ? 'status' : 'changed';
}

/** The node a Pod was bound to. */
function nodeOf({ spec }: KubeObject): string {
  return typeof spec === 'object' && spec !== null && 'nodeName' in spec ? String(spec.nodeName) : '';
}

/** Heartbeats are none. */
function isNews(node: Node, before: Node): boolean {
  const ready = ({ status }: Node) => status.conditions?.find((one) => one.type === 'Ready')?.status;
  return ready(node) !== ready(before) || JSON.stringify(node.spec) !== JSON.stringify(before.spec);
}

function nameOf(object: KubeObject): string {
  return `${object.kind ?? ''} ${object.metadata.name}`;
}

function keyOf({ namespace, name }: { readonly namespace?: string; readonly name?: string }): string {
  return `${namespace ?? ''}/${name ?? ''}`;
}
