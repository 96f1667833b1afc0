import type { DaemonSet, DaemonSetStatus } from '../../api/generated/apps-v1';
import type { Node, Pod } from '../../api/generated/core-v1';
import { isEmptySelector, matchesLabelSelector } from '../../api/label-selector';
import { controllerOf, deepEqual, type KubeObject, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import { Draws } from '../../clock/random';
import type { ComponentContext } from '../../component';
import { accepted, Controller, keyOf, type RequestRefused, splitKey, type Steps } from '../controller';
import { templateHash } from '../deployment/template-hash';
import { syncRevisions, trimHistory } from '../history';
import { lastBatch, PodControl, podFromTemplate, request, slowStartBatch, together } from '../pod-control';
import { isPodAvailable, isPodReady } from '../pod-state';
import type { QueueTimer } from '../work-queue';
import { eligibility, hashLabel, isUpdated, targetNode, templateFor } from './eligible';
import { manageNode } from './manage-node';
import { podsByNode, withPods } from './pods-by-node';
import { daemonSetStatus } from './status';
import { type PodsByNode, replaceStep, surgeStep, updateLimits } from './update';
import { FailedPodBackoff } from './failed-pods';

/** How often the usual happened with Pods that were made: five of seven beside real kubelets, eleven of eighteen beside none. */
const mostly = { real: 5 / 7, fake: 11 / 18 };

/** `BurstReplicas` */
const burst = 250;

/** What became of Pods that were to be made or deleted. */
interface Applied {
  /** Pods that this sync has made and been told of, by node. */
  readonly seen?: readonly (readonly [node: string, pod: Pod])[];
  readonly error?: RequestRefused;
}

/**
 * Keeps one Pod on every node that fits.
 * Upstream: pkg/controller/daemon/daemon_controller.go
 */
export class DaemonSetController extends Controller {
  readonly watches = ['daemonsets.apps', 'pods', 'nodes', 'controllerrevisions.apps'] as const;
  private readonly pods: PodControl;
  private readonly draws: Draws;
  private readonly failed = new FailedPodBackoff();

  constructor(context: ComponentContext<QueueTimer>) {
    super('daemonset-controller', context);
    this.pods = new PodControl(this.client, this.recorder);
    this.draws = new Draws(context.random);
  }

  observe({ resource, object, previous, type }: WatchEvent): void {
    if (resource === 'daemonsets.apps') this.enqueue(object);
    else if (resource === 'nodes') {
      if (type !== 'DELETED') this.nodeChanged(object.metadata.name);
    } else {
      this.enqueueOwner(object);
      if (previous && controllerOf(previous)?.uid !== controllerOf(object)?.uid) this.enqueueOwner(previous);
      // Events of Pods carry Pods.
      if (resource === 'pods') this.checkWhenAvailable(object as Pod, previous as Pod | undefined);
      if (resource === 'pods' && !controllerOf(object) && type !== 'DELETED') this.enqueueMatching(object);
    }
  }

  protected enqueueAll(): void {
    for (const set of this.client.list('daemonsets.apps')) this.enqueue(set);
  }

  protected *sync(key: string): Steps {
    const [namespace, name] = splitKey(key);
    const set = this.client.get('daemonsets.apps', namespace, name);
    if (!set || set.metadata.deletionTimestamp || isEmptySelector(set.spec.selector)) return;
    const hash = templateHash(set.spec.template, set.status.collisionCount, this.context.world.kubernetes);
    const { current, old } = yield* syncRevisions(this.client, {
      owner: set,
      template: set.spec.template,
      hash,
      labels: { ...set.spec.template.metadata?.labels, [hashLabel]: hash },
      annotations: set.metadata.annotations,
    });
    const known = current.metadata.labels?.[hashLabel] ?? hash;
    const byNode = yield* podsByNode(this.client, set);
    const { seen = [], error } = yield* this.update(set, byNode, known);
    const hashes = new Set([...byNode.values()].flat().map((pod) => pod.metadata.labels?.[hashLabel]));
    const isLive = (one: KubeObject) => hashes.has(one.metadata.labels?.[hashLabel]);
    yield* trimHistory(this.client, old, set.spec.revisionHistoryLimit, isLive);
    // As an informer's cache would have it: without what this very sync deleted, or created just now.
    yield* this.writeStatus(set, withPods(byNode, seen), known);
    if (error) throw error;
  }

  /** First what every node lacks or has too much of; only when nothing was to do there, a step of the update. */
  private *update(set: DaemonSet, byNode: PodsByNode, hash: string): Steps<Applied> {
    const nodes = this.nodes();
    const create: string[] = [];
    const remove: Pod[] = [];
    const isAvailable = (pod: Pod) => this.isAvailable(set, pod);
    for (const node of nodes) {
      const { name } = node.metadata;
      const changes = manageNode(set, node, byNode.get(name) ?? [], { hash, isAvailable });
      if (changes.create) create.push(name);
      for (const pod of changes.ended) if (this.mayReplace(set, name, pod)) remove.push(pod);
      remove.push(...changes.remove);
    }
    const known = new Set(nodes.map((node) => node.metadata.name));
    for (const [node, pods] of byNode) {
      if (!known.has(node)) remove.push(...pods.filter((pod) => !pod.spec.nodeName && !pod.metadata.deletionTimestamp));
    }
    if (create.length > 0 || remove.length > 0) return yield* this.apply(set, hash, create, remove);
    if (set.spec.updateStrategy?.type === 'OnDelete') return {};
    const desired = nodes.filter((node) => eligibility(set, node).shouldRun).length;
    const limits = updateLimits(set, desired);
    const judge = { isUpdated: (pod: Pod) => isUpdated(pod, set, hash), isAvailable };
    const step =
      limits.surge === 0 ? replaceStep(byNode, limits.unavailable, judge) : surgeStep(byNode, limits.surge, judge);
    return yield* this.apply(set, hash, step.create, step.remove);
  }

  /** Whether a Pod that has ended may go now; one that failed waits longer each time. */
  private mayReplace(set: DaemonSet, node: string, pod: Pod): boolean {
    const { namespace, name } = pod.metadata;
    const failed = pod.status.phase === 'Failed';
    const wait = failed ? this.failed.next(`${set.metadata.uid}/${node}`, this.now) : 0;
    if (wait > 0) {
      this.queue.addAfter(keyOf(set), wait);
      return false;
    }
    const where = `daemon pod ${namespace ?? ''}/${name} on node ${node}`;
    if (failed)
      this.recorder.event(referenceTo(set), 'Warning', 'FailedDaemonPod', `Found failed ${where}, will try to kill it`);
    else
      this.recorder.event(
        referenceTo(set),
        'Normal',
        'SucceededDaemonPod',
        `Found succeeded ${where}, will try to delete it`,
      );
    return true;
  }

  /** `syncNodes` */
  private *apply(set: DaemonSet, hash: string, create: readonly string[], remove: readonly Pod[]): Steps<Applied> {
    const made: [string, Pod][] = [];
    const createOn = (node: string) =>
      request(() => made.push([node, this.pods.create(podFromTemplate(templateFor(set, node, hash), set), set)]));
    const { error } = yield* slowStartBatch(create.slice(0, burst).map(createOn));
    const [, last] = made.at(-1) ?? [];
    const all = !last || this.seesLast(last);
    const seen = all ? made : made.slice(0, made.length - lastBatch(made.length));
    yield* together(remove.slice(0, burst).map((pod) => request(() => this.pods.delete(pod, set))));
    return error ? { seen, error } : { seen };
  }

  /**
   * Whether the watch tells of the Pod that was made last before their status is counted: a race, which it mostly wins
   * where kubelets keep the machines busy, and loses where nothing else runs.
   */
  private seesLast({ metadata }: Pod): boolean {
    const { kubelet, chance } = this.context.world;
    const usual = kubelet !== 'fake';
    if (chance !== 'drawn') return usual;
    return this.draws.next(`created/${metadata.name}`).next() < mostly[kubelet] ? usual : !usual;
  }

  private *writeStatus(set: DaemonSet, byNode: PodsByNode, hash: string): Steps {
    const isAvailable = (pod: Pod) => this.isAvailable(set, pod);
    const status = daemonSetStatus(set, { nodes: this.nodes(), byNode, hash, isAvailable });
    if (!deepEqual(status, set.status)) yield* this.store(set, status);
    const minReady = set.spec.minReadySeconds ?? 0;
    const waits = minReady > 0 && status.numberReady !== (status.numberAvailable ?? 0);
    if (waits) this.queue.addAfter(keyOf(set), minReady * 1000);
  }

  /** Tried once more on what is there then: `storeDaemonSetStatus`. */
  private *store(set: DaemonSet, status: DaemonSetStatus): Steps {
    const first = this.client.updateStatus('daemonsets.apps', { ...set, status });
    yield;
    if (first.ok) return;
    const now = this.client.get('daemonsets.apps', set.metadata.namespace, set.metadata.name);
    accepted(now ? this.client.updateStatus('daemonsets.apps', { ...now, status }) : first);
    yield;
  }

  /** A Pod has become ready: it is looked at again when it counts as available, and one second more (`updatePod`). */
  private checkWhenAvailable(pod: Pod, previous: Pod | undefined): void {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'DaemonSet' || !previous || isPodReady(previous) || !isPodReady(pod)) return;
    const set = this.client.get('daemonsets.apps', pod.metadata.namespace, owner.name);
    const minReady = set?.spec.minReadySeconds ?? 0;
    if (set && minReady > 0) this.queue.addAfter(keyOf(set), (minReady + 1) * 1000);
  }

  private nodes(): Node[] {
    return this.client.list('nodes');
  }

  private isAvailable(set: DaemonSet, pod: Pod): boolean {
    return isPodAvailable(pod, set.spec.minReadySeconds ?? 0, this.now, this.context.parseTime);
  }

  /** A node concerns a DaemonSet only where a Pod is missing or may no longer stay: `syncNodeUpdate`. */
  private nodeChanged(name: string): void {
    const node = this.client.get('nodes', undefined, name);
    if (!node) return;
    for (const set of this.client.list('daemonsets.apps')) {
      const { shouldRun, mayStay } = eligibility(set, node);
      const has = this.client
        .list('pods', set.metadata.namespace)
        .some((pod) => controllerOf(pod)?.uid === set.metadata.uid && targetNode(pod) === name);
      if ((shouldRun && !has) || (!mayStay && has)) this.enqueue(set);
    }
  }

  private enqueueOwner(object: KubeObject): void {
    const owner = controllerOf(object);
    if (owner?.kind !== 'DaemonSet') return;
    const set = this.client.get('daemonsets.apps', object.metadata.namespace, owner.name);
    if (set?.metadata.uid === owner.uid) this.enqueue(set);
  }

  private enqueueMatching(pod: KubeObject): void {
    for (const set of this.client.list('daemonsets.apps', pod.metadata.namespace)) {
      if (matchesLabelSelector(set.spec.selector, pod.metadata.labels)) this.enqueue(set);
    }
  }
}
