import type { Job, PodFailurePolicyRule } from '../../api/generated/batch-v1';
import type { Pod } from '../../api/generated/core-v1';
import { podCondition } from '../pod-state';

/** What the policy says of one failed Pod. */
export interface Verdict {
  readonly action: string;
  /** Text for the Job's condition when the action is FailJob. */
  readonly message: string;
}

/** The first rule that matches. Upstream: pkg/controller/job/pod_failure_policy.go `matchPodFailurePolicy` */
export function matchFailurePolicy(job: Job, pod: Pod): Verdict | undefined {
  const rules = job.spec?.podFailurePolicy?.rules ?? [];
  for (const [index, rule] of rules.entries()) {
    const what = matchRule(rule, pod);
    if (what) return { action: rule.action, message: `${what} matching ${rule.action} rule at index ${index}` };
  }
  return undefined;
}

function matchRule(rule: PodFailurePolicyRule, pod: Pod): string | undefined {
  const name = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  if (rule.onExitCodes) {
    const { containerName, operator, values } = rule.onExitCodes;
    for (const status of [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])]) {
      const code = status.state?.terminated?.exitCode;
      if (code === undefined || code === 0 || (containerName !== undefined && containerName !== status.name)) continue;
      if (values.includes(code) === (operator === 'In')) {
        return `Container ${status.name} for pod ${name} failed with exit code ${code}`;
      }
    }
    return undefined;
  }
  for (const pattern of rule.onPodConditions ?? []) {
    if (podCondition(pod, pattern.type)?.status === (pattern.status ?? 'True')) {
      return `Pod ${name} has condition ${pattern.type}`;
    }
  }
  return undefined;
}
