// Upstream: pkg/apis/core/validation/validation.go `validateServiceExternalTrafficPolicy` and its neighbours
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { ServiceSpec } from '../../generated/core-v1';
import { validatePortNumber } from '../pod-spec/validation/ports';
import { optionalOneOf, requiredOneOf } from '../pod-spec/validation/supported';
import { needsHealthCheck } from './facts';

const path = Path.of('spec');
const policies = ['Cluster', 'Local'];

export function validateTraffic(spec: ServiceSpec, outside: boolean): FieldError[] {
  const {
    externalTrafficPolicy: external = '',
    healthCheckNodePort: healthPort = 0,
    internalTrafficPolicy,
    type,
  } = spec;
  const errors: FieldError[] = [];
  const at = path.child('externalTrafficPolicy');
  if (outside) errors.push(...requiredOneOf(external, policies, at));
  else if (external) errors.push(invalid(at, external, 'may only be set for externally-accessible services'));
  const health = path.child('healthCheckNodePort');
  if (needsHealthCheck(spec))
    errors.push(...(healthPort ? validatePortNumber(healthPort, health) : [required(health)]));
  else if (healthPort) {
    const text = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid(health, healthPort, text));
  }
  const internal = path.child('internalTrafficPolicy');
  if (internalTrafficPolicy === undefined && (type === 'NodePort' || type === 'LoadBalancer' || type === 'ClusterIP')) {
    errors.push(required(internal));
  }
  return [
    ...errors,
    ...optionalOneOf(internalTrafficPolicy, policies, internal),
    ...optionalOneOf(
      spec.trafficDistribution,
      ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
      path.child('trafficDistribution'),
    ),
  ];
}
