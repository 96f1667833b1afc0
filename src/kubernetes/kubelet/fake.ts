import type { Pod } from '../api/generated/core-v1';
import type { KubeObject } from '../api/object';
import type { Client } from '../apiserver/client';
import type { WatchEvent } from '../apiserver/store';
import type { Cluster } from '../cluster';
import type { Component, ComponentContext } from '../component';
import type { NodeFile } from '../world';
import { type FakeProgram, fakeProgram } from './fake-images';
import { fakeNode, healthyConditions } from './fake-node';
import { fakePodStatus, type FakeState } from './fake-status';

/** The timers of a fake kubelet. Those about a Pod carry its UID: a successor of the same name is another Pod. */
export type FakeKubeletTimer =
  | { readonly kind: 'lease' }
  | { readonly kind: 'run' | 'ready' | 'gone'; readonly key: string; readonly uid: string }
  | {
      readonly kind: 'exit';
      readonly key: string;
      readonly uid: string;
      readonly code: number;
      readonly asked: boolean;
    };

const boundToRunning = 1000;
const stopTime = 500;
/** Requests reach the machines one after another: the second node hears of them a little later than the first. */
const requestSpacing = 12;
const stoppedToGone = 50;
/**
 * A program's time runs from when the server has answered that its Pod is Running, and its end is a request again: others
 * hear of it so much later. A Job controller that has waited a second since the first news looks just before that.
 */
const answerTime = 12;
const leaseEvery = 10_000;
/** The round of renewals does not begin with the node: so long after it, its Lease is renewed for the first time. */
const firstRenewal = 3400;

/**
 * A kubelet that only reports: a bound Pod is Running one second later, in one write; a Pod to be deleted ends half a
 * second later and is gone. It runs no containers, checks no ports and emits no events. For worlds of
 * `kubelet: fake`, as the recordings of controllers have them.
 */
export class FakeKubelet implements Component<FakeKubeletTimer> {
  readonly watches = ['pods'] as const;
  private readonly client: Client;
  private readonly podCIDR: string;
  private nextAddress: number;
  private readonly begun = new Set<string>();
  private readonly ending = new Set<string>();
  private lease: number | undefined;

  constructor(
    private readonly node: NodeFile,
    private readonly context: ComponentContext<FakeKubeletTimer>,
    private readonly index: number,
    readonly name = fakeKubeletName(node.name),
  ) {
    this.client = context.client;
    this.podCIDR = node.podCIDR ?? `${context.world.podCIDR.split('.').slice(0, 2).join('.')}.${index + 1}.0/24`;
    this.nextAddress = node.nextPodAddress ?? 2;
  }

  start(): void {
    this.begun.clear();
    this.ending.clear();
    this.register();
    this.renewLease();
    for (const pod of this.client.list('pods')) this.see(pod);
  }

  observe({ type, object }: WatchEvent): void {
    if (type !== 'DELETED') this.see(object);
  }

