// Upstream: staging/src/k8s.io/pod-security-admission/policy/registry.go, checks.go
import type { KubernetesVersion } from '../../api/kind';
import type { Check, CheckRule, PodUnderCheck, Violation } from './check';
import { capabilitiesBaseline, capabilitiesRestricted } from './checks/capabilities';
import { hostNamespaces, hostPathVolumes, hostPorts, hostProbesAndHostLifecycle } from './checks/host';
import {
  allowPrivilegeEscalation,
  privileged,
  procMount,
  procMountRestricted,
  runAsNonRoot,
  runAsUser,
  windowsHostProcess,
} from './checks/privileges';
import { appArmorProfile, seccompBaseline, seccompRestricted, seLinuxOptions } from './checks/profiles';
import { sysctls } from './checks/sysctls';
import { restrictedVolumes } from './checks/volumes';
import { effectiveMinor, type Policy } from './policy';

/** Every check, each level in the order of ids. */
const checks: readonly Check[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMount,
  seLinuxOptions,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];

/** What a policy has against a Pod, in the order of the checks. */
export function evaluate(policy: Policy, pod: PodUnderCheck, kubernetes: KubernetesVersion): Violation[] {
  if (policy.level === 'privileged') return [];
  return rulesOf(policy.level, effectiveMinor(policy, kubernetes)).flatMap((rule) => rule(pod) ?? []);
}

/** The rules of a level as of a minor, worked out once. */
const known = new Map<string, readonly CheckRule[]>();

function rulesOf(level: Policy['level'], minor: number): readonly CheckRule[] {
  const key = `${level}/${minor}`;
  const rules = known.get(key) ?? activeRules(level, minor);
  known.set(key, rules);
  return rules;
}

function activeRules(level: Policy['level'], minor: number): readonly CheckRule[] {
  const active = checks.flatMap((check) => {
    if (check.level === 'restricted' && level !== 'restricted') return [];
    const rule = check.rules.findLast(({ since }) => since <= minor)?.rule;
    return rule ? [{ check, rule }] : [];
  });
  const overridden = new Set(active.flatMap(({ check }) => check.overrides ?? []));
  return active.filter(({ check }) => !overridden.has(check.id)).map(({ rule }) => rule);
}

/** `host namespaces (hostNetwork=true), hostPort (container "web" uses hostPort 80)` */
export function violationsText(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');
}
