import type { Pod, PodDNSConfig } from '../api/generated/core-v1';
import type { World } from '../world';
import { addressIn, parseCidr } from './address';

/** The lines of a resolver's configuration. */
export interface ResolverConfig {
  readonly search: readonly string[];
  readonly nameservers: readonly string[];
  readonly options: readonly string[];
}

/** The cluster IP of the cluster's DNS Service, as kubeadm and the kubelet's `clusterDNS` have it: the tenth. */
export function clusterDnsAddress(world: World): string {
  const services = parseCidr(world.serviceCIDR);
  return services ? addressIn(services, 10) : '';
}

export function parseResolver(text: string): ResolverConfig {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const fields = (keyword: string) => lines.flatMap(([first, ...rest]) => (first === keyword ? rest : []));
  return { search: fields('search'), nameservers: fields('nameserver'), options: fields('options') };
}

export function resolverText(config: ResolverConfig): string {
  const line = (keyword: string, values: readonly string[]) =>
    values.length ? [`${keyword} ${values.join(' ')}\n`] : [];
  return [
    ...line('search', config.search),
    ...config.nameservers.map((address) => `nameserver ${address}\n`),
    ...line('options', config.options),
  ].join('');
}

/**
 * A Pod's `/etc/resolv.conf`. ClusterFirst on the host's network silently means Default
 * (pkg/kubelet/network/dns/dns.go, `getPodDNSType` and `GetPodDNS`).
 */
export function podResolver(pod: Pod, world: World, nodeResolver: string): ResolverConfig {
  const spec = pod.spec;
  const node = parseResolver(nodeResolver);
  const policy = spec?.dnsPolicy ?? 'ClusterFirst';
  const cluster =
    policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && spec?.hostNetwork !== true)
      ? 'cluster'
      : policy;
  const suffixes = ['svc.cluster.local', 'cluster.local'];
  const base: ResolverConfig =
    cluster === 'cluster'
      ? {
          search: [`${pod.metadata.namespace ?? 'default'}.svc.cluster.local`, ...suffixes, ...node.search],
          nameservers: [clusterDnsAddress(world)],
          options: ['ndots:5'],
        }
      : cluster === 'None'
        ? { search: [], nameservers: [], options: [] }
        : node;
  return withConfig(base, spec?.dnsConfig);
}

function withConfig(base: ResolverConfig, config: PodDNSConfig | undefined): ResolverConfig {
  if (!config) return base;
  const named = new Map(base.options.map((option) => [option.split(':')[0] ?? option, option]));
  for (const { name = '', value } of config.options ?? []) named.set(name, value ? `${name}:${value}` : name);
  return {
    search: [...new Set([...base.search, ...(config.searches ?? [])])],
    nameservers: [...new Set([...base.nameservers, ...(config.nameservers ?? [])])],
    options: [...named.values()],
  };
}

/** A Pod's `/etc/hosts` (pkg/kubelet/kubelet_pods.go, `nodeHostsFileContent` and `managedHostsFileContent`). */
export function podHosts(pod: Pod, hostname: string, nodeHosts: string): string {
  const spec = pod.spec;
  const addresses = pod.status?.podIPs?.map((entry) => entry.ip) ?? [];
  const domain = domainOf(pod);
  // The name may have its domain in it already.
  const name = domain && hostname.endsWith(`.${domain}`) ? hostname.slice(0, -domain.length - 1) : hostname;
  const own = addresses.map((ip) => (domain ? `${ip}\t${name}.${domain}\t${name}\n` : `${ip}\t${name}\n`));
  const managed = [
    '# Kubernetes-managed hosts file.\n',
    '127.0.0.1\tlocalhost\n',
    '::1\tlocalhost ip6-localhost ip6-loopback\n',
    'fe00::0\tip6-localnet\n',
    'fe00::0\tip6-mcastprefix\n',
    'fe00::1\tip6-allnodes\n',
    'fe00::2\tip6-allrouters\n',
    ...own,
  ].join('');
  const text = spec?.hostNetwork ? `# Kubernetes-managed hosts file (host network).\n${nodeHosts}` : managed;
  const aliases = (spec?.hostAliases ?? []).map(({ ip, hostnames }) => `${[ip, ...(hostnames ?? [])].join('\t')}\n`);
  return aliases.length > 0 ? `${text}\n# Entries added by HostAliases.\n${aliases.join('')}` : text;
}

/**
 * The name inside a Pod: the machine's own on the host's network, else the Pod's, cut to 63, with its domain if it asks
 * for that. Upstream: pkg/kubelet/kubelet_pods.go `GeneratePodHostNameAndDomain`, pkg/kubelet/util/util.go
 */
export function podHostname(pod: Pod, machineName: string): string {
  const { metadata, spec } = pod;
  if (spec?.hostnameOverride !== undefined) return spec.hostnameOverride;
  if (spec?.hostNetwork) return machineName;
  const name = (spec?.hostname ?? metadata.name).slice(0, 63).replace(/[-.]+$/, '');
  const domain = spec?.setHostnameAsFQDN ? domainOf(pod) : undefined;
  return domain ? `${name}.${domain}` : name;
}

function domainOf({ metadata, spec }: Pod): string | undefined {
  if (!spec?.subdomain || spec.hostnameOverride !== undefined) return undefined;
  return `${spec.subdomain}.${metadata.namespace ?? 'default'}.svc.cluster.local`;
}
