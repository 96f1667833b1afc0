import type { HttpUrl } from '../net/url';
import { type Options, hasFlag } from './options';

/** Where a request goes instead of where its URL says. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** `--connect-to` named another host, or another port. */
  readonly otherHost: boolean;
  readonly otherPort: boolean;
}

/** `--connect-to HOST1:PORT1:HOST2:PORT2`, empty parts fit and change nothing: lib/url.c `parse_connect_to_slist`. */
export function targetOf({ host, port }: HttpUrl, options: Options): Target {
  for (const text of options.values.get('connect-to') ?? []) {
    const found = /^(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)$/.exec(text);
    const [, from = '', fromPort = '', to = '', toPort = ''] = found ?? [];
    const fits = (from === '' || bare(from).toLowerCase() === host.toLowerCase()) && (!fromPort || +fromPort === port);
    if (found && fits)
      return { host: bare(to) || host, port: +toPort || port, otherHost: to !== '', otherPort: toPort !== '' };
  }
  return { host, port, otherHost: false, otherPort: false };
}

/** An entry of `--resolve` in the cache of names: lib/hostip.c `Curl_loadhostpairs`. */
export interface Pinned {
  readonly text: string;
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

/** The entries of `--resolve [+]HOST:PORT:ADDRESS[,ADDRESS]`, or the text of the first that is none. */
export function pinnedNames(options: Options): readonly Pinned[] | string {
  const list: Pinned[] = [];
  for (const text of options.values.get('resolve') ?? []) {
    if (text.startsWith('-')) continue;
    const found = /^\+?(\[[^\]]*\]|[^:]+):(\d+):(.+)$/.exec(text);
    if (!found) return text;
    const [, host = '', port = '', addresses = ''] = found;
    const plain = text.replace('+', '');
    list.push({ text: plain, host: bare(host), port: Number(port), addresses: addresses.split(',').map(bare) });
  }
  return list;
}

/** The addresses that `--resolve` gives a name; `*` stands for every name. */
export function pinnedAddresses(pinned: readonly Pinned[], { host, port }: Target): readonly string[] | undefined {
  const named = (name: string) =>
    pinned.findLast((one) => one.host.toLowerCase() === name && one.port === port)?.addresses;
  return named(host.toLowerCase()) ?? named('*');
}

/** A URL as curl completes it: with a scheme and a path. */
export function fullUrl(text: string): string {
  const whole = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text) ? text : `http://${text}`;
  return whole.replace(/^([^:]*:\/\/[^/?#]*)(?=[?#]|$)/, '$1/');
}

/** The addresses that `-4` or `-6` leaves; without them IPv6 first, as getaddrinfo sorts, where they are to be sorted. */
export function ofFamily(options: Options, addresses: readonly string[], sort: boolean): readonly string[] {
  if (hasFlag(options, '4', 'ipv4')) return addresses.filter((address) => !address.includes(':'));
  if (hasFlag(options, '6', 'ipv6')) return addresses.filter((address) => address.includes(':'));
  return sort ? [...addresses].sort((a, b) => Number(b.includes(':')) - Number(a.includes(':'))) : addresses;
}

/** The URL that a `Location` leads to from another one: lib/urlapi.c `concat_url`. */
export function redirectTarget(from: string, location: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(location)) return location;
  const [, scheme = '', authority = '', path = '/'] = /^(.*?:\/\/)([^/?#]*)([^#]*)/s.exec(from) ?? [];
  if (location.startsWith('//')) return `${scheme.replace('//', '')}${location}`;
  if (location.startsWith('/')) return `${scheme}${authority}${location}`;
  const plain = path.replace(/\?.*$/s, '') || '/';
  if (location.startsWith('?')) return `${scheme}${authority}${plain}${location}`;
  const folders = plain.split('/').slice(1, -1);
  let rest = location;
  for (let step = /^(\.\.?)\//.exec(rest); step; step = /^(\.\.?)\//.exec(rest)) {
    if (step[1] === '..') folders.pop();
    rest = rest.slice(step[0].length);
  }
  return `${scheme}${authority}/${[...folders, rest].join('/')}`;
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** An address as it stands before a port. */
export function bracket(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