  fire(timer: FakeKubeletTimer): void {
    if (timer.kind === 'lease') {
      this.lease = undefined;
      this.renewLease();
      return;
    }
    const [namespace, name = ''] = timer.key.split('/');
    const pod = this.client.get('pods', namespace, name);
    if (pod?.metadata.uid !== timer.uid) return;
    switch (timer.kind) {
      case 'run':
        this.run(pod);
        break;
      case 'ready':
        if (pod.status.phase === 'Running') this.write(pod, { kind: 'running', ready: true });
        break;
      case 'exit':
        this.exit(pod, timer.code, timer.asked);
        break;
      case 'gone':
        this.client.delete('pods', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid: timer.uid } });
        break;
    }
  }

  private see(object: KubeObject): void {
    const pod = this.client.get('pods', object.metadata.namespace, object.metadata.name);
    if (!pod || pod.metadata.uid !== object.metadata.uid || pod.spec.nodeName !== this.node.name) return;
    const { uid, deletionTimestamp } = pod.metadata;
    const about = { key: `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`, uid };
    if (deletionTimestamp) {
      if (this.ending.has(uid)) return;
      this.ending.add(uid);
      if (isFinished(pod)) this.context.timers.after(stoppedToGone, { kind: 'gone', ...about });
      else {
        const { stubborn } = this.program(pod);
        const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
        const exit = stubborn
          ? { after: grace, code: 137 }
          : { after: stopTime + requestSpacing * this.index, code: 0 };
        this.context.timers.after(exit.after, { kind: 'exit', code: exit.code, asked: true, ...about });
      }
    } else if (!this.begun.has(uid) && !isFinished(pod)) {
      this.begun.add(uid);
      if (pod.status.phase === 'Pending') this.context.timers.after(boundToRunning, { kind: 'run', ...about });
      else this.carryOn(pod);
    }
  }

  private run(pod: Pod): void {
    if (pod.metadata.deletionTimestamp) return;
    this.write(pod, { kind: 'running', ready: this.program(pod).readyAfter === 0 });
    this.plan(pod, answerTime);
  }

  /** A Pod that ran on while this kubelet was away: it is reported as it is, and goes on as it would have. */
  private carryOn(pod: Pod): void {
    const ready = pod.status.conditions?.find((condition) => condition.type === 'Ready')?.status === 'True';
    if (!ready && this.program(pod).readyAfter === 0) this.write(pod, { kind: 'running', ready: true });
    this.plan(pod, 0);
  }

  /** What a running container will do by itself. */
  private plan(pod: Pod, delay: number): void {
    const { readyAfter, exits } = this.program(pod);
    const about = { key: `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`, uid: pod.metadata.uid };
    if (readyAfter) this.context.timers.after(delay + readyAfter, { kind: 'ready', ...about });
    if (exits)
      this.context.timers.after(delay + exits.after, { kind: 'exit', code: exits.code, asked: false, ...about });
  }

  private exit(pod: Pod, code: number, asked: boolean): void {
    // What never ran has nothing to report.
    if (pod.status.phase === 'Running') this.write(pod, { kind: 'finished', exitCode: code });
    if (!asked && !pod.metadata.deletionTimestamp) return;
    const about = { key: `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`, uid: pod.metadata.uid };
    this.context.timers.after(stoppedToGone, { kind: 'gone', ...about });
  }

  private write(pod: Pod, state: FakeState): void {
    const timestamp = this.context.timestamp();
    const hostIP = this.node.internalIP;
    const podIP = pod.status.podIP ?? (pod.spec.hostNetwork ? hostIP : this.takeAddress());
    const status = fakePodStatus(pod, state, { timestamp, hostIP, podIP });
    this.client.updateStatus('pods', { ...pod, status });
  }

  private takeAddress(): string {
    const prefix = this.podCIDR.split('.').slice(0, 3).join('.');
    return `${prefix}.${this.nextAddress++}`;
  }

  private program(pod: Pod): FakeProgram {
    return fakeProgram(pod.spec.containers[0]?.image ?? '');
  }

  private register(): void {
    const timestamp = this.context.timestamp();
    const existing = this.client.get('nodes', undefined, this.node.name);
    if (!existing) {
      this.client.create('nodes', fakeNode(this.node, this.podCIDR, this.context.world.release, timestamp));
      return;
    }
    const conditions = healthyConditions(timestamp, existing.status.conditions);
    this.client.updateStatus('nodes', { ...existing, status: { ...existing.status, conditions } });
  }

  private renewLease(): void {
    const { name } = this.node;
    if (this.lease !== undefined) this.context.timers.cancel(this.lease);
    const lease = this.client.get('leases.coordination.k8s.io', 'kube-node-lease', name);
    this.lease = this.context.timers.after(lease ? leaseEvery : firstRenewal, { kind: 'lease' });
    const renewTime = this.context.microTimestamp();
    if (lease) {
      this.client.update('leases.coordination.k8s.io', { ...lease, spec: { ...lease.spec, renewTime } });
      return;
    }
    const owner = this.client.get('nodes', undefined, name);
    this.client.create('leases.coordination.k8s.io', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name,
        namespace: 'kube-node-lease',
        ...(owner ? { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid: owner.metadata.uid }] } : {}),
      },
      spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime },
    });
  }
}

export function fakeKubeletName(node: string): string {
  return `kubelet/${node}`;
}

/** One fake kubelet for each node of the world. */
export function fakeKubelets(cluster: Cluster): Component[] {
  return cluster.world.nodes.map((node, index) => fakeKubelet(cluster, node, index));
}

/** The kubelet of a node; `index` counts the nodes of the world and names the Pods' network where the file does not. */
export function fakeKubelet(cluster: Cluster, node: NodeFile, index: number): Component {
  const name = fakeKubeletName(node.name);
  return new FakeKubelet(node, cluster.context(name, `system:node:${node.name}`), index);
}

function isFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}
