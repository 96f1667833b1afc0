// Upstream: pkg/kubelet/sysctl/allowlist.go, safe_sysctls.go
import type { Pod } from '../api/generated/core-v1';
import type { Refusal } from './admission';

/** What a Pod may set without the kubelet being told so; all but the first are of its network. */
const safe: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

/** Why a kubelet refuses a Pod for the kernel's settings that it asks for. */
export function sysctlRefusal({ spec }: Pod): Refusal | undefined {
  for (const { name } of spec.securityContext?.sysctls ?? []) {
    const why = problem(name.replace(/\//g, '.'), spec);
    if (why !== undefined) return { reason: 'SysctlForbidden', message: `forbidden sysctl: "${why}` };
  }
  return undefined;
}

function problem(name: string, { hostNetwork, hostIPC }: Pod['spec']): string | undefined {
  if (!safe.has(name)) return `${name}" not allowlisted`;
  const isNet = name.startsWith('net.');
  if (isNet ? hostNetwork : hostIPC) return `${name}" not allowed with host ${isNet ? 'Net' : 'IPC'} enabled`;
  return undefined;
}
