import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/generated/apps-v1';
import { isEmptySelector, matchesLabelSelector } from '../../api/label-selector';
import { controllerOf, deepEqual, type KubeObject } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { claim } from '../claim';
import { conditionOf, withCondition } from '../conditions';
import { accepted, Controller, keyOf, splitKey, type Steps } from '../controller';
import type { QueueTimer } from '../work-queue';
import { desiredAnnotated } from './annotations';
import { explainStuck } from './explain';
import { type Family, NewReplicaSets } from './new-replica-set';
import {
  deploymentStatus,
  hasProgressDeadline,
  isComplete,
  type Moment,
  newCondition,
  rolloutStatus,
} from './progress';
import { active, byRevision } from './replica-sets';
import { desiredReplicas, isRollingUpdate, sizeOf } from './rolling';
import { Scaler } from './scaler';

/**
 * Keeps one ReplicaSet per template and moves Pods from the old ones to the new one.
 * Upstream: pkg/controller/deployment/deployment_controller.go
 */
export class DeploymentController extends Controller {
  readonly watches = ['deployments.apps', 'replicasets.apps', 'pods'] as const;
  private readonly sets: NewReplicaSets;
  private readonly scaler: Scaler;

  constructor(context: ComponentContext<QueueTimer>) {
    super('deployment-controller', context);
    this.sets = new NewReplicaSets(this.client, this.recorder, () => this.moment(), context.world.kubernetes);
    this.scaler = new Scaler(this.client, this.recorder);
  }

  observe({ resource, object, type, previous }: WatchEvent): void {
    if (resource === 'deployments.apps') this.enqueue(object);
    else if (resource === 'replicasets.apps') {
      this.enqueueOwner(object);
      if (previous && controllerOf(previous)?.uid !== controllerOf(object)?.uid) this.enqueueOwner(previous);
      if (!controllerOf(object) && type !== 'DELETED') this.enqueueMatching(object);
    } else if (type === 'DELETED') this.podGone(object);
  }

  protected enqueueAll(): void {
    for (const deployment of this.client.list('deployments.apps')) this.enqueue(deployment);
  }

  protected *sync(key: string): Steps {
    const [namespace, name] = splitKey(key);
    const found = this.client.get('deployments.apps', namespace, name);
    if (!found || isEmptySelector(found.spec.selector)) return;
    const candidates = this.client.list('replicasets.apps', namespace);
    const owned = yield* claim(this.client, 'replicasets.apps', found, found.spec.selector, candidates);
    if (found.metadata.deletionTimestamp) {
      const family = yield* this.sets.family(found, owned, false);
      yield* this.write(found, deploymentStatus(found, family.all, family.newSet, this.moment()));
      return;
    }
    const deployment = yield* this.checkPaused(found);
    if (deployment.spec.paused || this.isScaling(deployment, owned)) yield* this.resize(deployment, owned);
    else if (isRollingUpdate(deployment)) yield* this.rollingUpdate(deployment, owned);
    else yield* this.recreate(deployment, owned);
  }

  /** Only sizes change: the Deployment is paused, or was scaled. Upstream: sync.go `sync` */
  private *resize(deployment: Deployment, owned: readonly ReplicaSet[]): Steps {
    const family = yield* this.sets.family(deployment, owned, false);
    yield* this.scaler.resize(deployment, family);
    if (deployment.spec.paused) yield* this.cleanUp(deployment, family.old);
    yield* this.write(deployment, deploymentStatus(deployment, family.all, family.newSet, this.moment()));
  }

  /** Upstream: rolling.go `rolloutRolling` */
  private *rollingUpdate(deployment: Deployment, owned: readonly ReplicaSet[]): Steps {
    const family = yield* this.sets.family(deployment, owned, true);
    if (!(yield* this.scaler.growNew(deployment, family)) && !(yield* this.scaler.shrinkOld(deployment, family))) {
      if (isComplete(deployment, deployment.status)) yield* this.cleanUp(deployment, family.old);
    }
    yield* this.writeRollout(deployment, family);
  }

  /** All old Pods first, then the new ones. Upstream: recreate.go `rolloutRecreate` */
  private *recreate(deployment: Deployment, owned: readonly ReplicaSet[]): Steps {
    let family = yield* this.sets.family(deployment, owned, false);
    const shrinking = active(family.old);
    for (const set of shrinking) yield* this.scaler.scaleTo(set, 0, deployment);
    if (shrinking.length > 0 || this.oldPodsRunning(family)) {
      yield* this.writeRollout(deployment, family);
      return;
    }
    if (!family.newSet) family = yield* this.sets.family(deployment, owned, true);
    if (family.newSet) yield* this.scaler.scaleTo(family.newSet, desiredReplicas(deployment), deployment);
    if (isComplete(deployment, deployment.status)) yield* this.cleanUp(deployment, family.old);
    yield* this.writeRollout(deployment, family);
  }

  private oldPodsRunning({ old, newSet }: Family): boolean {
    if (old.some((set) => set.status.replicas > 0)) return true;
    const uids = new Set(old.map((set) => set.metadata.uid).filter((uid) => uid !== newSet?.metadata.uid));
    const namespace = old[0]?.metadata.namespace;
    return this.client
      .list('pods', namespace)
      .some(
        (pod) => uids.has(controllerOf(pod)?.uid ?? '') && !['Failed', 'Succeeded'].includes(pod.status.phase ?? ''),
      );
  }

