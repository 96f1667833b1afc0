import { parseCidr, parseIPv4 } from '@/kubernetes/network/address';
import type { Route } from '@/kubernetes/network/interfaces';

// include/uapi/linux/capability.h, in the order of their numbers
const capabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
];

/** `CapEff` of /proc/PID/status: one bit per capability, 16 hex digits. */
export function capabilityMask(held: readonly string[]): string {
  const bits = capabilities.map((name, index) => (held.includes(name) || held.includes('ALL') ? 2 ** index : 0));
  return bits
    .reduce((sum, bit) => sum + bit, 0)
    .toString(16)
    .padStart(16, '0');
}

/** /proc/net/route: addresses as the kernel holds them, in hexadecimal with the first byte last. */
export function routeTable(routes: readonly Route[]): string[] {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
  const rows = routes
    .map(({ to, via, device }) => {
      const range = to === 'default' ? { base: 0, prefix: 0 } : (parseCidr(to) ?? { base: 0, prefix: 0 });
      const gateway = via === undefined ? 0 : (parseIPv4(via) ?? 0);
      const mask = range.prefix === 0 ? 0 : (0xffffffff << (32 - range.prefix)) >>> 0;
      const flags = via === undefined ? '0001' : '0003';
      const cells = [device, swapped(range.base), swapped(gateway), flags, '0', '0', '0', swapped(mask), '0', '0', '0'];
      return { base: range.base, line: cells.join('\t') };
    })
    .sort((a, b) => a.base - b.base);
  return [head.padEnd(127), ...rows.map(({ line }) => line.padEnd(127))];
}

function swapped(value: number): string {
  const hex = value.toString(16).padStart(8, '0');
  return (hex.match(/../g) ?? []).reverse().join('').toUpperCase();
}
