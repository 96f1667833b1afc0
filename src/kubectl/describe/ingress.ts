import type { EndpointSlice } from '@/kubernetes/api/generated/discovery-v1';
import type { Service } from '@/kubernetes/api/generated/core-v1';
import type { Ingress, IngressBackend, IngressClass } from '@/kubernetes/api/generated/networking-v1';
import { findResource } from '@/kubernetes/api/registry';
import { StatusError } from '../errors';
import type { Invocation } from '../invocation';
import { typedAs, typedList } from '../resource/typed';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines } from './lines';
import { annotations, labels } from './metadata';
import { endpointsText } from './service';

/** Upstream: kubectl/pkg/describe/describe.go `describeIngressV1`. */
export const describeIngress: Describer<Ingress> = (ingress, { invocation, events }) => {
  const { metadata, spec, status } = ingress;
  const backend = (one: IngressBackend) => backendText(invocation, metadata.namespace ?? '', one);
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  lines.field('Namespace', metadata.namespace);
  const addresses = (status.loadBalancer?.ingress ?? []).map((one) => one.ip ?? one.hostname ?? '');
  lines.field('Address', [...new Set(addresses)].sort().join(','));
  lines.field('Ingress Class', spec.ingressClassName ?? '<none>');
  const fallback = spec.defaultBackend ? backend(spec.defaultBackend) : '<default>';
  lines.field('Default backend', fallback);
  if (spec.tls?.length) lines.add(0, 'TLS:');
  for (const { secretName, hosts = [] } of spec.tls ?? []) {
    lines.add(1, secretName ? `${secretName} terminates ${hosts.join(',')}` : `SNI routes ${hosts.join(',')}`);
  }
  lines.add(0, 'Rules:\n  Host\tPath\tBackends');
  lines.add(1, '----\t----\t--------');
  const rules = (spec.rules ?? []).filter(({ http }) => http !== undefined);
  for (const { host, http } of rules) {
    lines.add(1, `${host || '*'}\t`);
    for (const path of http?.paths ?? []) lines.add(2, `\t${path.path ?? ''} \t${backend(path.backend)}`);
  }
  if (rules.length === 0) lines.add(1, `*\t*\t${fallback}`);
  annotations(lines, 'Annotations', metadata.annotations);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...ingress }), invocation.now);
  return lines.toString();
};

/** `web:80 (10.244.1.3:8080)`. Upstream: `describeBackendV1`. */
function backendText(invocation: Invocation, namespace: string, { service, resource }: IngressBackend): string {
  if (!service) {
    if (!resource) return '';
    return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
  }
  const wanted = service.port?.number || service.port?.name || '';
  const text = `${service.name}:${wanted}`;
  const mappings = {
    services: findResource('services', ''),
    slices: findResource('endpointslices', 'discovery.k8s.io'),
  };
  if (!mappings.services || !mappings.slices) return text;
  try {
    const labelSelector = `kubernetes.io/service-name=${service.name}`;
    // The resources asked are those of the two kinds.
    const slices = typedList<EndpointSlice>(invocation.list(mappings.slices, { namespace, labelSelector }));
    const { spec } = typedAs<Service>(invocation.request('get', mappings.services, { namespace, name: service.name }));
    const port = spec.ports?.find((one) => one.port === wanted || one.name === wanted);
    return `${text} (${endpointsText(slices, port?.name ?? '')})`;
  } catch (error) {
    if (error instanceof StatusError) return `${text} (<error: ${error.message}>)`;
    throw error;
  }
}

/** Upstream: `describeIngressClassV1`. */
export const describeIngressClass: Describer<IngressClass> = (ingressClass, { invocation, events }) => {
  const { metadata, spec } = ingressClass;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('Controller', spec.controller);
  if (spec.parameters) {
    lines.add(0, 'Parameters:');
    if (spec.parameters.apiGroup !== undefined) lines.field('APIGroup', spec.parameters.apiGroup, 1);
    lines.field('Kind', spec.parameters.kind, 1);
    lines.field('Name', spec.parameters.name, 1);
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...ingressClass }), invocation.now);
  return lines.toString();
};
