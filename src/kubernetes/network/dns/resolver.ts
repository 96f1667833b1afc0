import type { Cluster } from '../../cluster';
import { addressIn, isIPv6, parseCidr, parseIPv4 } from '../address';
import { HOST } from '../host';
import { hostsLines } from '../host-names';
import type { WalkFrom } from '../packet-walk';
import { type ResolverConfig, parseResolver } from '../pod-files';
import { type DnsAnswer, type RecordType, clusterZone } from './cluster-zone';

/** `silent`: nobody answers. `refused`: nobody listens there. */
export type QueryResult = DnsAnswer | { readonly status: 'silent' | 'refused'; readonly records: readonly [] };

/** Where a name is looked up: a network namespace, and the two files that a resolver reads. */
export interface ResolverScene extends WalkFrom {
  readonly hostsFile: string;
  readonly resolverFile: string;
}

export interface Resolved {
  readonly addresses: readonly string[];
  /** The name that was found in the end: with its search domain. */
  readonly canonical: string;
  readonly fromFile: boolean;
}

/** Asks one name server for one name, as a packet to its port 53. */
export function queryServer(
  cluster: Cluster,
  from: WalkFrom,
  server: string,
  name: string,
  type: RecordType,
): QueryResult {
  const lan = parseCidr(cluster.world.lan);
  if (lan && server === addressIn(lan, 1)) return lanAnswer(cluster, name, type);
  const { walk } = cluster.network.request(from, { protocol: 'UDP', address: server, port: 53 });
  if (walk.result === 'refused') return { status: 'refused', records: [] };
  const { arrival } = walk;
  if (walk.result !== 'answered' || arrival?.process?.comm !== 'coredns') return { status: 'silent', records: [] };
  const own = clusterZone(cluster.store, name, type);
  // `loadbalance`: answers with several addresses come in changing order.
  if (own)
    return { ...own, records: cluster.network.shuffle(own.records, `answer/${from.kernel.host}/${from.namespace}`) };
  // `forward . /etc/resolv.conf`: CoreDNS runs with dnsPolicy Default, so its file is the node's.
  const upstream = parseResolver(arrival.kernel.files.read('/etc/resolv.conf') ?? '').nameservers[0];
  return upstream === undefined || upstream === server
    ? { status: 'nxdomain', records: [] }
    : queryServer(cluster, { kernel: arrival.kernel, namespace: HOST }, upstream, name, type);
}

/** The LAN's router: it knows what the world says and no cluster name. */
function lanAnswer(cluster: Cluster, name: string, type: RecordType): QueryResult {
  const address = cluster.world.lanDNS[name];
  if (address === undefined) return { status: 'nxdomain', records: [] };
  return type === 'A'
    ? { status: 'found', records: [{ name, type, data: address }] }
    : { status: 'nodata', records: [] };
}

/** Looks a name up as libc does: the hosts file, then the name servers with search list and `ndots`. */
export function resolveName(
  cluster: Cluster,
  scene: ResolverScene,
  name: string,
): Resolved | 'nxdomain' | 'silent' | 'refused' {
  if (parseIPv4(name) !== undefined || isIPv6(name)) return { addresses: [name], canonical: name, fromFile: true };
  const listed = hostsEntries(scene.hostsFile, name);
  if (listed) return listed;
  const config = parseResolver(scene.resolverFile);
  let last: 'nxdomain' | 'silent' | 'refused' = 'nxdomain';
  for (const candidate of candidates(name, config)) {
    const result = queryAny(cluster, scene, config, candidate, 'A');
    if (result.status === 'found') {
      const alias = result.records.find((record) => record.type === 'CNAME');
      if (alias && alias.data !== name) return resolveName(cluster, scene, alias.data);
      return { addresses: result.records.map((record) => record.data), canonical: candidate, fromFile: false };
    }
    if (result.status === 'silent' || result.status === 'refused') return result.status;
    last = 'nxdomain';
  }
  return last;
}

/** The names that are tried one after the other. */
export function candidates(name: string, config: ResolverConfig): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const option = config.options.find((entry) => entry.startsWith('ndots:'));
  const ndots = option === undefined ? 1 : Number(option.slice(6));
  const dots = name.split('.').length - 1;
  const searched = config.search.map((domain) => `${name}.${domain}`);
  return dots >= ndots ? [name, ...searched] : [...searched, name];
}

/** Asks the name servers in turn until one answers. */
export function queryAny(
  cluster: Cluster,
  from: WalkFrom,
  config: ResolverConfig,
  name: string,
  type: RecordType,
): QueryResult {
  let result: QueryResult = { status: 'silent', records: [] };
  for (const server of config.nameservers) {
    result = queryServer(cluster, from, server, name, type);
    if (result.status !== 'silent' && result.status !== 'refused') return result;
  }
  return result;
}

function hostsEntries(text: string, name: string): Resolved | undefined {
  const addresses: string[] = [];
  let canonical = name;
  for (const { address, names } of hostsLines(text)) {
    if (!names.includes(name)) continue;
    if (addresses.length === 0) canonical = names[0] ?? name;
    addresses.push(address);
  }
  return addresses.length > 0 ? { addresses, canonical, fromFile: true } : undefined;
}
