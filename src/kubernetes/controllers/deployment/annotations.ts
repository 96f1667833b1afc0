import type { Deployment, ReplicaSet } from '../../api/generated/apps-v1';
import { desiredReplicas, maxSurge } from './rolling';

/** Upstream: pkg/controller/deployment/util/deployment_util.go */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const revisionHistory = 'deployment.kubernetes.io/revision-history';
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

/** Annotations of a Deployment that its ReplicaSets do not get. */
const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistory,
  desiredAnnotation,
  maxAnnotation,
  'deprecated.deployment.rollback.to',
]);

/** Annotations by their keys. */
export type Annotations = Readonly<Record<string, string>>;

/** The number of the Deployment's revision that a ReplicaSet is; 0 where it has none. */
export function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[revisionAnnotation] ?? 0) || 0;
}

/** The highest revision, 0 of none: upstream `MaxRevision`. */
export function maxRevision(sets: readonly ReplicaSet[]): number {
  return Math.max(0, ...sets.map(revisionOf));
}

/** For how many Pods the Deployment was meant when this ReplicaSet was scaled. */
export function desiredAnnotated(set: ReplicaSet): number | undefined {
  const text = set.metadata.annotations?.[desiredAnnotation];
  return text === undefined ? undefined : Number(text);
}

/** How many Pods there could be at the most, the surge among them, when this ReplicaSet was scaled. */
export function maxAnnotated(set: ReplicaSet): number | undefined {
  const text = set.metadata.annotations?.[maxAnnotation];
  return text === undefined ? undefined : Number(text);
}

/** The two annotations that remember for which size of the Deployment a ReplicaSet was scaled. */
export function sizeAnnotations(deployment: Deployment): Annotations {
  const desired = desiredReplicas(deployment);
  return { [desiredAnnotation]: String(desired), [maxAnnotation]: String(desired + maxSurge(deployment)) };
}

/**
 * The annotations the newest ReplicaSet should carry: `SetNewReplicaSetAnnotations`. A ReplicaSet that is rolled back
 * to gets the new revision and keeps its earlier ones in a history.
 */
export function newSetAnnotations(
  deployment: Deployment,
  current: Annotations | undefined,
  revision: number,
  exists: boolean,
): Annotations {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !notCopied.has(key));
  const next: Record<string, string> = { ...current, ...Object.fromEntries(copied) };
  const oldRevision = current?.[revisionAnnotation];
  if ((Number(oldRevision) || 0) < revision) {
    next[revisionAnnotation] = String(revision);
    if (oldRevision !== undefined) {
      const history = next[revisionHistory];
      next[revisionHistory] = history ? `${history},${oldRevision}` : oldRevision;
    }
  }
  return exists ? next : { ...next, ...sizeAnnotations(deployment) };
}
