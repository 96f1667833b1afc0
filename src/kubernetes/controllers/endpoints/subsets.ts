import type { EndpointAddress, EndpointPort, EndpointSubset, Pod, Service } from '../../api/generated/core-v1';
import { isPodReady } from '../pod-state';
import { inStoredOrder } from '../endpoint-slice/port-order';
import { findPort } from '../endpoint-slice/service-pods';

interface Entry {
  readonly address: EndpointAddress;
  readonly ready: boolean;
  readonly ports: Map<string, EndpointPort>;
}

/**
 * Addresses and ports packed into as few subsets as possible, in upstream's canonical order: addresses by IP and UID,
 * ports by their hash.
 * Upstream: pkg/api/v1/endpoints/util.go `RepackSubsets`
 */
export function endpointSubsets(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  const entries = new Map<string, Entry>();
  for (const pod of pods) {
    const { namespace, name, uid } = pod.metadata;
    const named = pod.spec.hostname && pod.spec.subdomain === service.metadata.name;
    const address: EndpointAddress = {
      ip: pod.status.podIP ?? '',
      ...(named ? { hostname: pod.spec.hostname } : {}),
      nodeName: pod.spec.nodeName,
      targetRef: { kind: 'Pod', name, namespace, uid },
    };
    const ready = service.spec.publishNotReadyAddresses === true || isPodReady(pod);
    const entry = entries.get(uid) ?? { address, ready, ports: new Map() };
    entries.set(uid, entry);
    for (const port of service.spec.ports ?? []) {
      const number = findPort(pod, port);
      if (number === undefined) continue;
      const protocol = port.protocol ?? 'TCP';
      const { appProtocol } = port;
      const optional = { ...(port.name ? { name: port.name } : {}), ...(appProtocol ? { appProtocol } : {}) };
      entry.ports.set(`${port.name ?? ''} ${number} ${protocol}`, { ...optional, port: number, protocol });
    }
  }
  const groups = new Map<string, { ports: EndpointPort[]; entries: Entry[] }>();
  for (const entry of entries.values()) {
    if (entry.ports.size === 0 && (service.spec.ports ?? []).length > 0) continue;
    const key = [...entry.ports.keys()].sort().join('\n');
    const group = groups.get(key) ?? { ports: inStoredOrder([...entry.ports.values()], 'Endpoints'), entries: [] };
    group.entries.push(entry);
    groups.set(key, group);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const pick = (ready: boolean) =>
        group.entries
          .filter((one) => one.ready === ready)
          .map((one) => one.address)
          .sort(byAddress);
      const [addresses, notReadyAddresses] = [pick(true), pick(false)];
      return {
        ...(addresses.length > 0 ? { addresses } : {}),
        ...(notReadyAddresses.length > 0 ? { notReadyAddresses } : {}),
        ...(group.ports.length > 0 ? { ports: group.ports } : {}),
      };
    });
}

function byAddress(a: EndpointAddress, b: EndpointAddress): number {
  const key = (one: EndpointAddress) => `${one.ip}\n${one.targetRef?.uid ?? ''}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
