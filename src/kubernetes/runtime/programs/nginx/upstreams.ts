import { isIPv6, parseIPv4 } from '../../../network/address';
import type { ProcessHandle } from '../../process';
import type { Configuration, Directive } from './configuration';
import { ConfigurationError } from './syntax';

/** A server behind nginx. */
export interface Peer {
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly backup: boolean;
  readonly mostFails: number;
  /** Milliseconds. */
  readonly failTimeout: number;
  current: number;
  effective: number;
  fails: number;
  checked: number;
}

const attribute =
  /^(weight|max_fails|max_conns)=\d+$|^fail_timeout=(\d+)(m?s?)$|^(backup|down|resolve)$|^(slow_start|route|service)=/;

/**
 * The servers of a configuration, their names looked up once as nginx does when it reads it; throws a
 * ConfigurationError for a name that is not found. Upstream: src/http/ngx_http_upstream_round_robin.c
 */
export class Upstreams {
  private readonly groups = new Map<string, Peer[]>();

  constructor(
    { http }: Configuration,
    private readonly handle: ProcessHandle,
  ) {
    for (const group of (http?.block ?? []).filter(({ name }) => name === 'upstream')) this.addGroup(group);
    for (const pass of passes(http?.block ?? [])) {
      const [, host = '', port] = /^https?:\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(pass.args[0] ?? '') ?? [];
      if ((pass.args[0] ?? '').includes('$') || this.groups.has(host)) continue;
      const addresses = this.find(host, `"${host}"`, pass.place);
      this.groups.set(
        key(host, Number(port ?? 80)),
        addresses.map((address) => peer(address, Number(port ?? 80), [])),
      );
    }
  }

  /** The servers of a group, or behind a name or an address that a `proxy_pass` without variables has. */
  peers(host: string, port: number): readonly Peer[] | undefined {
    return this.groups.get(host) ?? this.groups.get(key(host, port));
  }

  /** The next one in turn, of those not tried yet; undefined when none is left. */
  next(peers: readonly Peer[], tried: ReadonlySet<Peer>): Peer | undefined {
    if (peers.length === 1) return peers.find((one) => !tried.has(one));
    const choose = (backup: boolean) => {
      let best: Peer | undefined;
      let total = 0;
      for (const one of peers) {
        if (one.backup !== backup || tried.has(one) || this.isDown(one)) continue;
        one.current += one.effective;
        total += one.effective;
        if (one.effective < one.weight) one.effective++;
        if (!best || one.current > best.current) best = one;
      }
      if (best) best.current -= total;
      return best;
    };
    return choose(false) ?? choose(true);
  }

  /** Notes that a server did not answer; whether nginx leaves it alone for a while now. */
  failed(peers: readonly Peer[], one: Peer): boolean {
    if (peers.length === 1) return false;
    one.fails++;
    one.checked = this.handle.now;
    if (one.mostFails > 0) one.effective = Math.max(0, one.effective - Math.floor(one.weight / one.mostFails));
    return one.mostFails > 0 && one.fails >= one.mostFails;
  }

  worked(one: Peer): void {
    one.fails = 0;
  }

  private isDown({ mostFails, fails, checked, failTimeout }: Peer): boolean {
    return mostFails > 0 && fails >= mostFails && this.handle.now - checked <= failTimeout;
  }

  private addGroup({ args: [name = ''], block, place }: Directive): void {
    if (this.groups.has(name)) throw new ConfigurationError(`duplicate upstream "${name}" in ${place}`);
    const servers = block.filter((one) => one.name === 'server');
    if (servers.length === 0) throw new ConfigurationError(`no servers are inside upstream in ${place}`);
    const peers = servers.flatMap(({ args: [url = '', ...words], place: at }) => {
      const wrong = words.find((word) => !attribute.test(word));
      if (wrong !== undefined) throw new ConfigurationError(`invalid parameter "${wrong}" in ${at}`);
      const [, host = '', port = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(url) ?? [];
      if (!/^\d+$/.test(port) || Number(port) > 65_535)
        throw new ConfigurationError(`invalid port in upstream "${url}" in ${at}`);
      if (words.includes('down')) return [];
      return this.find(host, `"${url}"`, at).map((address) => peer(address, Number(port), words));
    });
    this.groups.set(name, peers);
  }

  private find(host: string, shown: string, place: string): readonly string[] {
    const bare = host.replace(/^\[|\]$/g, '');
    if (parseIPv4(bare) !== undefined || isIPv6(bare)) return [bare];
    const found = this.handle.lookUp(bare);
    if (typeof found === 'string') throw new ConfigurationError(`host not found in upstream ${shown} in ${place}`);
    return found;
  }
}

const key = (host: string, port: number) => `${host}:${port}`;

function peer(address: string, port: number, words: readonly string[]): Peer {
  const number = (name: string, otherwise: number) =>
    Number(words.find((word) => word.startsWith(`${name}=`))?.split('=')[1] ?? otherwise);
  const timeout = /^(\d+)(ms|m|s)?$/.exec(
    words.find((word) => word.startsWith('fail_timeout='))?.split('=')[1] ?? '10s',
  );
  const unit = { ms: 1, s: 1000, m: 60_000 }[timeout?.[2] ?? 's'] ?? 1000;
  const weight = number('weight', 1);
  const settings = { weight, backup: words.includes('backup'), mostFails: number('max_fails', 1) };
  const failTimeout = Number(timeout?.[1] ?? 10) * unit;
  return { address, port, ...settings, failTimeout, current: 0, effective: weight, fails: 0, checked: -Infinity };
}

/** Every `proxy_pass` of a configuration. */
function passes(block: readonly Directive[]): Directive[] {
  return block.flatMap((one) => [...(one.name === 'proxy_pass' ? [one] : []), ...passes(one.block)]);
}
