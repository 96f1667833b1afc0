import type { ControllerRevision, StatefulSet, StatefulSetStatus } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import { isEmptySelector } from '../../api/label-selector';
import { controllerOf, deepEqual, type KubeObject } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { claim } from '../claim';
import { accepted, Controller, RequestRefused, splitKey, type Steps, SyncFailed } from '../controller';
import { revisionsOf, syncRevisions, trimHistory } from '../history';
import { slowStartBatch } from '../pod-control';
import { isPodAvailable, timeUntilAvailable } from '../pod-state';
import { nonZero } from '../replica-set/status';
import type { QueueTimer } from '../work-queue';
import { retainClaims } from './claim-retention';
import { OrdinalPods } from './ordinal-pods';
import { isRunningAndReady, isTerminating, ordinalOf, revisionOfPod } from './pods';
import { revisionHash } from './revision-hash';

/** What one sync works on. */
interface Work {
  readonly set: StatefulSet;
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  /** Existing Pods by ordinal, of the wanted range. */
  readonly replicas: ReadonlyMap<number, Pod>;
  readonly ordinals: readonly number[];
  /** Pods beyond the range, highest first. */
  readonly condemned: readonly Pod[];
  readonly status: StatefulSetStatus;
}

/**
 * Keeps numbered Pods, one after the other.
 * Upstream: pkg/controller/statefulset/stateful_set_control.go
 */
export class StatefulSetController extends Controller {
  readonly watches = ['statefulsets.apps', 'pods'] as const;
  private readonly pods: OrdinalPods;

  constructor(context: ComponentContext<QueueTimer>) {
    super('statefulset-controller', context);
    this.pods = new OrdinalPods(this.client, this.recorder);
  }

  observe({ resource, object, previous }: WatchEvent): void {
    if (resource === 'statefulsets.apps') {
      this.enqueue(object);
      return;
    }
    this.enqueueOwner(object);
    if (previous && controllerOf(previous)?.uid !== controllerOf(object)?.uid) this.enqueueOwner(previous);
  }

  protected enqueueAll(): void {
    for (const set of this.client.list('statefulsets.apps')) this.enqueue(set);
  }

  protected *sync(key: string): Steps {
    const [namespace, name] = splitKey(key);
    const set = this.client.get('statefulsets.apps', namespace, name);
    if (!set || isEmptySelector(set.spec.selector)) return;
    const named = this.client.list('pods', namespace).filter((pod) => ordinalOf(set, pod) !== undefined);
    const pods = yield* claim(this.client, 'pods', set, set.spec.selector, named);
    const collisionCount = set.status.collisionCount ?? 0;
    const { current: update, old } = yield* syncRevisions(this.client, {
      owner: set,
      template: set.spec.template,
      hash: revisionHash(set.spec.template, collisionCount),
      labels: {
        ...set.spec.template.metadata?.labels,
        'controller.kubernetes.io/hash': revisionHash(set.spec.template, collisionCount),
      },
      annotations: undefined,
    });
    const revisions = yield* revisionsOf(this.client, set);
    const current = revisions.find((revision) => revision.metadata.name === set.status.currentRevision) ?? update;
    const work = this.work(set, current, update, pods, collisionCount);
    let failure: RequestRefused | undefined;
    try {
      if (!set.metadata.deletionTimestamp) yield* this.move(work);
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      failure = error;
    }
    yield* this.writeStatus(work);
    const live = new Set([current.metadata.name, update.metadata.name, ...pods.map(revisionOfPod)]);
    yield* trimHistory(this.client, old, set.spec.revisionHistoryLimit, (one) => live.has(one.metadata.name));
    if (failure) throw failure;
    const waits = pods.flatMap(
      (pod) => timeUntilAvailable(pod, set.spec.minReadySeconds ?? 0, this.now, this.context.parseTime) ?? [],
    );
    if (waits.length > 0) this.queue.addAfter(key, Math.min(...waits));
  }

  private work(
    set: StatefulSet,
    current: ControllerRevision,
    update: ControllerRevision,
    pods: readonly Pod[],
    collisionCount: number,
  ): Work {
    const start = set.spec.ordinals?.start ?? 0;
    const ordinals = Array.from({ length: set.spec.replicas ?? 1 }, (_, i) => start + i);
    const replicas = new Map<number, Pod>();
    const condemned: Pod[] = [];
    for (const pod of pods) {
      const ordinal = ordinalOf(set, pod) ?? -1;
      if (ordinals.includes(ordinal)) replicas.set(ordinal, pod);
      else condemned.push(pod);
    }
    condemned.sort((a, b) => (ordinalOf(set, b) ?? 0) - (ordinalOf(set, a) ?? 0));
    const living = pods.filter((pod) => !isTerminating(pod));
    const count = (list: readonly Pod[], test: (pod: Pod) => boolean) => list.filter(test).length;
    const status: StatefulSetStatus = {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      ...nonZero('readyReplicas', count(pods, isRunningAndReady)),
      availableReplicas: count(pods, (pod) => this.isAvailable(set, pod)),
      ...nonZero(
        'currentReplicas',
        count(living, (pod) => revisionOfPod(pod) === current.metadata.name),
      ),
      ...nonZero(
        'updatedReplicas',
        count(living, (pod) => revisionOfPod(pod) === update.metadata.name),
      ),
      currentRevision: current.metadata.name,
      updateRevision: update.metadata.name,
      collisionCount,
      ...(set.status.conditions ? { conditions: set.status.conditions } : {}),
    };
    return { set, current, update, replicas, ordinals, condemned, status };
  }

