import type { DaemonSet, Deployment, StatefulSet } from '@/kubernetes/api/generated/apps-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { KubectlError } from '../errors';
import { groupKind } from '../resource/info';
import { typedAs } from '../resource/typed';

/** What `rollout status` says now, and whether it is over. */
export interface RolloutStatus {
  readonly message: string;
  readonly done: boolean;
}

/**
 * `revision` above 0: only of that one. Upstream: kubectl/pkg/polymorphichelpers/rollout_status.go. Throws where the kind or the strategy has no rollout.
 */
export function rolloutStatus(object: KubeObject, revision = 0): RolloutStatus {
  // Each kind's objects have that kind's shape.
  switch (object.kind) {
    case 'Deployment':
      return deploymentStatus(typedAs<Deployment>(object), revision);
    case 'DaemonSet':
      return daemonSetStatus(typedAs<DaemonSet>(object));
    case 'StatefulSet':
      return statefulSetStatus(typedAs<StatefulSet>(object));
  }
  throw new KubectlError(`no status viewer has been implemented for ${groupKind(object)}`);
}

const waiting = (message: string): RolloutStatus => ({ message, done: false });

function deploymentStatus({ metadata, spec, status }: Deployment, revision: number): RolloutStatus {
  const { name } = metadata;
  const running = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (revision > 0 && revision !== running) {
    throw new KubectlError(`desired revision (${revision}) is different from the running revision (${running})`);
  }
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting('Waiting for deployment spec update to be observed...\n');
  }
  if (status.conditions?.some((one) => one.type === 'Progressing' && one.reason === 'ProgressDeadlineExceeded')) {
    throw new KubectlError(`deployment "${name}" exceeded its progress deadline`);
  }
  const wanted = spec.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const head = `Waiting for deployment "${name}" rollout to finish:`;
  if (updated < wanted) return waiting(`${head} ${updated} out of ${wanted} new replicas have been updated...\n`);
  const old = (status.replicas ?? 0) - updated;
  if (old > 0) return waiting(`${head} ${old} old replicas are pending termination...\n`);
  const available = status.availableReplicas ?? 0;
  if (available < updated) return waiting(`${head} ${available} of ${updated} updated replicas are available...\n`);
  return { message: `deployment "${name}" successfully rolled out\n`, done: true };
}

function daemonSetStatus({ metadata, spec, status }: DaemonSet): RolloutStatus {
  const { name } = metadata;
  if (spec.updateStrategy?.type !== 'RollingUpdate') {
    throw new KubectlError('rollout status is only available for RollingUpdate strategy type');
  }
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting('Waiting for daemon set spec update to be observed...\n');
  }
  const desired = status.desiredNumberScheduled;
  const updated = status.updatedNumberScheduled ?? 0;
  const head = `Waiting for daemon set "${name}" rollout to finish:`;
  if (updated < desired) return waiting(`${head} ${updated} out of ${desired} new pods have been updated...\n`);
  const available = status.numberAvailable ?? 0;
  if (available < desired) return waiting(`${head} ${available} of ${desired} updated pods are available...\n`);
  return { message: `daemon set "${name}" successfully rolled out\n`, done: true };
}

function statefulSetStatus({ metadata, spec, status }: StatefulSet): RolloutStatus {
  if (spec.updateStrategy?.type !== 'RollingUpdate') {
    throw new KubectlError('rollout status is only available for RollingUpdate strategy type');
  }
  if (!status.observedGeneration || (metadata.generation ?? 0) > status.observedGeneration) {
    return waiting('Waiting for statefulset spec update to be observed...\n');
  }
  const wanted = spec.replicas ?? 1;
  const ready = status.readyReplicas ?? 0;
  if (ready < wanted) return waiting(`Waiting for ${wanted - ready} pods to be ready...\n`);
  const partition = spec.updateStrategy.rollingUpdate?.partition;
  const updated = status.updatedReplicas ?? 0;
  if (partition !== undefined) {
    if (updated < wanted - partition) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${wanted - partition} new pods have been updated...\n`,
      );
    }
    return { message: `partitioned roll out complete: ${updated} new pods have been updated...\n`, done: true };
  }
  if (status.updateRevision !== status.currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${status.updateRevision ?? ''}...\n`,
    );
  }
  return {
    message: `statefulset rolling update complete ${status.currentReplicas ?? 0} pods at revision ${status.currentRevision ?? ''}...\n`,
    done: true,
  };
}
