import { parseCidr, parseIPv4 } from '@/kubernetes/network/address';
import type { Interface, Route } from '@/kubernetes/network/interfaces';
import type { Socket } from '@/kubernetes/network/kernel';
import type { TimeWait } from '@/kubernetes/network/time-wait';

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

/** /proc/net/dev. What went through an interface is not counted here, so its counters stand at zero. */
export function deviceTable(devices: readonly Interface[]): string[] {
  // net/core/net-procfs.c
  const counters = [7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10].map((width) => '0'.padStart(width)).join(' ');
  return [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
    ...devices.map(({ name }) => `${name.padStart(6)}: ${counters}`),
  ];
}

/** /proc/net/if_inet6: address, number, prefix, scope (`20` = link), flags. */
export function inet6Table(devices: readonly Interface[]): string[] {
  return devices.flatMap(({ index, name, addresses }) =>
    addresses
      .filter(({ address }) => address.includes(':'))
      .map(({ address, prefix }) => {
        const scope = address === '::1' ? 0x10 : address.startsWith('fe80') ? 0x20 : 0;
        const cells = [index, prefix, scope, 0x80].map((value) => value.toString(16).padStart(2, '0'));
        return `${sixteenBytes(address)} ${cells.join(' ')} ${name.padStart(8)}`;
      }),
  );
}

/** A connection in TIME-WAIT, with the milliseconds that it has left. */
type Ended = TimeWait & { readonly left: number };

/** /proc/net/tcp, tcp6, udp and udp6: sockets that wait for somebody, and connections that are over in TIME-WAIT. */
export function socketTable(sockets: readonly (Socket | Ended)[], protocol: 'TCP' | 'UDP', v6: boolean): string[] {
  // net/ipv4/tcp_ipv4.c `get_tcp4_sock`, net/ipv4/udp.c `udp4_format_sock`: state 0A is LISTEN, 07 an unconnected UDP socket.
  const head = v6
    ? '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
    : `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode`;
  const queue = protocol === 'UDP' ? ' ref pointer drops' : '';
  const width = protocol === 'UDP' ? 127 : 149;
  const nowhere = v6 ? '0'.repeat(32) : '0'.repeat(8);
  const wanted = sockets.filter((one) =>
    'local' in one
      ? protocol === 'TCP' && one.v6 === v6
      : one.protocol === protocol && one.address.includes(':') === v6,
  );
  const rows = wanted.map((one, index) => {
    if ('local' in one) return endedRow(one, index);
    const { address, port, id } = one;
    const local = `${v6 ? wordsSwapped(sixteenBytes(address)) : wordsSwapped(fourBytes(address))}:${hex(port, 4)}`;
    const state = protocol === 'UDP' ? '07' : '0A';
    const tail = protocol === 'UDP' ? '2 0000000000000000 0' : '1 0000000000000000 100 0 0 10 0';
    const number = String(index).padStart(protocol === 'UDP' ? 5 : 4);
    return `${number}: ${local} ${nowhere}:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${50_000 + id} ${tail}`;
  });
  return [head + queue, ...rows].map((line) => (v6 ? line : line.padEnd(width)));
}

/** net/ipv4/tcp_ipv4.c `get_timewait4_sock`: state 06; the timer counts hundredths of a second. */
function endedRow({ local, peer, v6, left }: Ended, index: number): string {
  const end = ({ address, port }: TimeWait['local']) => {
    const bytes = !v6
      ? fourBytes(address)
      : address.includes(':')
        ? sixteenBytes(address)
        : `${'0'.repeat(20)}ffff${fourBytes(address)}`;
    return `${wordsSwapped(bytes)}:${hex(port, 4)}`;
  };
  const timer = hex(Math.floor(left / 10), 8);
  return `${String(index).padStart(4)}: ${end(local)} ${end(peer)} 06 00000000:00000000 03:${timer} 00000000     0        0 0 3 0000000000000000`;
}

function fourBytes(address: string): string {
  return address
    .split('.')
    .map((byte) => hex(Number(byte), 2))
    .join('');
}

function sixteenBytes(address: string): string {
  const [left = '', right] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const before = groups(left);
  const after = groups(right ?? '');
  const zeros = right === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...after];
  return all.map((group) => group.padStart(4, '0')).join('');
}

/** Each word of four bytes as a little-endian machine prints it. */
function wordsSwapped(text: string): string {
  return (text.match(/.{8}/g) ?? [])
    .map((word) => (word.match(/../g) ?? []).reverse().join(''))
    .join('')
    .toUpperCase();
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
