import type { Deployment, ReplicaSet } from '../../api/generated/apps-v1';
import type { KubernetesVersion } from '../../api/kind';
import { controllerOf, deepEqual, type Draft, referenceTo } from '../../api/object';
import type { Client } from '../../apiserver/client';
import type { EventRecorder } from '../../component';
import { conditionOf, withCondition } from '../conditions';
import { accepted, RequestRefused, type Steps } from '../controller';
import { controllerReference, withLabels } from '../pod-control';
import { maxRevision, newSetAnnotations, revisionAnnotation } from './annotations';
import { hasProgressDeadline, type Moment, newCondition } from './progress';
import { findNew, hashLabel, sameTemplate } from './replica-sets';
import { newReplicaSetSize } from './rolling';
import { templateHash } from './template-hash';

/** A Deployment's ReplicaSets: the one with its template, and the others. */
export interface Family {
  readonly newSet: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
  /** `old`, then `newSet`. */
  readonly all: readonly ReplicaSet[];
}

/** Finds or makes the ReplicaSet of a Deployment's present template. Upstream: pkg/controller/deployment/sync.go */
export class NewReplicaSets {
  constructor(
    private readonly client: Client,
    private readonly recorder: EventRecorder,
    private readonly moment: () => Moment,
    private readonly version: KubernetesVersion,
  ) {}

  /** `getAllReplicaSetsAndSyncRevision` */
  *family(deployment: Deployment, owned: readonly ReplicaSet[], create: boolean): Steps<Family> {
    const existing = findNew(deployment, owned);
    const old = owned.filter((set) => set.metadata.uid !== existing?.metadata.uid);
    const revision = maxRevision(old) + 1;
    const newSet = existing
      ? yield* this.keep(deployment, existing, revision)
      : create
        ? yield* this.create(deployment, old, revision)
        : undefined;
    return { newSet, old, all: newSet ? [...old, newSet] : old };
  }

  private *keep(deployment: Deployment, set: ReplicaSet, revision: number): Steps<ReplicaSet> {
    const annotations = newSetAnnotations(deployment, set.metadata.annotations, revision, true);
    const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
    if (
      !deepEqual(annotations, set.metadata.annotations ?? {}) ||
      (set.spec.minReadySeconds ?? 0) !== minReadySeconds
    ) {
      const spec = { ...set.spec, ...(minReadySeconds ? { minReadySeconds } : { minReadySeconds: undefined }) };
      const next = { ...set, metadata: { ...set.metadata, annotations: { ...annotations } }, spec };
      const written = this.client.update('replicasets.apps', next);
      yield;
      return accepted(written);
    }
    const current = conditionOf(deployment.status.conditions, 'Progressing');
    const found =
      hasProgressDeadline(deployment) && !current
        ? this.progressing('FoundNewReplicaSet', `Found new replica set "${set.metadata.name}"`)
        : undefined;
    yield* this.say(deployment, set.metadata.annotations?.[revisionAnnotation], found);
    return set;
  }

  private *create(deployment: Deployment, old: readonly ReplicaSet[], revision: number): Steps<ReplicaSet> {
    const { namespace, name } = deployment.metadata;
    const hash = templateHash(deployment.spec.template, deployment.status.collisionCount, this.version);
    const draft = this.draft(deployment, old, hash, revision);
    const result = this.client.create('replicasets.apps', draft);
    yield;
    const wanted = draft.spec.replicas ?? 0;
    if (result.ok) {
      const set = result.object;
      if (wanted > 0) {
        const message = `Scaled up replica set ${set.metadata.name} from 0 to ${wanted}`;
        this.recorder.event(referenceTo(deployment), 'Normal', 'ScalingReplicaSet', message);
      }
      const created = hasProgressDeadline(deployment)
        ? this.progressing('NewReplicaSetCreated', `Created new replica set "${set.metadata.name}"`)
        : undefined;
      yield* this.say(deployment, String(revision), created);
      return set;
    }
    const { status } = result;
    if (status.reason === 'AlreadyExists') {
      const other = this.client.get('replicasets.apps', namespace, draft.metadata.name ?? '');
      if (
        other &&
        controllerOf(other)?.uid === deployment.metadata.uid &&
        sameTemplate(other.spec.template, deployment.spec.template)
      ) {
        return other;
      }
      // Another template with the same hash: count the collision, so that the next try gets another name.
      const collisionCount = (deployment.status.collisionCount ?? 0) + 1;
      const counted = { ...deployment, status: { ...deployment.status, collisionCount } };
      accepted(this.client.updateStatus('deployments.apps', counted));
      throw new RequestRefused(status);
    }
    if (status.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating'))
      throw new RequestRefused(status);
    const message = `Failed to create new replica set "${draft.metadata.name ?? ''}": ${status.message ?? ''}`;
    if (hasProgressDeadline(deployment)) {
      const failed = newCondition(this.moment(), 'Progressing', 'False', 'ReplicaSetCreateError', message);
      const conditions = withCondition(deployment.status.conditions, failed);
      this.client.updateStatus('deployments.apps', { ...deployment, status: { ...deployment.status, conditions } });
    }
    this.recorder.event(referenceTo(deployment), 'Warning', 'ReplicaSetCreateError', message);
    throw new RequestRefused({ ...status, message: `${name}: ${status.message ?? ''}` });
  }

  private draft(deployment: Deployment, old: readonly ReplicaSet[], hash: string, revision: number): Draft<ReplicaSet> {
    const { spec, metadata } = deployment;
    const labels = { ...spec.template.metadata?.labels, [hashLabel]: hash };
    const template = withLabels(spec.template, labels);
    const selector = { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [hashLabel]: hash } };
    // The name of the Deployment is cut so that the whole fits into 253 characters: `generateReplicaSetName`.
    return {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${metadata.name.slice(0, 253 - hash.length - 1)}-${hash}`,
        namespace: metadata.namespace,
        labels,
        annotations: { ...newSetAnnotations(deployment, undefined, revision, false) },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas: newReplicaSetSize(deployment, old, 0),
        ...(spec.minReadySeconds ? { minReadySeconds: spec.minReadySeconds } : {}),
        selector,
        template,
      },
    };
  }

  /** Writes the revision and a Progressing condition onto the Deployment, where they are news. */
  private *say(
    deployment: Deployment,
    revision: string | undefined,
    condition: ReturnType<typeof newCondition> | undefined,
  ): Steps {
    const { annotations } = deployment.metadata;
    const newRevision = revision !== undefined && annotations?.[revisionAnnotation] !== revision;
    if (!newRevision && !condition) return;
    const metadata = newRevision
      ? { ...deployment.metadata, annotations: { ...annotations, [revisionAnnotation]: revision } }
      : deployment.metadata;
    const conditions = condition
      ? withCondition(deployment.status.conditions, condition)
      : deployment.status.conditions;
    const status = { ...deployment.status, conditions };
    const written = this.client.updateStatus('deployments.apps', { ...deployment, metadata, status });
    yield;
    accepted(written);
  }

  private progressing(reason: string, message: string) {
    return newCondition(this.moment(), 'Progressing', 'True', reason, message);
  }
}
