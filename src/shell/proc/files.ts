import type { Cluster } from '@/kubernetes/cluster';
import { kernelReleaseOf } from '@/kubernetes/node-system';
import type { FileSystem } from '@/kubectl/command';
import { osRelease } from '../os-release';
import type { Scene } from '../scene';
import { capabilityMask } from './capabilities';
import { deviceTable, inet6Table, routeTable, socketTable } from './net-tables';
import { type SeenProcess, processesAt } from './processes';

type View = Pick<Scene, 'kernel' | 'namespace' | 'hostname' | 'uid' | 'process'>;
type Table = Readonly<Record<string, () => string>>;

/** Kinds of namespaces that /proc/PID/ns names. */
const namespaceKinds = [
  'cgroup',
  'ipc',
  'mnt',
  'net',
  'pid',
  'pid_for_children',
  'time',
  'time_for_children',
  'user',
  'uts',
];
// What /sys has at its top on every machine.
const sysFolders = ['block', 'bus', 'class', 'dev', 'devices', 'firmware', 'fs', 'kernel', 'module', 'power'];

/** A place's files with what lies there on every machine: /proc and /sys of the kernel, the name of the system. */
export function withKernelFiles(files: FileSystem, view: View, cluster: Cluster): FileSystem {
  return {
    ...(files.cwd === undefined ? {} : { cwd: files.cwd }),
    read: (path) => files.read(path) ?? kernelFile(path, view, cluster),
    write: (path, text) => files.write(path, text),
    remove: (path) => files.remove(path),
    reserve: files.reserve && ((path, bytes) => files.reserve?.(path, bytes)),
    reserved: (path) => files.reserved?.(path),
    list: (path) => {
      const made = kernelFolder(path.replace(/(?<=.)\/+$/, ''), view, cluster);
      const own = files.list(path);
      return made ? [...new Set([...made, ...(own ?? [])])].sort() : own;
    },
  };
}

