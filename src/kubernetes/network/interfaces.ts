import type { RandomStream } from '../clock/random';

/** An interface of a network namespace, as `ip address` shows it. */
export interface Interface {
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
  readonly kind: 'loopback' | 'ethernet' | 'bridge' | 'veth' | 'vxlan' | 'dummy';
  readonly mac: string;
  readonly up: boolean;
  /** Bytes a frame may carry; 1500 unless said otherwise (65536 of `lo`). */
  readonly mtu?: number;
  readonly addresses: readonly InterfaceAddress[];
  /** The bridge it is plugged into. */
  readonly master?: string;
  /** The other end of a veth pair. */
  readonly peer?: { readonly namespace: string; readonly name: string; readonly index: number };
}

export interface InterfaceAddress {
  readonly address: string;
  readonly prefix: number;
}

export interface Route {
  /** `default`, or a range. */
  readonly to: string;
  readonly via?: string;
  readonly device: string;
  /** The kernel adds these itself when an address is set. */
  readonly fromKernel: boolean;
  readonly source?: string;
  /** The router is taken for a neighbour although no network of the device has it (`onlink`). */
  readonly onlink?: boolean;
}

/** A locally administered unicast MAC address. */
export function drawMac(random: RandomStream): string {
  const bytes = Array.from({ length: 6 }, () => random.below(256));
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return bytes.map(hexByte).join(':');
}

/** The link-local address that Linux makes from a MAC address (EUI-64). */
export function linkLocal(mac: string): string {
  const bytes = mac.split(':').map((part) => parseInt(part, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return `fe80::${groups.map((group) => group.toString(16)).join(':')}`;
}

export function loopback(namespace: string): Interface {
  return {
    index: 1,
    name: 'lo',
    namespace,
    kind: 'loopback',
    mac: '00:00:00:00:00:00',
    up: true,
    addresses: [
      { address: '127.0.0.1', prefix: 8 },
      { address: '::1', prefix: 128 },
    ],
  };
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0');
}
