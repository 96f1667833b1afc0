import type { AppRequest } from '../../../network/kernel';
import { expression, groupsOf } from './expression';
import type { Configuration, Directive, VirtualServer } from './configuration';

/** The server block for a request: of those under its address, the one with its name, else the default one. */
export function chooseServer({ servers }: Configuration, { destination, http }: AppRequest): VirtualServer | undefined {
  const at = (address: string) =>
    servers.flatMap((server) => {
      const listen = server.listens.find((one) => one.port === destination.port && one.address === address);
      return listen ? [{ server, listen }] : [];
    });
  const own = at(destination.address);
  const found = own.length > 0 ? own : at(destination.address.includes(':') ? '::' : '0.0.0.0');
  const candidates = found.length > 0 ? found : at('::');
  const name = hostName(http?.host ?? '');
  const named = (fits: (pattern: string) => boolean) => candidates.find(({ server }) => server.names.some(fits));
  const chosen =
    named((pattern) => pattern.toLowerCase() === name) ??
    named((pattern) => pattern.startsWith('*.') && name.endsWith(pattern.slice(1).toLowerCase())) ??
    named((pattern) => pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1).toLowerCase())) ??
    candidates.find(({ listen }) => listen.isDefault) ??
    candidates[0];
  return chosen?.server;
}

/** The name in a Host header, without its port. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/** Which locations are around a path. */
export interface Place {
  /** The innermost first. */
  readonly found: readonly Directive[];
  /** The groups of the regular expression that fits. */
  readonly groups: Readonly<Record<string, string>>;
  /** There is one only for the path with a slash behind it, and it hands on what it gets. */
  readonly slash: boolean;
}

const isRegular = ({ args }: Directive) => /^~/.test(args[0] ?? '');

/** Upstream: src/http/ngx_http_core_module.c `ngx_http_core_find_location` */
export function chooseLocations(block: Directive, path: string): Place {
  const locations = block.block.filter(({ name }) => name === 'location');
  let best: Directive | undefined;
  for (const one of locations) {
    if (isRegular(one)) continue;
    const prefix = one.args.at(-1) ?? '';
    if (one.args[0] === '=') {
      if (path === prefix) return { found: [one], groups: {}, slash: false };
    } else if (path.startsWith(prefix) && prefix.length > (best?.args.at(-1)?.length ?? -1)) best = one;
  }
  const passes = ({ args, block: own }: Directive) =>
    args.at(-1) === `${path}/` && own.some(({ name }) => name.endsWith('_pass'));
  const slash = locations.some((one) => !isRegular(one) && passes(one));
  if (slash) return { found: best ? [best] : [], groups: {}, slash };
  const inner = best && chooseLocations(best, path);
  if (inner && isRegular(inner.found[0] ?? best ?? block))
    return { ...inner, found: [...inner.found, ...(best ? [best] : [])] };
  const last = inner?.found[0] ?? best;
  if (last?.args[0] !== '^~') {
    for (const one of locations) {
      if (!isRegular(one)) continue;
      const match = expression(one.args.at(-1) ?? '', one.args[0] === '~*').exec(path);
      if (!match) continue;
      const deeper = chooseLocations(one, path);
      return { found: [...deeper.found, one], groups: { ...groupsOf(match), ...deeper.groups }, slash: false };
    }
  }
  return { found: best ? [...(inner?.found ?? []), best] : [], groups: {}, slash: inner?.slash ?? false };
}

/** `location @name` of a server. */
export function namedLocation({ block }: Directive, wanted: string): Directive | undefined {
  return block.find(({ name, args }) => name === 'location' && args[0] === wanted);
}
