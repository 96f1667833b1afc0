import type { DaemonSet, DaemonSetStatus } from '../../api/generated/apps-v1';
import type { Node, Pod } from '../../api/generated/core-v1';
import { isEmptySelector, matchesLabelSelector } from '../../api/label-selector';
import { controllerOf, deepEqual, type KubeObject, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { claim } from '../claim';
import { accepted, Controller, keyOf, type RequestRefused, splitKey } from '../controller';
import { templateHash } from '../deployment/template-hash';
import { syncRevisions, trimHistory } from '../history';
import { PodControl, podFromTemplate, slowStartBatch } from '../pod-control';
import { isPodAvailable, isPodPhaseTerminal, isPodReady } from '../pod-state';
import { nonZero } from '../replica-set/status';
import type { QueueTimer } from '../work-queue';
import { eligibility, hashLabel, isUpdated, targetNode, templateFor } from './eligible';
import { type PodsByNode, replaceStep, surgeStep, updateLimits } from './update';
import { FailedPodBackoff } from './failed-pods';

/** `BurstReplicas` */
const burst = 250;

/**
 * Keeps one Pod on every node that fits.
 * Upstream: pkg/controller/daemon/daemon_controller.go
 */
export class DaemonSetController extends Controller {
  readonly watches = ['daemonsets.apps', 'pods', 'nodes', 'controllerrevisions.apps'] as const;
  private readonly pods: PodControl;
  private readonly failed = new FailedPodBackoff();

  constructor(context: ComponentContext<QueueTimer>) {
    super('daemonset-controller', context);
    this.pods = new PodControl(this.client, this.recorder);
  }

  observe({ resource, object, previous, type }: WatchEvent): void {
    if (resource === 'daemonsets.apps') this.enqueue(object);
    else if (resource === 'nodes') {
      if (type !== 'DELETED') this.nodeChanged(object.metadata.name);
    } else {
      this.enqueueOwner(object);
      if (previous && controllerOf(previous)?.uid !== controllerOf(object)?.uid) this.enqueueOwner(previous);
      this.checkWhenAvailable(object, previous);
      if (resource === 'pods' && !controllerOf(object) && type !== 'DELETED') this.enqueueMatching(object);
    }
  }

  protected enqueueAll(): void {
    for (const set of this.client.list('daemonsets.apps')) this.enqueue(set);
  }

  protected sync(key: string): void {
    const [namespace, name] = splitKey(key);
    const set = this.client.get('daemonsets.apps', namespace, name);
    if (!set || set.metadata.deletionTimestamp || isEmptySelector(set.spec.selector)) return;
    const hash = templateHash(set.spec.template, set.status.collisionCount, this.context.world.kubernetes);
    const { current, old } = syncRevisions(this.client, {
      owner: set,
      template: set.spec.template,
      hash,
      labels: { ...set.spec.template.metadata?.labels, [hashLabel]: hash },
      annotations: set.metadata.annotations,
    });
    const known = current.metadata.labels?.[hashLabel] ?? hash;
    const byNode = this.byNode(set);
    const failure = this.update(set, byNode, known);
    const hashes = new Set([...byNode.values()].flat().map((pod) => pod.metadata.labels?.[hashLabel]));
    trimHistory(this.client, old, set.spec.revisionHistoryLimit, (one) => hashes.has(one.metadata.labels?.[hashLabel]));
    // As an informer's cache would have it: without what this very sync created or deleted.
    this.writeStatus(set, byNode, known);
    if (failure) throw failure;
  }

  /** First what every node lacks or has too much of; only when nothing was to do there, a step of the update. */
  private update(set: DaemonSet, byNode: PodsByNode, hash: string): RequestRefused | undefined {
    const nodes = this.nodes();
    const create: string[] = [];
    const remove: Pod[] = [];
    for (const node of nodes) this.manageNode(set, node, byNode.get(node.metadata.name) ?? [], hash, create, remove);
    const known = new Set(nodes.map((node) => node.metadata.name));
    for (const [node, pods] of byNode) {
      if (!known.has(node)) remove.push(...pods.filter((pod) => !pod.spec.nodeName && !pod.metadata.deletionTimestamp));
    }
    if (create.length > 0 || remove.length > 0) return this.apply(set, hash, create, remove);
    if (set.spec.updateStrategy?.type === 'OnDelete') return undefined;
    const desired = nodes.filter((node) => eligibility(set, node).shouldRun).length;
    const limits = updateLimits(set, desired);
    const judge = {
      isUpdated: (pod: Pod) => isUpdated(pod, set, hash),
      isAvailable: (pod: Pod) => this.isAvailable(set, pod),
    };
    const step =
      limits.surge === 0 ? replaceStep(byNode, limits.unavailable, judge) : surgeStep(byNode, limits.surge, judge);
    return this.apply(set, hash, step.create, step.remove);
  }

  /** `podsShouldBeOnNode` */
  private manageNode(
    set: DaemonSet,
    node: Node,
    pods: readonly Pod[],
    hash: string,
    create: string[],
    remove: Pod[],
  ): void {
    const { shouldRun, mayStay } = eligibility(set, node);
    const living = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
    if (!mayStay) {
      remove.push(...living);
      return;
    }
    if (shouldRun && pods.length === 0) create.push(node.metadata.name);
    const running: Pod[] = [];
    for (const pod of living) {
      if (pod.status.phase === 'Failed') this.removeFailed(set, node.metadata.name, pod, remove);
      else if (pod.status.phase === 'Succeeded') {
        this.saySucceeded(set, node.metadata.name, pod);
        remove.push(pod);
      } else running.push(pod);
    }
    if (running.length <= 1) return;
    running.sort(byAge);
    if (updateLimits(set, 1).surge === 0) {
      remove.push(...running.slice(1));
      return;
    }
    const fresh = running.find((pod) => isUpdated(pod, set, hash));
    const old = running.find((pod) => !isUpdated(pod, set, hash));
    remove.push(...running.filter((pod) => pod !== fresh && pod !== old));
    if (fresh && old && (!isPodReady(old) || this.isAvailable(set, fresh))) remove.push(old);
  }

  private removeFailed(set: DaemonSet, node: string, pod: Pod, remove: Pod[]): void {
    const wait = this.failed.next(`${set.metadata.uid}/${node}`, this.now);
    if (wait > 0) {
      this.queue.addAfter(keyOf(set), wait);
      return;
    }
    const { namespace, name } = pod.metadata;
    const message = `Found failed daemon pod ${namespace ?? ''}/${name} on node ${node}, will try to kill it`;
    this.recorder.event(referenceTo(set), 'Warning', 'FailedDaemonPod', message);
    remove.push(pod);
  }

  private saySucceeded(set: DaemonSet, node: string, pod: Pod): void {
    const { namespace, name } = pod.metadata;
    const message = `Found succeeded daemon pod ${namespace ?? ''}/${name} on node ${node}, will try to delete it`;
    this.recorder.event(referenceTo(set), 'Normal', 'SucceededDaemonPod', message);
  }

  /** `syncNodes` */
  private apply(
    set: DaemonSet,
    hash: string,
    create: readonly string[],
    remove: readonly Pod[],
  ): RequestRefused | undefined {
    let index = 0;
    const { error } = slowStartBatch(Math.min(create.length, burst), () => {
      const node = create[index++] ?? '';
      this.pods.create(podFromTemplate(templateFor(set, node, hash), set), set);
    });
    for (const pod of remove.slice(0, burst)) this.pods.delete(pod, set);
    return error;
  }

  private writeStatus(set: DaemonSet, byNode: PodsByNode, hash: string): void {
    const count = { current: 0, misscheduled: 0, desired: 0, ready: 0, updated: 0, available: 0 };
    for (const node of this.nodes()) {
      const [first] = [...(byNode.get(node.metadata.name) ?? [])].sort(byAge);
      if (!eligibility(set, node).shouldRun) {
        if (first) count.misscheduled++;
        continue;
      }
      count.desired++;
      if (!first) continue;
      count.current++;
      if (isPodReady(first)) count.ready++;
      if (this.isAvailable(set, first)) count.available++;
      if (isUpdated(first, set, hash)) count.updated++;
    }
    const { collisionCount, conditions } = set.status;
    const status: DaemonSetStatus = {
      currentNumberScheduled: count.current,
      desiredNumberScheduled: count.desired,
      ...nonZero('numberAvailable', count.available),
      numberMisscheduled: count.misscheduled,
      numberReady: count.ready,
      ...nonZero('numberUnavailable', count.desired - count.available),
      observedGeneration: set.metadata.generation,
      ...nonZero('updatedNumberScheduled', count.updated),
      ...(collisionCount === undefined ? {} : { collisionCount }),
      ...(conditions ? { conditions } : {}),
    };
    if (!deepEqual(status, set.status)) accepted(this.client.updateStatus('daemonsets.apps', { ...set, status }));
    const minReady = set.spec.minReadySeconds ?? 0;
    if (minReady > 0 && count.ready !== count.available) this.queue.addAfter(keyOf(set), minReady * 1000);
  }

  /** A Pod has become ready: it is looked at again when it counts as available, and one second more (`updatePod`). */
  private checkWhenAvailable(pod: KubeObject, previous: KubeObject | undefined): void {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'DaemonSet' || !previous) return;
    const now = this.client.get('pods', pod.metadata.namespace, pod.metadata.name);
    const set = this.client.get('daemonsets.apps', pod.metadata.namespace, owner.name);
    const minReady = set?.spec.minReadySeconds ?? 0;
    if (!set || !now || minReady === 0 || !isPodReady(now)) return;
    this.queue.addAfter(keyOf(set), (minReady + 1) * 1000);
  }

  /** `getNodesToDaemonPods`: finished Pods that are being deleted no longer count. */
  private byNode(set: DaemonSet): PodsByNode {
    const claimed = claim(
      this.client,
      'pods',
      set,
      set.spec.selector,
      this.client.list('pods', set.metadata.namespace),
    );
    const byNode = new Map<string, Pod[]>();
    for (const pod of claimed) {
      if (isPodPhaseTerminal(pod) && pod.metadata.deletionTimestamp) continue;
      const node = targetNode(pod);
      if (node === undefined) continue;
      byNode.set(node, [...(byNode.get(node) ?? []), pod]);
    }
    return byNode;
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

function byAge(a: Pod, b: Pod): number {
  const key = (pod: Pod) => `${pod.metadata.creationTimestamp} ${pod.metadata.name}`;
  return key(a) < key(b) ? -1 : 1;
}
