// Upstream: pkg/apis/core/validation/validation.go `ValidateServiceUpdate`
import { type FieldError, forbidden, invalid, Path } from '../../field-error';
import type { Service } from '../../generated/core-v1';
import { immutableText } from '../../meta/object-meta';
import { isHeadless, needsHealthCheck } from './facts';
import { validateLoadBalancerClass } from './validation';

const spec = Path.of('spec');
const once = 'may not change once set';

/** What a Service holds once it has it; a change from or to ExternalName starts afresh. */
export function validateServiceChange(service: Service, old: Service): FieldError[] {
  return [
    ...validateClusterIPChange(service, old),
    ...validateFamilyChange(service, old),
    ...validateClassChange(service, old),
    ...(needsHealthCheck(service.spec) &&
    needsHealthCheck(old.spec) &&
    service.spec.healthCheckNodePort !== old.spec.healthCheckNodePort
      ? [forbidden(spec.child('healthCheckNodePort'), immutableText)]
      : []),
  ];
}

function isExternal(service: Service): boolean {
  return service.spec.type === 'ExternalName';
}

function validateClusterIPChange(service: Service, old: Service): FieldError[] {
  if (isExternal(service) || isExternal(old) || (isHeadless(service) && isHeadless(old))) return [];
  const now = service.spec.clusterIPs ?? [];
  const before = old.spec.clusterIPs ?? [];
  const at = (i: number) => spec.child('clusterIPs').index(i);
  if (now.length === before.length) {
    return before.flatMap((ip, i) => (ip === now[i] ? [] : [invalid(at(i), now, once)]));
  }
  const errors: FieldError[] = [];
  if (now.length === 0)
    errors.push(invalid(at(0), service.spec.clusterIPs ?? null, 'primary clusterIP can not be unset'));
  else if (before.length > 0 && now[0] !== before[0]) errors.push(invalid(at(0), now, once));
  if (now.length === 1 && before.length > 1 && service.spec.ipFamilyPolicy !== 'SingleStack') {
    const text = "must be set to 'SingleStack' when releasing the secondary clusterIP";
    errors.push(invalid(spec.child('ipFamilyPolicy'), service.spec.ipFamilyPolicy, text));
  }
  return errors;
}

function validateFamilyChange(service: Service, old: Service): FieldError[] {
  if (isExternal(service) || isExternal(old) || isHeadless(service) || isHeadless(old)) return [];
  const now = service.spec.ipFamilies ?? [];
  const before = old.spec.ipFamilies ?? [];
  const first = spec.child('ipFamilies').index(0);
  if (now.length === before.length) {
    return before.flatMap((family, i) => (family === now[i] ? [] : [invalid(first, now, once)]));
  }
  const [primary] = now;
  return primary !== undefined && before.length > 0 && primary !== before[0]
    ? [invalid(first, service.spec.clusterIPs, once)]
    : [];
}

function validateClassChange({ spec: now }: Service, { spec: before }: Service): FieldError[] {
  const at = spec.child('loadBalancerClass');
  const both = now.type === 'LoadBalancer' && before.type === 'LoadBalancer';
  if (both && now.loadBalancerClass !== before.loadBalancerClass) return [invalid(at, now.loadBalancerClass, once)];
  return validateLoadBalancerClass(now, at);
}
