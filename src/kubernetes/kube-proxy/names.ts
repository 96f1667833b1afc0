import type { ServicePort } from './service-ports';
import { base32Text, sha256 } from '../hash/sha2';

/** A port of a Service as kube-proxy names it: `default/web`, `default/web:http`. */
export function portName(namespace: string, service: string, port: string | undefined): string {
  return `${namespace}/${service}${port ? `:${port}` : ''}`;
}

// pkg/proxy/iptables/proxier.go: portProtoHash, servicePortChainName and its siblings
function chainHash(text: string): string {
  return shortHash(text, 16);
}

/** Every round names every chain again, so what was worked out is kept. */
const hashes = new Map<string, string>();

function shortHash(text: string, length: number): string {
  const known = hashes.get(text) ?? base32Text(sha256(text));
  hashes.set(text, known);
  return known.slice(0, length);
}

export const chainNames = {
  service: (name: string, protocol: string) => `KUBE-SVC-${chainHash(name + protocol)}`,
  local: (name: string, protocol: string) => `KUBE-SVL-${chainHash(name + protocol)}`,
  external: (name: string, protocol: string) => `KUBE-EXT-${chainHash(name + protocol)}`,
  firewall: (name: string, protocol: string) => `KUBE-FW-${chainHash(name + protocol)}`,
  endpoint: (name: string, protocol: string, endpoint: string) => `KUBE-SEP-${chainHash(name + protocol + endpoint)}`,
};

// pkg/proxy/nftables/proxier.go, servicePortChainNameBase
export function nftablesName(namespace: string, service: string, protocol: string, port: string | undefined): string {
  return hashAndTruncate(`${namespace}/${service}/${protocol}/${port ?? ''}`);
}

// servicePortEndpointChainNameBase
export function nftablesEndpointName(
  {
    namespace,
    service,
    protocol,
    portName: port,
  }: Pick<ServicePort, 'namespace' | 'service' | 'protocol' | 'portName'>,
  { address, port: number }: { readonly address: string; readonly port: number },
): string {
  return hashAndTruncate(`${namespace}/${service}/${protocol}/${port ?? ''}__${address}/${number}`);
}

function hashAndTruncate(text: string): string {
  const name = `${shortHash(text, 8)}-${text}`;
  return name.length > 240 ? `${name.slice(0, 237)}...` : name;
}
