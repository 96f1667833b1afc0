import { base32Text, sha256 } from '../hash/sha2';

/** A port of a Service as kube-proxy names it: `default/web`, `default/web:http`. */
export function portName(namespace: string, service: string, port: string | undefined): string {
  return `${namespace}/${service}${port ? `:${port}` : ''}`;
}

// pkg/proxy/iptables/proxier.go: portProtoHash, servicePortChainName and its siblings
function chainHash(text: string): string {
  return base32Text(sha256(text)).slice(0, 16);
}

export const chainNames = {
  service: (name: string, protocol: string) => `KUBE-SVC-${chainHash(name + protocol)}`,
  local: (name: string, protocol: string) => `KUBE-SVL-${chainHash(name + protocol)}`,
  external: (name: string, protocol: string) => `KUBE-EXT-${chainHash(name + protocol)}`,
  endpoint: (name: string, protocol: string, endpoint: string) => `KUBE-SEP-${chainHash(name + protocol + endpoint)}`,
};

// pkg/proxy/nftables/proxier.go, servicePortChainNameBase
export function nftablesName(namespace: string, service: string, protocol: string, port: string | undefined): string {
  const text = `${namespace}/${service}/${protocol}/${port ?? ''}`;
  return `${base32Text(sha256(text)).slice(0, 8)}-${text}`;
}
