// Upstream: staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go `GetWarningsForIP`, `GetWarningsForCIDR`
import { goQuote, type Path } from '../field-error';
import { formatIP, type IPAddress, networkOf, parseCIDR, parseIP } from './ip-address';

const future = 'will be considered invalid in a future Kubernetes release';

/** What is said of an address in an unusual form: a warning where it is accepted at all. */
export function addressWarnings(path: Path, value: string): string[] {
  const ip = parseIP(value);
  if (!ip) return [];
  const usual = formatIP(plain(ip));
  if (ip.leadingZeros || ip.mapped) {
    return [`${path}: non-standard IP address ${goQuote(value)} ${future}: use ${goQuote(usual)}`];
  }
  if (ip.family === 4 || usual === value) return [];
  return [`${path}: IPv6 address ${goQuote(value)} should be in RFC 5952 canonical format (${goQuote(usual)})`];
}

/** The same of a network, whose address may also be one inside it. */
export function networkWarnings(path: Path, value: string): string[] {
  const network = parseCIDR(value);
  if (!network) return [];
  const { ip, prefix } = network;
  const base = networkOf(network);
  const out: string[] = [];
  const usual = `${formatIP(plain(base))}/${prefix}`;
  if (base.bytes.some((byte, i) => byte !== ip.bytes[i])) {
    const host = `${formatIP(plain(ip))}/${ip.bytes.length * 8}`;
    const either = `should be ${goQuote(usual)} or ${goQuote(host)}?`;
    out.push(`${path}: CIDR value ${goQuote(value)} is ambiguous in this context (${either})`);
  }
  if (ip.leadingZeros || ip.mapped || network.leadingZeros) {
    out.push(`${path}: non-standard CIDR value ${goQuote(value)} ${future}: use ${goQuote(usual)}`);
  } else if (out.length === 0 && ip.family === 6 && usual !== value) {
    const text = `should be in RFC 5952 canonical format (${goQuote(usual)})`;
    out.push(`${path}: IPv6 CIDR value ${goQuote(value)} ${text}`);
  }
  return out;
}

/** Go prints an IPv4 address in IPv6's clothes as the IPv4 address it is. */
function plain(ip: IPAddress): Pick<IPAddress, 'family' | 'bytes'> {
  return ip.mapped ? { family: 4, bytes: ip.bytes.slice(12) } : ip;
}
