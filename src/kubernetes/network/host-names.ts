import type { World } from '../world';
import { addressIn, parseCidr } from './address';

/** A machine's own `/etc/hosts`, as installers of clusters write it: every node by its machine's name. */
export function hostsFile(world: World): string {
  const lines = [
    '127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4',
    '::1         localhost localhost.localdomain localhost6 localhost6.localdomain6',
    ...world.nodes.map((node) => `${node.internalIP} ${node.hostname ?? node.name}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The lines of an `/etc/hosts` that name something, without their comments; `names` begins with the canonical one. */
export function hostsLines(text: string): { address: string; names: string[] }[] {
  return text.split('\n').flatMap((line) => {
    const [address, ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    return address && names.length > 0 ? [{ address, names }] : [];
  });
}

/** The LAN's router is the resolver of every machine. */
export function resolverFile(world: World): string {
  const lan = parseCidr(world.lan);
  return lan ? `nameserver ${addressIn(lan, 1)}\n` : '';
}