  /** Every existing ordinal first, then those beyond the range, then the update from the top. */
  private *move(work: Work): Steps {
    const { set, ordinals, replicas, condemned } = work;
    for (const pod of replicas.values()) yield* retainClaims(this.client, set, pod, true);
    for (const pod of condemned) yield* retainClaims(this.client, set, pod, false);
    if (yield* this.forAll(set, ordinals, (ordinal) => this.moveReplica(work, ordinal))) return;
    const firstUnhealthy = this.firstUnhealthy(work);
    if (yield* this.forAll(set, condemned, (pod) => this.condemn(set, pod, firstUnhealthy))) return;
    if (set.spec.updateStrategy?.type === 'OnDelete') return;
    const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    for (const ordinal of [...ordinals].reverse()) {
      if (ordinal < (ordinals[0] ?? 0) + partition) return;
      const pod = replicas.get(ordinal);
      if (!pod) return;
      if (revisionOfPod(pod) !== work.update.metadata.name && !isTerminating(pod)) {
        yield* this.pods.delete(set, pod);
        this.countCurrentDown(work.status);
        return;
      }
      if (!this.isHealthy(set, pod)) return;
    }
  }

  /** One after the other until one says that the sync ends, or all of them, in batches; `runForAll`. */
  private *forAll<T>(set: StatefulSet, list: readonly T[], task: (one: T) => Steps<boolean>): Steps<boolean> {
    if (isInOrder(set)) {
      for (const one of list) if (yield* task(one)) return true;
      return false;
    }
    const { error } = yield* slowStartBatch(list.map(task));
    if (error) throw error;
    return false;
  }

  /** `processReplica`: whether the sync ends here. */
  private *moveReplica(work: Work, ordinal: number): Steps<boolean> {
    const { set, replicas } = work;
    const inOrder = isInOrder(set);
    const pod = replicas.get(ordinal);
    if (!pod) {
      yield* this.pods.create(set, ordinal, this.needsCurrent(work, ordinal) ? work.current : work.update);
      return inOrder;
    }
    if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') {
      if (!isTerminating(pod)) yield* this.pods.recreate(set, pod);
      return true;
    }
    return inOrder && (isTerminating(pod) || !this.isAvailable(set, pod));
  }

  /** `processCondemned`: whether the sync ends here. */
  private *condemn(set: StatefulSet, pod: Pod, firstUnhealthy: Pod | undefined): Steps<boolean> {
    const inOrder = isInOrder(set);
    if (isTerminating(pod)) return inOrder;
    if (inOrder && !this.isAvailable(set, pod) && pod !== firstUnhealthy) return true;
    yield* this.pods.delete(set, pod);
    return true;
  }

  /** Whether an ordinal is still made from the old template: `isCurrentRevisionNeeded`. */
  private needsCurrent({ set, update, ordinals }: Work, ordinal: number): boolean {
    const { updateStrategy } = set.spec;
    if (updateStrategy?.type === 'OnDelete' || set.status.currentRevision === update.metadata.name) return false;
    const partition = updateStrategy?.rollingUpdate?.partition;
    return ordinal < (ordinals[0] ?? 0) + (partition ?? set.status.currentReplicas ?? 0);
  }

  /** A Pod that goes counts as one of the old revision, even if it is of a third; the next sync counts anew. */
  private countCurrentDown(status: StatefulSetStatus): void {
    const rest = (status.currentReplicas ?? 0) - 1;
    if (rest === 0) delete status.currentReplicas;
    else status.currentReplicas = rest;
  }

  private firstUnhealthy({ set, ordinals, replicas, condemned }: Work): Pod | undefined {
    const all = [...ordinals.flatMap((ordinal) => replicas.get(ordinal) ?? []), ...[...condemned].reverse()];
    return all.find((pod) => !this.isHealthy(set, pod));
  }

  private *writeStatus({ set, status }: Work): Steps {
    const { replicas = 1, updateStrategy } = set.spec;
    const complete = [status.updatedReplicas ?? 0, status.readyReplicas ?? 0, status.replicas].every(
      (n) => n === replicas,
    );
    if (updateStrategy?.type !== 'OnDelete' && complete) {
      status.currentReplicas = status.updatedReplicas;
      status.currentRevision = status.updateRevision;
    }
    // Less than none is what a real server refuses; then all is tried again.
    if ((status.currentReplicas ?? 0) < 0) throw new SyncFailed('status.currentReplicas');
    if (deepEqual(status, set.status)) return;
    const first = this.client.updateStatus('statefulsets.apps', { ...set, status });
    yield;
    if (first.ok) return;
    // On what is there then: stateful_set_status_updater.go, `RetryOnConflict`.
    const now = this.client.get('statefulsets.apps', set.metadata.namespace, set.metadata.name);
    accepted(now ? this.client.updateStatus('statefulsets.apps', { ...now, status }) : first);
    yield;
  }

  private isAvailable(set: StatefulSet, pod: Pod): boolean {
    const minReady = set.spec.minReadySeconds ?? 0;
    return isRunningAndReady(pod) && isPodAvailable(pod, minReady, this.now, this.context.parseTime);
  }

  private isHealthy(set: StatefulSet, pod: Pod): boolean {
    return this.isAvailable(set, pod) && !isTerminating(pod);
  }

  private enqueueOwner(pod: KubeObject): void {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'StatefulSet') return;
    const set = this.client.get('statefulsets.apps', pod.metadata.namespace, owner.name);
    if (set?.metadata.uid === owner.uid) this.enqueue(set);
  }
}

function isInOrder({ spec }: StatefulSet): boolean {
  return spec.podManagementPolicy !== 'Parallel';
}
