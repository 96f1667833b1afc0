// Upstream: pkg/apis/autoscaling/validation/validation.go
import { type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type {
  CrossVersionObjectReference,
  HorizontalPodAutoscalerSpec,
  HPAScalingRules,
  MetricSpec,
  MetricTarget,
} from '../../generated/autoscaling-v2';
import type { KubernetesVersion } from '../../kind';
import { complaints } from '../../meta/labels';
import { pathSegmentName } from '../../meta/names';
import { oneOf, optionalOneOf } from '../../core/pod-spec/validation/supported';

const path = Path.of('spec');

export function validateAutoscalerSpec(spec: HorizontalPodAutoscalerSpec, kubernetes: KubernetesVersion): FieldError[] {
  const { minReplicas, maxReplicas = 0, metrics = [], behavior, scaleTargetRef } = spec;
  const errors: FieldError[] = [];
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.push(invalid(path.child('minReplicas'), minReplicas, 'must be greater than or equal to 1'));
  }
  if (maxReplicas < 1) {
    const at = path.child('maxReplicas');
    if (kubernetes >= '1.36') errors.push(required(at, 'must be set and greater than 0'));
    else errors.push(invalid(at, maxReplicas, 'must be greater than 0'));
  }
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(invalid(path.child('maxReplicas'), maxReplicas, 'must be greater than or equal to `minReplicas`'));
  }
  errors.push(...validateTarget(scaleTargetRef ?? { kind: '', name: '' }, path.child('scaleTargetRef')));
  metrics.forEach((metric, i) => errors.push(...validateMetric(metric, path.child('metrics').index(i))));
  if (minReplicas === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External')) {
    const text = 'must specify at least one Object or External metric to support scaling to zero replicas';
    errors.push(forbidden(path.child('metrics'), text));
  }
  return [
    ...errors,
    ...validateRules(behavior?.scaleUp, path.child('behavior', 'scaleUp')),
    ...validateRules(behavior?.scaleDown, path.child('behavior', 'scaleDown')),
  ];
}

function validateTarget({ kind, name, apiVersion = '' }: CrossVersionObjectReference, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  for (const [field, value] of Object.entries({ kind, name })) {
    if (!value) errors.push(required(at.child(field)));
    else errors.push(...complaints(pathSegmentName, at.child(field), value));
  }
  const legacy = apiVersion === 'v1' && kind === 'ReplicationController';
  if (apiVersion.split('/').length > 2)
    errors.push(invalid(at.child('apiVersion'), apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  else if (!apiVersion.includes('/') && !legacy)
    errors.push(invalid(at.child('apiVersion'), apiVersion, 'apiVersion must specify API group'));
  return errors;
}

const sources = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
} as const;

function validateMetric(metric: MetricSpec, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  const type = metric.type ?? '';
  if (!type) errors.push(required(at.child('type'), 'must specify a metric source type'));
  errors.push(...oneOf(type, Object.keys(sources), at.child('type')));
  for (const [kind, field] of Object.entries(sources)) {
    if (kind === type && !metric[field]) {
      errors.push(required(at.child(field), 'must populate information for the given metric source'));
    }
    if (kind !== type && metric[field] && type in sources && metric[sources[type as keyof typeof sources]]) {
      errors.push(forbidden(at.child(field), 'must populate the given metric source only'));
    }
  }
  const { resource, containerResource } = metric;
  for (const [field, source] of Object.entries({ resource, containerResource })) {
    if (!source) continue;
    if (!source.name) errors.push(required(at.child(field, 'name'), 'must specify a resource name'));
    errors.push(...validateResourceTarget(source.target ?? { type: '' }, at.child(field, 'target')));
  }
  // Upstream looks at the type a second time, to know which source has to be there.
  return [...errors, ...oneOf(type, Object.keys(sources), at.child('type'))];
}

function validateResourceTarget(target: MetricTarget, at: Path): FieldError[] {
  const { type, averageUtilization, averageValue } = target;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(at.child('type'), 'must specify a metric target type'));
  if (type !== 'Utilization' && type !== 'Value' && type !== 'AverageValue') {
    errors.push(invalid(at.child('type'), type ?? '', 'must be either Utilization, Value, or AverageValue'));
  }
  const utilization = at.child('averageUtilization');
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.push(invalid(utilization, averageUtilization, 'must be greater than 0'));
  }
  if (averageUtilization === undefined && averageValue === undefined) {
    errors.push(required(utilization, 'must set either a target raw value or a target utilization'));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    errors.push(forbidden(at.child('averageValue'), 'may not set both a target raw value and a target utilization'));
  }
  return errors;
}

const longestPeriod = 1800;
const longestWindow = 3600;

function validateRules(rules: HPAScalingRules | undefined, at: Path): FieldError[] {
  if (!rules) return [];
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [] } = rules;
  const errors: FieldError[] = [];
  const windowPath = at.child('stabilizationWindowSeconds');
  if (window !== undefined && window < 0) {
    errors.push(invalid(windowPath, window, 'must be greater than or equal to zero'));
  }
  if (window !== undefined && window > longestWindow) {
    errors.push(invalid(windowPath, window, `must be less than or equal to ${longestWindow}`));
  }
  errors.push(...optionalOneOf(selectPolicy, ['Disabled', 'Max', 'Min'], at.child('selectPolicy')));
  if (policies.length === 0) errors.push(required(at.child('policies'), 'must specify at least one Policy'));
  policies.forEach(({ type, value = 0, periodSeconds: period = 0 }, i) => {
    const one = at.child('policies').index(i);
    errors.push(...oneOf(type ?? '', ['Percent', 'Pods'], one.child('type')));
    if (value <= 0) errors.push(invalid(one.child('value'), value, 'must be greater than zero'));
    if (period <= 0) errors.push(invalid(one.child('periodSeconds'), period, 'must be greater than zero'));
    if (period > longestPeriod) {
      errors.push(invalid(one.child('periodSeconds'), period, `must be less than or equal to ${longestPeriod}`));
    }
  });
  return errors;
}
