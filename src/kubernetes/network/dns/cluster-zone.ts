import type { EndpointSlice } from '../../api/generated/discovery-v1';
import type { Service } from '../../api/generated/core-v1';
import type { Store } from '../../apiserver/store';

/** What a name server says. `nodata`: the name exists, but not with records of that type. */
export interface DnsAnswer {
  readonly status: 'found' | 'nodata' | 'nxdomain';
  readonly records: readonly DnsRecord[];
}

export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  /** An address, a name, or `priority weight port target`. */
  readonly data: string;
}

export type RecordType = 'A' | 'AAAA' | 'SRV' | 'PTR' | 'CNAME';

const CLUSTER_DOMAIN = 'cluster.local';

/**
 * The zone of CoreDNS's kubernetes plugin (plugin/kubernetes): Services, headless Services, named Pods, SRV, reverse
 * names, `pods insecure`. Undefined: the name lies outside the cluster.
 */
export function clusterZone(store: Store, name: string, type: RecordType): DnsAnswer | undefined {
  const reverse = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name);
  if (reverse) return reverseName(store, name, reverse.slice(1, 5).reverse().join('.'));
  if (name !== CLUSTER_DOMAIN && !name.endsWith(`.${CLUSTER_DOMAIN}`)) return undefined;
  const labels = name.slice(0, -CLUSTER_DOMAIN.length - 1).split('.');
  const kind = labels.pop();
  const namespace = labels.pop();
  if (kind === 'pod' && namespace !== undefined && labels.length === 1) {
    const address = labels[0]?.replaceAll('-', '.') ?? '';
    return /^\d+(\.\d+){3}$/.test(address) ? answer(type, [{ name, type: 'A', data: address }]) : missing;
  }
  // The domain itself, `svc`, and a namespace exist without having addresses.
  if (kind === undefined || kind === '' || (kind === 'svc' && namespace === undefined))
    return { status: 'nodata', records: [] };
  if (kind !== 'svc' || namespace === undefined) return missing;
  const service = labels.pop();
  if (service === undefined)
    return store.get('namespaces', undefined, namespace) ? { status: 'nodata', records: [] } : missing;
  const object = store.get('services', namespace, service);
  if (!object) return missing;
  const base = `${service}.${namespace}.svc.${CLUSTER_DOMAIN}`;
  if (labels.length === 2 && labels.every((label) => label.startsWith('_'))) {
    return serviceRecords(store, object, base, labels[0]?.slice(1) ?? '', labels[1]?.slice(1) ?? '', name, type);
  }
  if (object.spec?.type === 'ExternalName') {
    return { status: 'found', records: [{ name, type: 'CNAME', data: object.spec.externalName ?? '' }] };
  }
  const endpoints = readyEndpoints(store, object);
  if (labels.length === 1) {
    const host = endpoints.filter((endpoint) => endpoint.host === labels[0]);
    return host.length > 0 ? answer(type, addressRecords(name, host)) : missing;
  }
  if (labels.length > 1) return missing;
  if (object.spec?.clusterIP !== 'None') return answer(type, [{ name, type: 'A', data: object.spec?.clusterIP ?? '' }]);
  return endpoints.length > 0 ? answer(type, addressRecords(name, endpoints)) : missing;
}

const missing: DnsAnswer = { status: 'nxdomain', records: [] };

interface HostedEndpoint {
  readonly address: string;
  /** `db-0`, or the address with dashes. */
  readonly host: string;
  readonly ports: NonNullable<EndpointSlice['ports']>;
}

function readyEndpoints(store: Store, service: Service): HostedEndpoint[] {
  const all = service.spec?.publishNotReadyAddresses ?? false;
  const found = new Map<string, HostedEndpoint>();
  for (const slice of store.list('endpointslices.discovery.k8s.io', service.metadata.namespace)) {
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== service.metadata.name) continue;
    for (const endpoint of slice.endpoints ?? []) {
      if (!all && endpoint.conditions?.ready === false) continue;
      for (const address of endpoint.addresses) {
        const host = endpoint.hostname ?? address.replaceAll('.', '-');
        found.set(`${host}/${address}`, { address, host, ports: slice.ports ?? [] });
      }
    }
  }
  return [...found.values()];
}

function addressRecords(name: string, endpoints: readonly HostedEndpoint[]): DnsRecord[] {
  const addresses = [...new Set(endpoints.map((endpoint) => endpoint.address))];
  return addresses.map((data) => ({ name, type: 'A', data }));
}

function serviceRecords(
  store: Store,
  service: Service,
  base: string,
  port: string,
  protocol: string,
  name: string,
  type: RecordType,
): DnsAnswer {
  const fits = (entry: { name?: string; protocol?: string }) =>
    entry.name === port && (entry.protocol ?? 'TCP').toLowerCase() === protocol;
  const own = service.spec?.ports?.find(fits);
  if (service.spec?.clusterIP !== 'None') {
    return own ? answer(type, [{ name, type: 'SRV', data: `0 100 ${own.port} ${base}` }]) : missing;
  }
  const targets = readyEndpoints(store, service).flatMap(({ host, ports }) => {
    const number = ports.find(fits)?.port;
    return number === undefined ? [] : [{ number, target: `${host}.${base}` }];
  });
  const weight = Math.floor(100 / Math.max(1, targets.length));
  const records = targets.map(({ number, target }): DnsRecord => ({
    name,
    type: 'SRV',
    data: `0 ${weight} ${number} ${target}`,
  }));
  return records.length > 0 ? answer(type, records) : missing;
}

function reverseName(store: Store, name: string, address: string): DnsAnswer | undefined {
  for (const service of store.list('services')) {
    const { namespace, name: own } = service.metadata;
    const base = `${own}.${namespace}.svc.${CLUSTER_DOMAIN}`;
    if (service.spec?.clusterIP === address) return { status: 'found', records: [{ name, type: 'PTR', data: base }] };
    if (service.spec?.clusterIP !== 'None') continue;
    const endpoint = readyEndpoints(store, service).find((entry) => entry.address === address);
    if (endpoint) return { status: 'found', records: [{ name, type: 'PTR', data: `${endpoint.host}.${base}` }] };
  }
  return undefined;
}

function answer(type: RecordType, records: readonly DnsRecord[]): DnsAnswer {
  const fitting = records.filter((record) => record.type === type && record.data !== '');
  return fitting.length > 0 ? { status: 'found', records: fitting } : { status: 'nodata', records: [] };
}
