import type { Endpoints, LoadBalancerIngress, Service } from '@/kubernetes/api/generated/core-v1';
import type { EndpointSlice } from '@/kubernetes/api/generated/discovery-v1';
import { findResource } from '@/kubernetes/api/registry';
import type { Invocation } from '../invocation';
import { labelsText } from '../printers/selector-text';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines } from './lines';
import { annotations, head, labels } from './metadata';
import { typedList } from '../resource/typed';

/** Upstream: kubectl/pkg/describe/describe.go `describeService`. */
export const describeService: Describer<Service> = (service, { invocation, events }) => {
  const { metadata, spec, status } = service;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('Selector', labelsText(spec.selector) || '<none>');
  lines.field('Type', spec.type);
  if (spec.ipFamilyPolicy) lines.field('IP Family Policy', spec.ipFamilyPolicy);
  lines.field('IP Families', spec.ipFamilies?.join(',') || '<none>');
  lines.field('IP', spec.clusterIP);
  lines.field('IPs', spec.clusterIPs?.join(',') || '<none>');
  if (spec.externalIPs?.length) lines.field('External IPs', spec.externalIPs.join(','));
  if (spec.loadBalancerIP) lines.field('Desired LoadBalancer IP', spec.loadBalancerIP);
  if (spec.externalName) lines.field('External Name', spec.externalName);
  const ingress = status.loadBalancer?.ingress ?? [];
  if (ingress.length > 0) {
    lines.field('LoadBalancer Ingress', ingress.map(addressText).join(', '));
  }
  const slices = slicesOf(invocation, service);
  for (const port of spec.ports ?? []) {
    const protocol = port.protocol ?? 'TCP';
    const name = port.name || '<unset>';
    lines.add(0, `Port:\t${name}\t${port.port}/${protocol}`);
    const target = port.targetPort === 0 || port.targetPort === undefined ? port.port : port.targetPort;
    lines.field('TargetPort', `${target}/${protocol}`);
    if (port.appProtocol && invocation.facts.describesTimeZone) lines.field('AppProtocol', port.appProtocol);
    if (port.nodePort) lines.add(0, `NodePort:\t${name}\t${port.nodePort}/${protocol}`);
    lines.field('Endpoints', endpointsText(slices, port.name ?? ''));
  }
  lines.field('Session Affinity', spec.sessionAffinity);
  if (spec.externalTrafficPolicy) lines.field('External Traffic Policy', spec.externalTrafficPolicy);
  if (spec.internalTrafficPolicy) lines.field('Internal Traffic Policy', spec.internalTrafficPolicy);
  if (spec.healthCheckNodePort) lines.field('HealthCheck NodePort', spec.healthCheckNodePort);
  if (spec.loadBalancerSourceRanges?.length) {
    lines.field('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','));
  }
  if (spec.trafficDistribution) lines.field('Traffic Distribution', spec.trafficDistribution);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...service }), invocation.now);
  return lines.toString();
};

/** `8.8.8.8 (VIP)`. Upstream: `buildIngressString`. */
function addressText({ ip, ipMode, hostname = '' }: LoadBalancerIngress): string {
  if (!ip) return hostname;
  return ipMode === undefined ? ip : `${ip} (${ipMode})`;
}

function slicesOf(invocation: Invocation, { metadata }: Service): EndpointSlice[] {
  const mapping = findResource('endpointslices', 'discovery.k8s.io');
  if (!mapping) return [];
  const labelSelector = `kubernetes.io/service-name=${metadata.name}`;
  const found = invocation.list(mapping, { namespace: metadata.namespace, labelSelector });
  // The resource listed is that of EndpointSlices.
  return typedList<EndpointSlice>(found);
}

/**
 * Ready ones only, three at most. The count of the rest is upstream's own: after three ready ones every further
 * endpoint, ready or not, ends the list. Upstream: `formatEndpointSlices`.
 */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const list: string[] = [];
  let more = false;
  let count = 0;
  for (const { ports = [], endpoints } of slices) {
    // A headless Service may have no port at all.
    const wanted = ports?.length ? ports.filter(({ name = '' }) => name === portName) : [undefined];
    for (const slicePort of wanted) {
      for (const { conditions, addresses } of endpoints ?? []) {
        if (list.length === 3) more = true;
        if (conditions?.ready === false) continue;
        if (!more) list.push(slicePort ? joinHostPort(addresses[0] ?? '', slicePort.port ?? 0) : (addresses[0] ?? ''));
        count++;
      }
    }
  }
  const text = list.join(',');
  return more ? `${text} + ${count - 3} more...` : text;
}

/** Go's net.JoinHostPort. */
function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Upstream: `describeEndpoints`. */
export const describeEndpoints: Describer<Endpoints> = (endpoints, { invocation, events }) => {
  const lines = new Lines();
  head(lines, endpoints);
  lines.add(0, 'Subsets:');
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of endpoints.subsets ?? []) {
    lines.field('Addresses', addresses.map((one) => one.ip).join(',') || '<none>', 1);
    lines.field('NotReadyAddresses', notReadyAddresses.map((one) => one.ip).join(',') || '<none>', 1);
    if (ports.length > 0) {
      lines.add(1, 'Ports:');
      lines.add(2, 'Name\tPort\tProtocol');
      lines.add(2, '----\t----\t--------');
      for (const port of ports) lines.add(2, `${port.name || '<unset>'}\t${port.port}\t${port.protocol ?? 'TCP'}`);
    }
    lines.add(0, '');
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...endpoints }), invocation.now);
  return lines.toString();
};

/** Upstream: `describeEndpointSliceV1`. */
export const describeEndpointSlice: Describer<EndpointSlice> = (slice, { invocation, events }) => {
  const lines = new Lines();
  head(lines, slice);
  lines.field('AddressType', slice.addressType);
  if (slice.ports?.length) {
    lines.add(0, 'Ports:');
    lines.add(1, 'Name\tPort\tProtocol');
    lines.add(1, '----\t----\t--------');
    for (const port of slice.ports) {
      lines.add(1, `${port.name || '<unset>'}\t${port.port ?? '<unset>'}\t${port.protocol ?? 'TCP'}`);
    }
  } else lines.add(0, 'Ports: <unset>');
  if (!slice.endpoints?.length) lines.add(0, 'Endpoints: <none>');
  else {
    lines.add(0, 'Endpoints:');
    for (const endpoint of slice.endpoints) {
      lines.add(1, `- Addresses:\t${endpoint.addresses.join(', ')}`);
      lines.add(2, 'Conditions:');
      lines.field('Ready', endpoint.conditions?.ready ?? '<unset>', 3);
      lines.field('Hostname', endpoint.hostname ?? '<unset>', 2);
      const target = endpoint.targetRef;
      if (target) lines.field('TargetRef', `${target.kind ?? ''}/${target.name ?? ''}`, 2);
      lines.field('NodeName', endpoint.nodeName ?? '<unset>', 2);
      lines.field('Zone', endpoint.zone ?? '<unset>', 2);
    }
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...slice }), invocation.now);
  return lines.toString();
};
