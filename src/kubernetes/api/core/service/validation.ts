// Upstream: pkg/apis/core/validation/validation.go `ValidateService`
import { duplicate, type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type { Service, ServicePort, ServiceSpec } from '../../generated/core-v1';
import { validateCIDR, validateIP, validateNonSpecialIP } from '../../meta/ip-address';
import { complaints, validateLabels } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain, qualifiedNameErrors } from '../../meta/names';
import { internalForm } from '../internal-form';
import { protocols, validatePortNumber, validatePortNumberOrName } from '../pod-spec/validation/ports';
import { requiredOneOf } from '../pod-spec/validation/supported';
import { validateClusterIPs } from './cluster-ips';
import { isHeadless, reachableFromOutside } from './facts';
import { validateTraffic } from './traffic';

const path = Path.of('spec');
const onlyForLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
const sourceRanges = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const topologyHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';

export function validateServiceSpec(service: Service): FieldError[] {
  const { metadata, spec } = service;
  const { type = '', ports = [], externalName, selector, sessionAffinity } = spec;
  const errors = validateTopologyAnnotations(metadata.annotations ?? {});
  if (ports.length === 0 && !isHeadless(service) && type !== 'ExternalName') errors.push(required(path.child('ports')));
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(service)) {
    errors.push(invalid(path.child('clusterIPs').index(0), 'None', `may not be set to 'None' for ${type} services`));
  }
  if (type === 'ExternalName') errors.push(...validateExternalName(spec, externalName ?? ''));
  errors.push(
    ...validatePorts(ports, path.child('ports')),
    ...validateLabels(selector, path.child('selector')),
    ...requiredOneOf(sessionAffinity, ['ClientIP', 'None'], path.child('sessionAffinity')),
    ...validateAffinity(spec, path.child('sessionAffinityConfig')),
    ...validateClusterIPs(service),
  );
  for (const [i, ip] of (spec.externalIPs ?? []).entries()) {
    const at = path.child('externalIPs').index(i);
    const wrong = validateIP(ip, at);
    errors.push(...(wrong.length > 0 ? wrong : validateNonSpecialIP(ip, at)));
  }
  return [
    ...errors,
    ...requiredOneOf(type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'], path.child('type')),
    ...validatePortSets(spec, path.child('ports')),
    ...validateSourceRanges(service),
    ...validateLoadBalancer(spec),
    ...validateTraffic(spec, reachableFromOutside(spec)),
  ];
}

function validateTopologyAnnotations(annotations: { readonly [key: string]: string }): FieldError[] {
  const hints = annotations[topologyHints];
  const mode = annotations[topologyMode];
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const at = Path.of('metadata.annotations').key(topologyMode);
  return [invalid(at, mode, `must match annotations[${topologyHints}] when both are specified`)];
}

function validateExternalName(spec: ServiceSpec, externalName: string): FieldError[] {
  const text = 'may not be set for ExternalName services';
  const errors: FieldError[] = [];
  if (spec.clusterIPs?.length) errors.push(forbidden(path.child('clusterIPs'), text));
  if (spec.ipFamilies?.length) errors.push(forbidden(path.child('ipFamilies'), text));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden(path.child('ipFamilyPolicy'), text));
  const at = path.child('externalName');
  const name = externalName.replace(/\.$/, '');
  return [...errors, ...(name ? complaints(dns1123Subdomain, at, name) : [required(at)])];
}

function validatePorts(ports: readonly ServicePort[], at: Path): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap(({ name, port, protocol, targetPort, appProtocol }, i) => {
    const one = at.index(i);
    const errors: FieldError[] = [];
    if (name) {
      errors.push(...complaints(dns1123Label, one.child('name'), name));
      if (names.has(name)) errors.push(duplicate(one.child('name'), name));
      names.add(name);
    } else if (ports.length > 1) errors.push(required(one.child('name')));
    return [
      ...errors,
      ...validatePortNumber(port ?? 0, one.child('port')),
      ...requiredOneOf(protocol, protocols, one.child('protocol')),
      ...validatePortNumberOrName(targetPort, one.child('targetPort')),
      ...(appProtocol === undefined ? [] : complaints(qualifiedNameErrors, one.child('appProtocol'), appProtocol)),
    ];
  });
}

