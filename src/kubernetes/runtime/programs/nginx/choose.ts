import type { AppRequest } from '../../../network/kernel';
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

/** The locations around a path, the innermost first. Upstream: ngx_http_core_find_location, without regular expressions. */
export function chooseLocations(block: Directive, path: string): Directive[] {
  let best: Directive | undefined;
  let length = -1;
  for (const one of block.block) {
    if (one.name !== 'location' || /^~/.test(one.args[0] ?? '')) continue;
    const prefix = one.args.at(-1) ?? '';
    if (one.args[0] === '=') {
      if (path === prefix) return [one];
    } else if (path.startsWith(prefix) && prefix.length > length) [best, length] = [one, prefix.length];
  }
  return best ? [...chooseLocations(best, path), best] : [];
}
