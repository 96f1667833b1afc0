// Upstream: staging/src/k8s.io/pod-security-admission/policy/check_sysctls.go
import type { Check, CheckRule } from '../check';

/** Sysctls that harm nobody else, and the minor since which they count as such. */
const safe: readonly (readonly [name: string, since: number])[] = [
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
];

function onlySafe(minor: number): CheckRule {
  const allowed = new Set(safe.filter(([, since]) => since <= minor).map(([name]) => name));
  return ({ spec }) => {
    const names = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !allowed.has(name));
    return names.length > 0 ? { reason: 'forbidden sysctls', detail: names.join(', ') } : undefined;
  };
}

export const sysctls: Check = {
  id: 'sysctls',
  level: 'baseline',
  rules: [...new Set(safe.map(([, since]) => since))].map((since) => ({ since, rule: onlySafe(since) })),
};
