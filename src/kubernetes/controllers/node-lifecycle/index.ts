import type { Node, NodeCondition } from '../../api/generated/core-v1';
import { deepEqual, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { Millis } from '../../clock/clock';
import type { ComponentContext } from '../../component';
import { conditionOf } from '../conditions';
import { accepted, Controller, splitKey } from '../controller';
import type { QueueTimer } from '../work-queue';
import { executeTaint, withExecuteTaint, withScheduleTaints } from './taints';

/** `--node-monitor-period`, `--node-monitor-grace-period` */
const monitorPeriod: Millis = 5000;
const gracePeriod: Millis = 50_000;
/** One node every ten seconds is given up: `--node-eviction-rate` 0.1. */
const evictionInterval: Millis = 10_000;
/** A node that is new is looked at a moment after everybody else has heard of it. */
const arrivalTime: Millis = 15;
/**
 * Before taints are patched the node is asked for once more (`SwapNodeControllerTaint`), so the scheduler sees a node that was
 * uncordoned with its taint first.
 */
const readTime: Millis = 8;
const monitorKey = 'monitor';
const leases = 'leases.coordination.k8s.io';

interface Health {
  /** When the controller last saw a sign of life. */
  seen: Millis;
  renewTime: string | undefined;
  heartbeat: string | undefined;
  uid: string;
}

/**
 * Notices nodes whose kubelet has gone silent: conditions become Unknown, the node is tainted, its Pods are no longer
 * ready. Upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go
 */
export class NodeLifecycleController extends Controller {
  readonly watches = ['nodes'] as const;
  private readonly health = new Map<string, Health>();
  /** From when on a new node is looked at. */
  private readonly arrivals = new Map<string, Millis>();
  private nextEviction: Millis = 0;
  /** Set by a round that found every node ready: the last writes that it knew of, and when a node has been silent for too long. */
  private calm: { readonly until: Millis; readonly nodes: number; readonly leases: number } | undefined;

  constructor(context: ComponentContext<QueueTimer>) {
    super('node-controller', context);
  }

  observe({ object, type }: WatchEvent): void {
    if (type === 'DELETED') return;
    const { name } = object.metadata;
    if (type === 'ADDED') this.arrivals.set(name, this.now + arrivalTime);
    const arrived = (this.arrivals.get(name) ?? 0) - this.now;
    this.queue.addAfter(`node/${name}`, Math.max(arrived, type === 'MODIFIED' ? readTime : 0));
  }

  protected enqueueAll(): void {
    this.health.clear();
    this.calm = undefined;
    this.queue.addRound(monitorKey, monitorPeriod);
    for (const node of this.client.list('nodes')) this.queue.add(`node/${node.metadata.name}`);
  }

  protected sync(key: string): undefined {
    if (key === monitorKey) {
      this.queue.addRound(monitorKey, monitorPeriod);
      this.monitor();
      return;
    }
    const [kind, name] = splitKey(key);
    const node = this.client.get('nodes', undefined, name);
    if (!node) return;
    if (kind === 'evict') this.taintForExecution(node);
    else {
      this.reconcileTaints(node);
      this.reconcileLabels(name);
    }
  }

  /** Whether this round could find only what the last one found: every node ready, and none silent for too long. */
  private isCalm(): boolean {
    const { calm, client } = this;
    if (calm === undefined || this.now > calm.until) return false;
    return calm.nodes === client.lastChange('nodes') && calm.leases === client.lastChange(leases);
  }

  private monitor(): void {
    if (this.isCalm()) return;
    this.calm = undefined;
    const nodes = this.client.list('nodes');
    const known = { nodes: this.client.lastChange('nodes'), leases: this.client.lastChange(leases) };
    if (nodes.length !== this.health.size || !nodes.every((node) => this.health.has(node.metadata.name))) {
      const names = new Set(nodes.map((node) => node.metadata.name));
      for (const [name, { uid }] of this.health) if (!names.has(name)) this.forget(name, uid);
    }
    for (const node of nodes) {
      if (!this.health.has(node.metadata.name))
        this.say(node.metadata.name, node.metadata.uid, 'RegisteredNode', 'Registered', 'in');
      this.check(node);
    }
    const isReady = ({ status }: Node) => conditionOf<NodeCondition>(status.conditions, 'Ready')?.status === 'True';
    // What this round itself has written is for the next one to look at.
    if (!nodes.every(isReady) || this.client.lastChange('nodes') !== known.nodes) return;
    let until = Infinity;
    for (const { seen } of this.health.values()) until = Math.min(until, seen + gracePeriod);
    this.calm = { until, ...known };
  }

  private check(node: Node): void {
    const { name, uid } = node.metadata;
    const ready = conditionOf<NodeCondition>(node.status.conditions, 'Ready');
    const renewTime = this.client.get(leases, 'kube-node-lease', name)?.spec?.renewTime;
    const heartbeat = ready?.lastHeartbeatTime;
    const known = this.health.get(name);
    if (!known) this.health.set(name, { seen: this.now, renewTime, heartbeat, uid });
    else if (known.renewTime !== renewTime || known.heartbeat !== heartbeat) {
      known.seen = this.now;
      known.renewTime = renewTime;
      known.heartbeat = heartbeat;
      known.uid = uid;
    } else if (this.now > known.seen + gracePeriod && ready?.status !== 'Unknown') {
      this.markUnknown(node, known);
      return;
    }
    if (ready?.status === 'True') this.clearExecution(node);
    else if (!this.isDisrupted()) this.queue.add(`evict/${name}`);
  }

  private markUnknown(node: Node, health: Health): void {
    const timestamp = this.context.timestamp();
    const types = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];
    const conditions = (node.status.conditions ?? []).map((condition) => {
      if (!types.includes(condition.type) || condition.status === 'Unknown') return condition;
      const message = 'Kubelet stopped posting node status.';
      return { ...condition, status: 'Unknown', reason: 'NodeStatusUnknown', message, lastTransitionTime: timestamp };
    });
    for (const type of types) {
      if (conditions.some((condition) => condition.type === type)) continue;
      const message = 'Kubelet never posted node status.';
      const times = { lastHeartbeatTime: node.metadata.creationTimestamp, lastTransitionTime: timestamp };
      conditions.push({ type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message, ...times });
    }
    accepted(this.client.updateStatus('nodes', { ...node, status: { ...node.status, conditions } }));
    const { name, uid } = node.metadata;
    const about = { apiVersion: 'v1', kind: 'Node', name, uid };
    this.recorder.event(about, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
    this.context.decisions.record({
      component: this.name,
      subject: referenceTo(node),
      verdict: 'the node is no longer counted as ready',
      because: [
        { text: `its kubelet last renewed its Lease at ${health.renewTime ?? 'no time known'}` },
        { text: `nothing new was seen for more than ${gracePeriod / 1000} s` },
      ],
    });
    this.markPodsNotReady(name);
    if (!this.isDisrupted()) this.queue.addAfter(`evict/${name}`, 50);
  }

  /** pkg/controller/util/node/controller_utils.go `MarkPodsNotReady` */
  private markPodsNotReady(node: string): void {
    for (const pod of this.client.list('pods')) {
      if (pod.spec.nodeName !== node) continue;
      const conditions = pod.status.conditions ?? [];
      if (conditionOf(conditions, 'Ready')?.status !== 'True') continue;
      const lastTransitionTime = this.context.timestamp();
      const next = conditions.map((one) =>
        one.type === 'Ready' ? { ...one, status: 'False', lastTransitionTime } : one,
      );
      this.client.updateStatus('pods', { ...pod, status: { ...pod.status, conditions: next } });
      this.recorder.event(referenceTo(pod), 'Warning', 'NodeNotReady', 'Node is not ready');
    }
  }

  private reconcileTaints(node: Node): void {
    this.writeTaints(node, withScheduleTaints(node, this.context.timestamp()));
  }

  /** The old labels of architecture and system follow the new ones: `reconcileNodeLabels`. */
  private reconcileLabels(name: string): void {
    const node = this.client.get('nodes', undefined, name);
    const labels = node?.metadata.labels ?? {};
    const missing = ['arch', 'os'].filter(
      (key) =>
        labels[`kubernetes.io/${key}`] !== undefined &&
        labels[`beta.kubernetes.io/${key}`] !== labels[`kubernetes.io/${key}`],
    );
    if (missing.length === 0) return;
    const added = Object.fromEntries(
      missing.map((key) => [`beta.kubernetes.io/${key}`, labels[`kubernetes.io/${key}`]]),
    );
    this.client.patch('nodes', undefined, name, { metadata: { labels: added } });
  }

  /** Gives a silent node its NoExecute taint, one node at a time. */
  private taintForExecution(node: Node): void {
    const key = executeTaint(node);
    if (key === undefined) return;
    if (withExecuteTaint(node.spec.taints, key, '').length === (node.spec.taints ?? []).length) return;
    if (this.now < this.nextEviction) {
      this.queue.addAfter(`evict/${node.metadata.name}`, this.nextEviction - this.now);
      return;
    }
    this.nextEviction = this.now + evictionInterval;
    this.writeTaints(node, withExecuteTaint(node.spec.taints, key, this.context.timestamp()));
  }

  private clearExecution(node: Node): void {
    if (node.spec.taints) this.writeTaints(node, withExecuteTaint(node.spec.taints, undefined, ''));
  }

  private writeTaints(node: Node, taints: NonNullable<Node['spec']['taints']>): void {
    if (deepEqual(taints, node.spec.taints ?? [])) return;
    const result = this.client.patch('nodes', undefined, node.metadata.name, {
      spec: { taints: taints.length > 0 ? taints : null },
    });
    accepted(result);
  }

  /** When all nodes are silent, or more than two and 55 % of a small cluster, the fault is sought elsewhere. */
  private isDisrupted(): boolean {
    const nodes = this.client.list('nodes');
    const silent = nodes.filter(
      (node) => conditionOf<NodeCondition>(node.status.conditions, 'Ready')?.status !== 'True',
    ).length;
    return silent === nodes.length || (silent > 2 && silent / nodes.length >= 0.55 && nodes.length <= 50);
  }

  private forget(name: string, uid: string): void {
    this.health.delete(name);
    this.say(name, uid, 'RemovingNode', 'Removing', 'from');
  }

  private say(name: string, uid: string, reason: string, verb: string, preposition: string): void {
    const about = { apiVersion: 'v1', kind: 'Node', name, uid };
    const message = `Node ${name} event: ${verb} Node ${name} ${preposition} Controller`;
    this.recorder.event(about, 'Normal', reason, message);
  }
}