  /** Says in the conditions that the Deployment is paused, or no longer: sync.go `checkPausedConditions`. */
  private *checkPaused(deployment: Deployment): Steps<Deployment> {
    if (!hasProgressDeadline(deployment)) return deployment;
    const { conditions } = deployment.status;
    const reason = conditionOf(conditions, 'Progressing')?.reason;
    if (reason === 'ProgressDeadlineExceeded') return deployment;
    const said = reason === 'DeploymentPaused';
    if (said === (deployment.spec.paused ?? false)) return deployment;
    const condition = deployment.spec.paused
      ? newCondition(this.moment(), 'Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused')
      : newCondition(this.moment(), 'Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed');
    const status = { ...deployment.status, conditions: withCondition(conditions, condition) };
    const written = this.client.updateStatus('deployments.apps', { ...deployment, status });
    yield;
    return accepted(written);
  }

  /** Some ReplicaSet was scaled for another size of the Deployment: sync.go `isScalingEvent`. */
  private isScaling(deployment: Deployment, owned: readonly ReplicaSet[]): boolean {
    return active(owned).some(
      (set) => (desiredAnnotated(set) ?? desiredReplicas(deployment)) !== desiredReplicas(deployment),
    );
  }

  /** Deletes the oldest empty ReplicaSets beyond the history's limit: sync.go `cleanupDeployment`. */
  private *cleanUp(deployment: Deployment, old: readonly ReplicaSet[]): Steps {
    const { revisionHistoryLimit } = deployment.spec;
    if (revisionHistoryLimit === undefined) return;
    const alive = old.filter((set) => !set.metadata.deletionTimestamp).sort(byRevision);
    for (const set of alive.slice(0, Math.max(0, alive.length - revisionHistoryLimit))) {
      const settled = (set.metadata.generation ?? 0) <= (set.status.observedGeneration ?? 0);
      if (set.status.replicas !== 0 || sizeOf(set) !== 0 || !settled) continue;
      this.client.delete('replicasets.apps', set.metadata.namespace, set.metadata.name);
      yield;
    }
  }

  private *writeRollout(deployment: Deployment, { all, newSet }: Family): Steps {
    const status = rolloutStatus(deployment, all, newSet, this.moment());
    const before = conditionOf(deployment.status.conditions, 'Progressing')?.reason;
    const after = conditionOf(status.conditions, 'Progressing')?.reason;
    if (after === 'ProgressDeadlineExceeded' && before !== after) {
      this.context.decisions.record(
        explainStuck(deployment, all, newSet, this.client.list('pods', deployment.metadata.namespace)),
      );
    }
    if (!(yield* this.write(deployment, status))) this.checkAgainLater(deployment, status);
  }

  private *write(deployment: Deployment, status: DeploymentStatus): Steps<boolean> {
    if (deepEqual(status, deployment.status)) return false;
    const written = this.client.updateStatus('deployments.apps', { ...deployment, status });
    yield;
    accepted(written);
    return true;
  }

  /** Comes back one second after the deadline: progress.go `requeueStuckDeployment`. */
  private checkAgainLater(deployment: Deployment, status: DeploymentStatus): void {
    const progressing = conditionOf(deployment.status.conditions, 'Progressing');
    if (!hasProgressDeadline(deployment) || !progressing) return;
    if (isComplete(deployment, status) || progressing.reason === 'ProgressDeadlineExceeded') return;
    // A rollout that has succeeded once is not timed any more: looking again later could change nothing.
    if (progressing.reason === 'NewReplicaSetAvailable') return;
    const deadline = (deployment.spec.progressDeadlineSeconds ?? 0) * 1000;
    const wait = (this.context.parseTime(progressing.lastUpdateTime) ?? this.now) + deadline - this.now;
    if (wait < 1000) this.queue.addRateLimited(keyOf(deployment));
    else this.queue.addAfter(keyOf(deployment), wait + 1000);
  }

  private moment(): Moment {
    return { now: this.now, timestamp: this.context.timestamp(), parse: this.context.parseTime };
  }

  private ownerOf(object: KubeObject): Deployment | undefined {
    const owner = controllerOf(object);
    if (owner?.kind !== 'Deployment') return undefined;
    const deployment = this.client.get('deployments.apps', object.metadata.namespace, owner.name);
    return deployment?.metadata.uid === owner.uid ? deployment : undefined;
  }

  private enqueueOwner(set: KubeObject): void {
    const deployment = this.ownerOf(set);
    if (deployment) this.enqueue(deployment);
  }

  private enqueueMatching(set: KubeObject): void {
    for (const deployment of this.client.list('deployments.apps', set.metadata.namespace)) {
      if (matchesLabelSelector(deployment.spec.selector, set.metadata.labels)) this.enqueue(deployment);
    }
  }

  /** A Recreate waits for the last Pod to go: deployment_controller.go `deletePod`. */
  private podGone(pod: KubeObject): void {
    const reference = controllerOf(pod);
    if (reference?.kind !== 'ReplicaSet') return;
    const set = this.client.get('replicasets.apps', pod.metadata.namespace, reference.name);
    const deployment = set && this.ownerOf(set);
    if (deployment && !isRollingUpdate(deployment)) this.enqueue(deployment);
  }
}
