// Upstream: pkg/registry/core/service/storage/alloc.go, pkg/registry/core/service/strategy.go
import { type FieldError, invalid, Path } from '../../api/field-error';
import type { Service } from '../../api/generated/core-v1';
import { parseIP } from '../../api/meta/ip-address';
import { deepEqual } from '../../api/object';
import type { Backend } from '../backend';
import { takenClusterIPs } from './cluster-ips';
import { isHeadless, needsClusterIP, needsHealthCheckPort, needsNodePort, portsOf } from './needs';
import { settleFamilies } from './families';
import { allocateNodePorts } from './node-ports';

/**
 * Fills in cluster IPs, IP families and node ports of a Service on its way into the store, before its validation. A
 * dry run draws as well, and checks less. The first error ends it, as upstream.
 */
export function allocateService(
  service: Service,
  previous: Service | undefined,
  backend: Backend,
  dryRun: boolean,
): FieldError[] {
  if (previous) {
    dropWhatTypeForbids(service, previous);
    keepAllocated(service, previous);
  }
  const { spec } = service;
  if (spec.clusterIP && (spec.clusterIPs?.length ?? 0) === 0) spec.clusterIPs = [spec.clusterIP];
  if (previous) followClusterIP(service, previous);
  if (service.spec.type === 'ExternalName') return [];
  const families = settleFamilies(service, previous);
  if (families.length > 0) return families;
  // Only a Service that had none is given an address; a change is for validation to refuse.
  if (!isHeadless(service) && !(previous && needsClusterIP(previous))) {
    const errors = allocateClusterIP(service, previous, backend, dryRun);
    if (errors.length > 0) return errors;
  }
  return allocateNodePorts(service, previous, backend, dryRun);
}

function allocateClusterIP(
  service: Service,
  previous: Service | undefined,
  backend: Backend,
  dryRun: boolean,
): FieldError[] {
  const { spec, metadata } = service;
  const [wanted] = spec.clusterIPs ?? [];
  const path = Path.of('spec.clusterIPs');
  if (wanted === undefined || wanted === '') {
    if (dryRun) {
      // Upstream does not look for a free one: it shows the range itself. ipallocator.go `allocateNextService`
      spec.clusterIP = backend.serviceRange.address;
      spec.clusterIPs = [spec.clusterIP];
      return [];
    }
    const drawn = backend.serviceRange.draw(
      takenClusterIPs(backend),
      backend,
      `${metadata.namespace ?? ''}/${metadata.name}`,
    );
    if (drawn === undefined) return [invalid(path, [''], 'failed to allocate IP: range is full')];
    if (!metadata.name) return [invalid(path, [''], namelessText(drawn))];
    spec.clusterIP = drawn;
    spec.clusterIPs = [drawn];
    return [];
  }
  // What is no address at all is for validation to tell.
  if (!parseIP(wanted) || previous?.spec.clusterIPs?.includes(wanted)) return [];
  const refuse = (why: string) => [invalid(path, spec.clusterIPs, `failed to allocate IP ${wanted}: ${why}`)];
  if (!backend.serviceRange.contains(wanted)) {
    if (!dryRun) return refuse('the provided network does not match the current range');
    return refuse(
      `the provided IP (${wanted}) is not in the valid range. The range of valid IPs is ${backend.serviceRange.cidr}`,
    );
  }
  if (!dryRun && takenClusterIPs(backend).has(wanted)) return refuse('provided IP is already allocated');
  return [];
}

/** A client that knows only `clusterIP` changes the first of `clusterIPs` with it. Upstream: `NormalizeClusterIPs` */
function followClusterIP({ spec }: Service, { spec: before }: Service): void {
  if (spec.clusterIP === before.clusterIP || !deepEqual(spec.clusterIPs, before.clusterIPs)) return;
  if (!spec.clusterIP) delete spec.clusterIPs;
  else if (spec.clusterIPs) spec.clusterIPs = [spec.clusterIP, ...spec.clusterIPs.slice(1)];
}

function namelessText(address: string): string {
  return `failed to allocate IP: IPAddress.networking.k8s.io "${address}" is invalid: spec.parentRef.name: Required value`;
}

/** What an update leaves out stays as it was allocated. Upstream: `patchAllocatedValues` */
function keepAllocated(service: Service, previous: Service): void {
  const { spec } = service;
  const before = previous.spec;
  if (needsClusterIP(service) && needsClusterIP(previous)) {
    spec.clusterIP ||= before.clusterIP;
    if ((spec.clusterIPs?.length ?? 0) === 0 && spec.clusterIP === before.clusterIP)
      spec.clusterIPs = before.clusterIPs;
    if ((spec.ipFamilies?.length ?? 0) === 0) spec.ipFamilies = before.ipFamilies;
    spec.ipFamilyPolicy ??= before.ipFamilyPolicy;
  }
  if (needsNodePort(service) && needsNodePort(previous)) {
    const old = new Map(portsOf(previous).map(({ name = '', nodePort }) => [name, nodePort]));
    const stay = new Set(portsOf(previous).map(({ nodePort }) => nodePort));
    const used = new Set(
      portsOf(service)
        .map(({ nodePort }) => nodePort)
        .filter((port) => port && stay.has(port)),
    );
    for (const port of portsOf(service)) {
      const nodePort = old.get(port.name ?? '');
      if (port.nodePort || !nodePort || used.has(nodePort)) continue;
      port.nodePort = nodePort;
      used.add(nodePort);
    }
  }
  if (needsHealthCheckPort(service) && needsHealthCheckPort(previous)) {
    spec.healthCheckNodePort ||= before.healthCheckNodePort;
  }
}

/** A change of type takes along what only the old type had. Upstream: `dropTypeDependentFields` */
function dropWhatTypeForbids(service: Service, previous: Service): void {
  const { spec } = service;
  const before = previous.spec;
  if (needsClusterIP(previous) && !needsClusterIP(service)) {
    if (spec.clusterIP === before.clusterIP && deepEqual(spec.clusterIPs, before.clusterIPs)) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (deepEqual(spec.ipFamilies, before.ipFamilies)) delete spec.ipFamilies;
    if (spec.ipFamilyPolicy === before.ipFamilyPolicy) delete spec.ipFamilyPolicy;
    if (spec.internalTrafficPolicy === before.internalTrafficPolicy) delete spec.internalTrafficPolicy;
  }
  const numbers = (one: Service) => portsOf(one).map(({ nodePort }) => nodePort ?? 0);
  if (needsNodePort(previous) && !needsNodePort(service) && deepEqual(numbers(service), numbers(previous))) {
    for (const port of portsOf(service)) delete port.nodePort;
  }
  if (needsHealthCheckPort(previous) && !needsHealthCheckPort(service)) {
    if (spec.healthCheckNodePort === before.healthCheckNodePort) delete spec.healthCheckNodePort;
  }
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (spec.allocateLoadBalancerNodePorts === before.allocateLoadBalancerNodePorts) {
      delete spec.allocateLoadBalancerNodePorts;
    }
    if (spec.loadBalancerClass === before.loadBalancerClass) delete spec.loadBalancerClass;
  }
  const outside = (one: Service) => one.spec.type === 'NodePort' || one.spec.type === 'LoadBalancer';
  if (outside(previous) && !outside(service) && (spec.externalIPs?.length ?? 0) === 0) {
    if (spec.externalTrafficPolicy === before.externalTrafficPolicy) delete spec.externalTrafficPolicy;
  }
}
