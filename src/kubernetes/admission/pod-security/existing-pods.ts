// Upstream: staging/src/k8s.io/pod-security-admission/admission/admission.go `EvaluatePodsInNamespace`
import type { AdmissionContext } from '../chain';
import { evaluate } from './evaluate';
import { levels, type Policy, policyText } from './policy';

/** Pods that are looked at; a real server also stops after a second. */
const maxPods = 3000;

/** What is said when a namespace's enforced policy changes under Pods that break it. They are left running. */
export function existingPodWarnings(
  namespace: string,
  policy: Policy,
  old: Policy,
  context: AdmissionContext,
): string[] {
  const loosened = policy.minor === old.minor && levels.indexOf(policy.level) < levels.indexOf(old.level);
  if (policy.level === 'privileged' || loosened) return [];
  const found = new Map<string, { first: string; count: number }>();
  for (const pod of context.reader.list('pods', namespace).slice(0, maxPods)) {
    const reasons = evaluate(policy, pod, context.kubernetes).map(({ reason }) => reason);
    if (reasons.length === 0) continue;
    const key = reasons.join(', ');
    const entry = found.get(key) ?? { first: pod.metadata.name, count: 0 };
    found.set(key, {
      first: pod.metadata.name < entry.first ? pod.metadata.name : entry.first,
      count: entry.count + 1,
    });
  }
  if (found.size === 0) return [];
  const lines = [...found].map(([reasons, { first, count }]) => `${first}${others(count - 1)}: ${reasons}`);
  const head = `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${policyText(policy)}"`;
  return [head, ...lines.sort((a, b) => (a < b ? -1 : 1))];
}

function others(count: number): string {
  return count === 0 ? '' : ` (and ${count} other ${count === 1 ? 'pod' : 'pods'})`;
}
