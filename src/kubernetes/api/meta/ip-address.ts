// Upstream: staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go, net/netip of Go's library
import { type FieldError, invalid, type Path } from '../field-error';

/** An address as 4 or 16 bytes, and whether it was written in a way that only lenient readers take. */
export interface IPAddress {
  readonly family: 4 | 6;
  readonly bytes: readonly number[];
  readonly leadingZeros: boolean;
  /** `::ffff:10.0.0.1` */
  readonly mapped: boolean;
}

/** Reads an address the lenient way: IPv4 numbers may begin with zeros. Undefined where it is none. */
export function parseIP(text: string): IPAddress | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): IPAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255)) return undefined;
  const leadingZeros = parts.some((part) => part.length > 1 && part.startsWith('0'));
  return { family: 4, bytes: parts.map(Number), leadingZeros, mapped: false };
}

function parseIPv6(text: string): IPAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left = '', right] = halves;
  let leadingZeros = false;
  const read = (half: string): number[] | undefined => {
    if (half === '') return [];
    const groups = half.split(':');
    const out: number[] = [];
    for (const [i, group] of groups.entries()) {
      if (group.includes('.') && i === groups.length - 1) {
        const four = parseIPv4(group);
        if (!four) return undefined;
        leadingZeros ||= four.leadingZeros;
        out.push(...four.bytes);
      } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
        const value = parseInt(group, 16);
        out.push(value >> 8, value & 255);
      } else return undefined;
    }
    return out;
  };
  const head = read(left);
  const tail = right === undefined ? [] : read(right);
  if (!head || !tail) return undefined;
  const missing = 16 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 2) return undefined;
  const bytes = [...head, ...new Array<number>(missing).fill(0), ...tail];
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return { family: 6, bytes, leadingZeros, mapped };
}

/** The one way an address is written (RFC 5952 for IPv6). */
export function formatIP({ family, bytes }: Pick<IPAddress, 'family' | 'bytes'>): string {
  if (family === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0));
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && groups[i + length] === 0) length++;
    if (length > best.length) best = { start: i, length };
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (best.start < 0) return hex(groups);
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}

const notAnIPText = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

/** Upstream `IsValidIP`: strict since 1.36. */
export function validateIP(text: string, path: Path): FieldError[] {
  const ip = parseIP(text);
  if (!ip) return [invalid(path, text, notAnIPText)];
  const errors: FieldError[] = [];
  if (ip.leadingZeros) errors.push(invalid(path, text, 'must not have leading 0s'));
  if (ip.mapped) errors.push(invalid(path, text, 'must not be an IPv4-mapped IPv6 address'));
  return errors;
}

/** A name that is an address, written the one way. Upstream: pkg/apis/networking/validation `ValidateIPAddressName` */
export function canonicalIPErrors(name: string): string[] {
  const ip = parseIP(name);
  if (!ip) return [notAnIPText];
  const errors: string[] = [];
  if (ip.leadingZeros) errors.push('must not have leading 0s');
  if (ip.mapped) errors.push('must not be an IPv4-mapped IPv6 address');
  if (errors.length === 0 && formatIP(ip) !== name) errors.push(`must be in canonical form ("${formatIP(ip)}")`);
  return errors;
}

/** An address, and how many of its bits are the network's. */
export interface Network {
  readonly ip: IPAddress;
  readonly prefix: number;
  readonly leadingZeros: boolean;
}

export function parseCIDR(text: string): Network | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const ip = parseIP(text.slice(0, slash));
  const prefix = text.slice(slash + 1);
  if (!ip || !/^\d+$/.test(prefix) || Number(prefix) > (ip.family === 4 ? 32 : 128)) return undefined;
  return { ip, prefix: Number(prefix), leadingZeros: prefix.length > 1 && prefix.startsWith('0') };
}

/** The same network with every bit after its prefix cleared. */
export function networkOf({ ip, prefix }: Network): IPAddress {
  const bytes = ip.bytes.map((byte, i) => {
    const bits = Math.min(8, Math.max(0, prefix - i * 8));
    return byte & (0xff00 >> bits) & 255;
  });
  return { ...ip, bytes };
}

const notACIDRText = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

/** Upstream `IsValidCIDR`: strict since 1.36. */
export function validateCIDR(text: string, path: Path): FieldError[] {
  const network = parseCIDR(text);
  if (!network) return [invalid(path, text, notACIDRText)];
  const errors: FieldError[] = [];
  if (network.ip.leadingZeros) errors.push(invalid(path, text, 'must not have leading 0s in IP'));
  if (network.ip.mapped) errors.push(invalid(path, text, 'must not have an IPv4-mapped IPv6 address'));
  if (network.leadingZeros) errors.push(invalid(path, text, 'must not have leading 0s in prefix length'));
  const base = networkOf(network);
  if (errors.length === 0 && base.bytes.some((byte, i) => byte !== network.ip.bytes[i])) {
    errors.push(invalid(path, text, 'must not have bits set beyond the prefix length'));
  }
  return errors;
}

/** Addresses that mean a machine's own inside. Upstream: pkg/apis/core/validation `ValidateNonSpecialIP`. */
export function validateNonSpecialIP(text: string, path: Path): FieldError[] {
  const ip = parseIP(text);
  if (!ip) return [invalid(path, text, 'must be a valid IP address')];
  const bytes = ip.mapped ? ip.bytes.slice(12) : ip.bytes;
  const four = bytes.length === 4;
  const [a = 0, b = 0, c = 0] = bytes;
  const leading = bytes.slice(0, -1).every((byte) => byte === 0);
  const last = bytes.at(-1) ?? 0;
  const errors: FieldError[] = [];
  if (leading && last === 0) errors.push(invalid(path, text, `may not be unspecified (${text})`));
  if (four ? a === 127 : leading && last === 1) {
    errors.push(invalid(path, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'));
  }
  if (four ? a === 169 && b === 254 : a === 0xfe && (b & 0xc0) === 0x80) {
    errors.push(invalid(path, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'));
  }
  if (four ? a === 224 && b === 0 && c === 0 : a === 0xff && (b & 0x0f) === 2) {
    errors.push(invalid(path, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'));
  }
  return errors;
}
