import type { ShellContext } from '../command';
import { segmentTable } from './shared-memory';
import { joinLines } from './text';
import { capabilityMask, routeTable } from './proc-tables';

/** A text to work on, and where it came from. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/**
 * The texts of the named files, or of standard input when none is named (`-` is standard input too). A file that
 * cannot be read is complained about as GNU's tools do, and left out.
 */
export function readSources(
  command: string,
  names: readonly string[],
  context: ShellContext,
): { readonly sources: readonly Source[]; readonly failed: boolean } {
  if (names.length === 0) return { sources: [{ name: '-', text: context.stdin }], failed: false };
  const sources: Source[] = [];
  let failed = false;
  for (const name of names) {
    const text = name === '-' ? context.stdin : readFile(name, context);
    if (text !== undefined) sources.push({ name, text });
    else {
      failed = true;
      const folder = context.files.list(name) !== undefined;
      const named = command === 'cat' && context.scene.busybox ? `can't open '${name}'` : name;
      context.stderr(`${command}: ${named}: ${folder ? 'Is a directory' : 'No such file or directory'}\n`);
    }
  }
  return { sources, failed };
}

/** A file, or one of the few that the kernel makes up. */
export function readFile(name: string, context: ShellContext): string | undefined {
  return name.startsWith('/proc/') ? procFile(name, context) : context.files.read(name);
}

function procFile(path: string, context: ShellContext): string | undefined {
  const { scene, cluster } = context;
  switch (path) {
    case '/proc/sys/kernel/hostname':
      return `${scene.hostname}\n`;
    case '/proc/sys/net/ipv4/ip_unprivileged_port_start': {
      const namespace = scene.kernel.namespaces().find((entry) => entry.id === scene.namespace);
      return `${namespace?.unprivilegedPortStart ?? 1024}\n`;
    }
    case '/proc/sys/net/ipv4/ip_forward':
      return '1\n';
    case '/proc/self/status':
      return scene.process
        ? `Name:\tcat\nUid:\t${scene.uid}\t${scene.uid}\t${scene.uid}\t${scene.uid}\nCapEff:\t${capabilityMask(scene.process.capabilities)}\n`
        : `Name:\tcat\nUid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\n`;
    case '/proc/net/route':
      return joinLines(routeTable(scene.kernel.routes(scene.namespace)));
    case '/proc/sysvipc/shm':
      return segmentTable(context);
    case '/proc/uptime':
      return `${(cluster.clock.now / 1000).toFixed(2)} 0.00\n`;
    case '/proc/net/tcp':
      return joinLines(tcpTable(scene.kernel.sockets(scene.namespace)));
    default:
      return undefined;
  }
}

// net/ipv4/tcp_ipv4.c, get_openreq4 and get_tcp4_sock: state 0A is LISTEN.
function tcpTable(sockets: readonly { protocol: string; address: string; port: number; id: number }[]): string[] {
  const head =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     ';
  const v4 = sockets.filter((socket) => socket.protocol === 'TCP' && !socket.address.includes(':'));
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
  const rows = v4.map(({ address, port, id }, index) => {
    const bytes = address.split('.').reverse();
    const local = `${bytes.map((byte) => hex(Number(byte), 2)).join('')}:${hex(port, 4)}`;
    const line = `${String(index).padStart(4)}: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${50_000 + id} 1 0000000000000000 100 0 0 10 0`;
    return line.padEnd(149);
  });
  return [head, ...rows];
}