/** A file that nobody wrote there; undefined when there is none. */
function kernelFile(path: string, view: View, cluster: Cluster): string | undefined {
  const device = /^\/sys\/class\/net\/([^/]+)\/(\w+)$/.exec(path);
  if (path === '/etc/os-release') return osRelease(view, cluster);
  if (device) return deviceFile(view, device[1] ?? '', device[2] ?? '');
  if (!path.startsWith('/proc/')) return undefined;
  const own = /^\/proc\/(self|\d+)\/(\w+)$/.exec(path);
  if (own) return processFile(view, own[1] ?? '', own[2] ?? '');
  const net = path.replace(/^\/proc\/(?:self|\d+)\/net\//, '/proc/net/');
  return { ...netFiles(view, cluster), ...systemFiles(view, cluster) }[net]?.();
}

function netFiles({ kernel, namespace }: View, cluster: Cluster): Table {
  const sockets = () => kernel.sockets(namespace).sort((a, b) => a.id - b.id);
  const ended = () => kernel.timeWaits(namespace).map((wait) => ({ ...wait, left: wait.until - cluster.clock.now }));
  const devices = () => kernel.interfaces(namespace);
  return {
    '/proc/net/arp': () => 'IP address       HW type     Flags       HW address            Mask     Device\n',
    '/proc/net/dev': () => text(deviceTable(devices())),
    '/proc/net/if_inet6': () => text(inet6Table(devices())),
    '/proc/net/route': () => text(routeTable(kernel.routes(namespace))),
    '/proc/net/tcp': () => text(socketTable([...sockets(), ...ended()], 'TCP', false)),
    '/proc/net/tcp6': () => text(socketTable([...sockets(), ...ended()], 'TCP', true)),
    '/proc/net/udp': () => text(socketTable(sockets(), 'UDP', false)),
    '/proc/net/udp6': () => text(socketTable(sockets(), 'UDP', true)),
  };
}

/** The memory of a machine outside of the cluster, of which it is not counted what is in use. */
const outside = { capacity: 8 * 1024 ** 3, available: undefined };

function systemFiles(view: View, cluster: Cluster): Table {
  const node = cluster.world.nodes.find((one) => one.name === view.kernel.host);
  const release = kernelReleaseOf(node);
  const cpus = Number(node?.capacity?.cpu ?? 2);
  const up = cluster.clock.now / 1000;
  const namespace = view.kernel.namespaces().find((entry) => entry.id === view.namespace);
  return {
    '/proc/cpuinfo': () =>
      Array.from({ length: cpus }, (_, i) => `processor\t: ${i}\ncpu cores\t: ${cpus}\n\n`).join(''),
    '/proc/loadavg': () => `0.00 0.00 0.00 1/${processesAt(view).length} ${processesAt(view).at(-1)?.pid ?? 1}\n`,
    '/proc/meminfo': () => {
      const { capacity, available } = cluster.runtimes.get(view.kernel.host)?.usage.memory() ?? outside;
      const rows = [
        ['MemTotal:', capacity] as const,
        ['MemFree:', available] as const,
        ['MemAvailable:', available] as const,
      ];
      return text(
        rows.flatMap(([name, bytes]) =>
          bytes === undefined ? [] : [`${name.padEnd(15)}${String(Math.floor(bytes / 1024)).padStart(9)} kB`],
        ),
      );
    },
    '/proc/uptime': () => `${up.toFixed(2)} 0.00\n`,
    '/proc/version': () => `Linux version ${release} (gcc) #1 SMP PREEMPT_DYNAMIC\n`,
    '/proc/sys/kernel/hostname': () => `${view.hostname}\n`,
    '/proc/sys/kernel/osrelease': () => `${release}\n`,
    '/proc/sys/kernel/ostype': () => 'Linux\n',
    '/proc/sys/net/ipv4/ip_forward': () => '1\n',
    '/proc/sys/net/ipv4/ip_local_port_range': () => '32768\t60999\n',
    '/proc/sys/net/ipv4/ip_unprivileged_port_start': () => `${namespace?.unprivilegedPortStart ?? 1024}\n`,
  };
}

/** The folders that those files make, and one for every process. */
function kernelFolder(path: string, view: View, cluster: Cluster): string[] | undefined {
  if (path === '/') return ['proc', 'sys'];
  if (path === '/sys') return sysFolders;
  if (path === '/sys/class') return ['net'];
  if (path === '/sys/class/net') return view.kernel.interfaces(view.namespace).map(({ name }) => name);
  const own = /^\/proc\/(self|\d+)(\/ns)?$/.exec(path);
  if (own) return seenAs(view, own[1] ?? '') && (own[2] ? namespaceKinds : ['cmdline', 'comm', 'net', 'ns', 'status']);
  if (!path.startsWith('/proc')) return undefined;
  const known = Object.keys({ ...netFiles(view, cluster), ...systemFiles(view, cluster) });
  const below = known.flatMap((file) =>
    file.startsWith(`${path}/`) ? [file.slice(path.length + 1).split('/')[0] ?? ''] : [],
  );
  if (below.length === 0) return undefined;
  const pids = path === '/proc' ? [...processesAt(view).map(({ pid }) => String(pid)), 'self'] : [];
  return [...new Set([...pids, ...below])];
}

/** A process by its number; `self` is the command that asks, a child of the place's shell. */
function seenAs(view: View, pid: string): SeenProcess | undefined {
  const all = processesAt(view);
  if (pid !== 'self') return all.find((one) => one.pid === Number(pid));
  const number = (all.at(-1)?.pid ?? 1) + 7;
  return {
    pid: number,
    parent: 0,
    uid: view.uid,
    comm: 'cat',
    command: ['cat', '/proc/self/cmdline'],
    process: view.process,
  };
}

function processFile(view: View, pid: string, file: string): string | undefined {
  const one = seenAs(view, pid);
  if (!one) return undefined;
  const thread = one.process === undefined && one.pid !== 1;
  switch (file) {
    case 'comm':
      return `${one.comm}\n`;
    case 'cmdline':
      return thread && pid !== 'self' ? '' : one.command.map((word) => `${word}\0`).join('');
    case 'status':
      return statusText(one, view.process === undefined && pid === 'self');
    default:
      return undefined;
  }
}

// fs/proc/array.c, the lines that say something here
function statusText({ comm, pid, parent, uid, process }: SeenProcess, root: boolean): string {
  const has = (held?: readonly string[]) => (held && !root ? capabilityMask(held) : '000001ffffffffff');
  const [none, own] = [capabilityMask([]), has(process?.capabilities)];
  const sets = { Inh: none, Prm: own, Eff: own, Bnd: has(process?.bounding ?? process?.capabilities), Amb: none };
  const ids = [uid, uid, uid, uid].join('\t');
  const lines = [`Name:\t${comm}`, 'State:\tS (sleeping)', `Tgid:\t${pid}`, `Pid:\t${pid}`, `PPid:\t${parent}`];
  const held = Object.entries(sets).map(([set, mask]) => `Cap${set}:\t${mask}`);
  return text([...lines, `Uid:\t${ids}`, `Gid:\t${ids}`, ...held]);
}

function deviceFile({ kernel, namespace }: View, name: string, file: string): string | undefined {
  const device = kernel.interfaces(namespace).find((one) => one.name === name);
  if (!device) return undefined;
  const files: Readonly<Record<string, string>> = {
    address: device.mac,
    ifindex: String(device.index),
    iflink: String(device.peer?.index ?? device.index),
    mtu: String(device.mtu ?? (device.kind === 'loopback' ? 65536 : 1500)),
    operstate: device.kind === 'loopback' || device.kind === 'vxlan' ? 'unknown' : device.up ? 'up' : 'down',
  };
  const value = files[file];
  return value === undefined ? undefined : `${value}\n`;
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
