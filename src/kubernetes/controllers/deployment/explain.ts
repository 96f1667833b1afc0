import type { Deployment, ReplicaSet } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import { controllerOf, referenceTo } from '../../api/object';
import type { Decision, Fact } from '../../component';
import { podCondition } from '../pod-state';
import { desiredReplicas, maxSurge, maxUnavailable, sizeOf, totalAvailable } from './rolling';

/** Why a rollout stands still, in the words of the arithmetic that holds it. */
export function explainStuck(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  pods: readonly Pod[],
): Omit<Decision, 'at' | 'revision'> {
  const desired = desiredReplicas(deployment);
  const surge = maxSurge(deployment);
  const unavailable = maxUnavailable(deployment);
  const facts: Fact[] = [
    {
      text: `${desired} replicas are wanted; ${surge} more may exist (maxSurge) and ${unavailable} may be missing (maxUnavailable)`,
    },
    { text: `${totalAvailable(all)} are available, ${desired - unavailable} must stay available` },
  ];
  if (newSet) {
    const { availableReplicas = 0 } = newSet.status;
    facts.push({
      text: `the new ReplicaSet has ${availableReplicas} of ${sizeOf(newSet)} Pods available`,
      about: [referenceTo(newSet)],
    });
  }
  for (const pod of pods) {
    if (controllerOf(pod)?.uid !== newSet?.metadata.uid) continue;
    const scheduled = podCondition(pod, 'PodScheduled');
    if (scheduled?.status !== 'False') continue;
    facts.push({ text: `a new Pod has no node: ${scheduled.message ?? ''}`, about: [referenceTo(pod)] });
  }
  return {
    component: 'deployment-controller',
    subject: referenceTo(deployment),
    verdict: `no progress for ${deployment.spec.progressDeadlineSeconds ?? 0} s: the rollout is reported as failed, nothing is rolled back`,
    because: facts,
  };
}
