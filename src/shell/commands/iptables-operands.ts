import { formatIPv4, parseCidr, parseIPv4 } from '@/kubernetes/network/address';
import { servicePort } from '@/kubernetes/network/service-names';

/** A wrong iptables command line; the text is what iptables prints after its version. */
export class IptablesProblem extends Error {}

/** What is known where a rule is read. */
export interface RuleReading {
  readonly family: 'ip' | 'ip6';
  /** The addresses of a host's name; none when it is not known. */
  readonly lookup: (name: string) => readonly string[];
}

/** The addresses that `-s` or `-d` names: one, or those of a host's name. Throws IptablesProblem. */
export function addressesOf(text: string, { family, lookup }: RuleReading): readonly string[] {
  const [base = '', mask] = text.split('/');
  const v6 = family === 'ip6';
  const whole = v6 ? 128 : 32;
  const dotted = mask === undefined ? undefined : parseIPv4(mask);
  const prefix =
    mask === undefined ? whole : dotted === undefined ? Number(mask) : dotted.toString(2).replace(/0+$/, '').length;
  const number = v6 ? undefined : parseIPv4(base);
  const own = v6 ? /^[\da-f:.]*:[\da-f:.]*$/i.test(base) : number !== undefined;
  if (mask !== undefined && dotted === undefined && (!/^\d+$/.test(mask) || prefix > whole))
    throw new IptablesProblem(`invalid mask \`${mask}' specified`);
  if (own && number !== undefined) {
    const cut = dotted === 0 ? 0 : prefix;
    const network = cut === 0 ? 0 : (number & (0xffffffff << (32 - cut))) >>> 0;
    return [cut === 32 ? formatIPv4(network) : `${formatIPv4(network)}/${cut}`];
  }
  if (own) return [prefix === 128 ? base : `${base}/${prefix}`];
  const found = /^[\d.]+$/.test(base) ? [] : lookup(base).filter((one) => one.includes(':') === v6);
  if (found.length === 0) throw new IptablesProblem(`host/network \`${base}' not found`);
  return found.map((one) => (prefix === whole || !parseCidr(one) ? one : `${one}/${prefix}`));
}

/** `80`, `http`, `1000:2000`. */
export function portRange(text: string): string {
  return text
    .split(':')
    .map((one, i) => (one === '' ? (i === 0 ? '0' : '65535') : portNumber(one)))
    .join(':');
}

function portNumber(text: string): string {
  const port = /^\d+$/.test(text) ? text : servicePort(text);
  if (port === undefined || Number(port) > 65_535)
    throw new IptablesProblem(`invalid port/service \`${text}' specified`);
  return String(Number(port));
}