const maxAffinitySeconds = 86_400;

function validateAffinity({ sessionAffinity, sessionAffinityConfig: config }: ServiceSpec, at: Path): FieldError[] {
  if (sessionAffinity === 'None') {
    return config ? [forbidden(at, 'must not be set when session affinity is None')] : [];
  }
  if (sessionAffinity !== 'ClientIP') return [];
  const text = 'when session affinity type is ClientIP';
  const seconds = at.child('clientIP', 'timeoutSeconds');
  if (!config) return [required(at, text)];
  if (!config.clientIP) return [required(at.child('clientIP'), text)];
  const value = config.clientIP.timeoutSeconds;
  if (value === undefined) return [required(seconds, text)];
  return value > 0 && value <= maxAffinitySeconds
    ? []
    : [invalid(seconds, value, `must be greater than 0 and less than ${maxAffinitySeconds}`)];
}

/** Node ports where they do not belong, and ports that are there twice. */
function validatePortSets({ type, ports = [] }: ServiceSpec, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (type === 'ClusterIP') {
    ports.forEach(({ nodePort }, i) => {
      if (nodePort) errors.push(forbidden(at.index(i).child('nodePort'), "may not be used when `type` is 'ClusterIP'"));
    });
  }
  const nodePorts = new Set<string>();
  ports.forEach(({ nodePort, protocol = '' }, i) => {
    if (!nodePort) return;
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) errors.push(duplicate(at.index(i).child('nodePort'), nodePort));
    nodePorts.add(key);
  });
  const numbers = new Set<string>();
  ports.forEach(({ port, protocol = '' }, i) => {
    const key = `${protocol}/${port}`;
    if (numbers.has(key)) errors.push(duplicate(at.index(i), internalForm('ServicePort', { protocol, port })));
    numbers.add(key);
  });
  return errors;
}

function validateSourceRanges({ metadata, spec }: Service): FieldError[] {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = metadata.annotations?.[sourceRanges];
  const wrongType = (at: Path) => (spec.type === 'LoadBalancer' ? [] : [forbidden(at, onlyForLoadBalancer)]);
  if (ranges.length > 0) {
    // Upstream's path is capitalised.
    const at = path.child('LoadBalancerSourceRanges');
    return [...wrongType(at), ...ranges.flatMap((range, i) => validateCIDR(range.trim(), at.index(i)))];
  }
  if (annotation === undefined) return [];
  const at = Path.of('metadata.annotations').key(sourceRanges);
  const written = annotation.trim() === '' ? [] : annotation.split(',');
  return [...wrongType(at), ...written.flatMap((range) => validateCIDR(range.trim(), at))];
}

function validateLoadBalancer(spec: ServiceSpec): FieldError[] {
  const { type, allocateLoadBalancerNodePorts: allocate } = spec;
  const at = path.child('loadBalancerClass');
  if (type === 'LoadBalancer') {
    const missing = allocate === undefined ? [required(Path.of('allocateLoadBalancerNodePorts'))] : [];
    return [...missing, ...validateLoadBalancerClass(spec, at)];
  }
  const errors: FieldError[] = [];
  if (allocate !== undefined) {
    errors.push(forbidden(path.child('allocateLoadBalancerNodePorts'), onlyForLoadBalancer));
  }
  errors.push(...validateLoadBalancerClass(spec, at));
  return errors;
}

export function validateLoadBalancerClass({ type, loadBalancerClass }: ServiceSpec, at: Path): FieldError[] {
  if (loadBalancerClass === undefined) return [];
  if (type !== 'LoadBalancer') return [forbidden(at, onlyForLoadBalancer)];
  return complaints(qualifiedNameErrors, at, loadBalancerClass);
}
