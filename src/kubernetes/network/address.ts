/** An IPv4 range: `10.244.1.0/24` is `{ base: 0x0af40100, prefix: 24 }`. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

const dot = '.'.charCodeAt(0);
const zero = '0'.charCodeAt(0);

/** The 32 bits of a dotted IPv4 address; undefined when the text is none. */
export function parseIPv4(text: string): number | undefined {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  // By hand: routes are looked up for every packet, and a pattern costs several times as much.
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === dot) {
      if (digits === 0 || ++dots > 3) return undefined;
      value = value * 256 + part;
      part = 0;
      digits = 0;
      continue;
    }
    if (code < zero || code > zero + 9 || ++digits > 3) return undefined;
    part = part * 10 + code - zero;
    if (part > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? value * 256 + part : undefined;
}

export function formatIPv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

export function isIPv6(text: string): boolean {
  return /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/.test(text) && text.split('::').length <= 2 && text.split(':').length >= 3;
}

/** `10.1.0.0/24`, or a single address as a /32; undefined when it is neither. The host part is cut off. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const value = parseIPv4(slash < 0 ? text : text.slice(0, slash));
  const prefix = slash < 0 ? 32 : Number(text.slice(slash + 1).split('/')[0]);
  if (value === undefined || !Number.isInteger(prefix) || prefix < 0 || prefix > 32) return undefined;
  return { base: masked(value, prefix), prefix };
}

export function formatCidr(cidr: Cidr): string {
  return `${formatIPv4(cidr.base)}/${cidr.prefix}`;
}

/** The `index`-th address of a range; 0 is the network's own. */
export function addressIn(cidr: Cidr, index: number): string {
  return formatIPv4(cidr.base + index);
}

export function sizeOf(cidr: Cidr): number {
  return 2 ** (32 - cidr.prefix);
}

/** Whether an IPv4 `address` (text, or its 32 bits) lies in `cidr` (or its text); anything else lies nowhere. */
export function contains(cidr: Cidr | string, address: string | number): boolean {
  const range = typeof cidr === 'string' ? parseCidr(cidr) : cidr;
  const value = typeof address === 'string' ? parseIPv4(address) : address;
  return range !== undefined && value !== undefined && masked(value, range.prefix) === range.base;
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** `10.244.1.5/24` → `10.244.1.255`. */
export function broadcastOf(address: string, prefix: number): string {
  const cidr = parseCidr(`${address}/${prefix}`);
  return cidr ? addressIn(cidr, sizeOf(cidr) - 1) : address;
}

function masked(value: number, prefix: number): number {
  return prefix === 0 ? 0 : (value & (0xffffffff << (32 - prefix))) >>> 0;
}
