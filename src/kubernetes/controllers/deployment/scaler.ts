import type { Deployment, ReplicaSet } from '../../api/generated/apps-v1';
import { deepEqual, referenceTo } from '../../api/object';
import type { Client } from '../../apiserver/client';
import type { EventRecorder } from '../../component';
import { accepted, type Steps } from '../controller';
import { desiredAnnotated, maxAnnotated, sizeAnnotations } from './annotations';
import type { Family } from './new-replica-set';
import { active, byCreation, bySizeNewer, bySizeOlder } from './replica-sets';
import {
  desiredReplicas,
  isRollingUpdate,
  maxSurge,
  maxUnavailable,
  newReplicaSetSize,
  scaleDownBudget,
  sizeOf,
  totalAvailable,
  totalSize,
} from './rolling';

/** Gives ReplicaSets new sizes and says so. Upstream: pkg/controller/deployment/rolling.go, sync.go */
export class Scaler {
  constructor(
    private readonly client: Client,
    private readonly recorder: EventRecorder,
  ) {}

  /** `scaleReplicaSetAndRecordEvent` */
  *scaleTo(set: ReplicaSet, size: number, deployment: Deployment): Steps<ReplicaSet> {
    return sizeOf(set) === size ? set : yield* this.write(set, size, deployment);
  }

  /** Grows (or, after a roll back, cuts) the new ReplicaSet. Returns whether anything was written. */
  *growNew(deployment: Deployment, { newSet, all }: Family): Steps<boolean> {
    if (!newSet || sizeOf(newSet) === desiredReplicas(deployment)) return false;
    const tooLarge = sizeOf(newSet) > desiredReplicas(deployment);
    const size = tooLarge ? desiredReplicas(deployment) : newReplicaSetSize(deployment, all, sizeOf(newSet));
    return (yield* this.scaleTo(newSet, size, deployment)) !== newSet;
  }

  /** Shrinks old ReplicaSets as far as availability allows, Pods that are not available first. */
  *shrinkOld(deployment: Deployment, { newSet, old, all }: Family): Steps<boolean> {
    const living = active(old);
    if (living.length === 0) return false;
    const budget = scaleDownBudget(deployment, all, newSet);
    if (budget <= 0) return false;
    let given = 0;
    const cleaned: ReplicaSet[] = [];
    for (const set of living.sort(byCreation)) {
      const unhealthy = sizeOf(set) - (set.status.availableReplicas ?? 0);
      const count = Math.max(0, Math.min(budget - given, unhealthy));
      given += count;
      cleaned.push(yield* this.scaleTo(set, sizeOf(set) - count, deployment));
    }
    return (yield* this.shrinkHealthy(deployment, cleaned, newSet)) + given > 0;
  }

  /** Only sizes are to change: sync.go `scale`. */
  *resize(deployment: Deployment, { newSet, old }: Family): Steps {
    const only = activeOrLatest(newSet, old);
    const desired = desiredReplicas(deployment);
    if (only) {
      yield* this.scaleTo(only, desired, deployment);
      return;
    }
    if (newSet && isSaturated(deployment, newSet)) {
      for (const set of active(old)) yield* this.scaleTo(set, 0, deployment);
      return;
    }
    if (isRollingUpdate(deployment)) yield* this.scaleProportionally(deployment, active([...old, newSet]));
  }

  private *shrinkHealthy(
    deployment: Deployment,
    old: readonly ReplicaSet[],
    newSet: ReplicaSet | undefined,
  ): Steps<number> {
    const minAvailable = desiredReplicas(deployment) - maxUnavailable(deployment);
    const available = totalAvailable(newSet ? [...old, newSet] : old);
    let rest = available - minAvailable;
    let shrunk = 0;
    for (const set of old) {
      const count = Math.min(sizeOf(set), rest);
      if (count <= 0) continue;
      yield* this.scaleTo(set, sizeOf(set) - count, deployment);
      rest -= count;
      shrunk += count;
    }
    return shrunk;
  }

  /** In the middle of a rollout every ReplicaSet gets its share; the rest goes to the largest. */
  private *scaleProportionally(deployment: Deployment, sets: ReplicaSet[]): Steps {
    const desired = desiredReplicas(deployment);
    const allowed = desired > 0 ? desired + maxSurge(deployment) : 0;
    const toAdd = allowed - totalSize(sets);
    sets.sort(toAdd > 0 ? bySizeNewer : bySizeOlder);
    let added = 0;
    const sizes = sets.map((set) => {
      const share = proportion(set, deployment, toAdd, added);
      added += share;
      return sizeOf(set) + share;
    });
    for (const [i, set] of sets.entries()) {
      const size = (sizes[i] ?? 0) + (i === 0 ? toAdd - added : 0);
      yield* this.write(set, Math.max(0, size), deployment);
    }
  }

  /** `scaleReplicaSet` */
  private *write(set: ReplicaSet, size: number, deployment: Deployment): Steps<ReplicaSet> {
    const before = sizeOf(set);
    const annotations = { ...set.metadata.annotations, ...sizeAnnotations(deployment) };
    if (before === size && deepEqual(annotations, set.metadata.annotations)) return set;
    const next = { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas: size } };
    const answer = this.client.update('replicasets.apps', next);
    yield;
    const written = accepted(answer);
    if (before !== size) {
      const message = `Scaled ${before < size ? 'up' : 'down'} replica set ${set.metadata.name} from ${before} to ${size}`;
      this.recorder.event(referenceTo(deployment), 'Normal', 'ScalingReplicaSet', message);
    }
    return written;
  }
}

/** The one ReplicaSet that has Pods, or the newest if none has: `FindActiveOrLatest`. */
function activeOrLatest(newSet: ReplicaSet | undefined, old: readonly ReplicaSet[]): ReplicaSet | undefined {
  const living = active([...old, newSet]);
  if (living.length === 0) return newSet ?? [...old].sort(byCreation).at(-1);
  return living.length === 1 ? living[0] : undefined;
}

function isSaturated(deployment: Deployment, set: ReplicaSet): boolean {
  const desired = desiredReplicas(deployment);
  return sizeOf(set) === desired && desiredAnnotated(set) === desired && set.status.availableReplicas === desired;
}

/** `GetReplicaSetProportion` */
function proportion(set: ReplicaSet, deployment: Deployment, toAdd: number, added: number): number {
  if (sizeOf(set) === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fraction(set, deployment);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

function fraction(set: ReplicaSet, deployment: Deployment): number {
  const desired = desiredReplicas(deployment);
  if (desired === 0) return -sizeOf(set);
  const before = maxAnnotated(set) ?? deployment.status.replicas ?? 0;
  if (before === 0) return 0;
  return Math.round((sizeOf(set) * (desired + maxSurge(deployment))) / before) - sizeOf(set);
}
