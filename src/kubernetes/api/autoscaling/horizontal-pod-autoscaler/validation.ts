// Upstream: pkg/apis/autoscaling/validation/validation.go
import { type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type { HorizontalPodAutoscalerSpec, HPAScalingRules } from '../../generated/autoscaling-v2';
import type { KubernetesVersion } from '../../kind';
import { negativeText } from '../../meta/object-meta';
import { canonicalQuantity, nanosOf } from '../../quantity';
import { oneOf, optionalOneOf } from '../../core/pod-spec/validation/supported';
import { validateMetric } from './metrics';
import { validateTarget } from './target';
import { serverFacts } from '../../versions/server-facts';

const path = Path.of('spec');

export function validateAutoscalerSpec(spec: HorizontalPodAutoscalerSpec, kubernetes: KubernetesVersion): FieldError[] {
  const { minReplicas, maxReplicas = 0, metrics = [], behavior, scaleTargetRef } = spec;
  const errors: FieldError[] = [];
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.push(invalid(path.child('minReplicas'), minReplicas, 'must be greater than or equal to 1'));
  }
  if (maxReplicas < 1) {
    const at = path.child('maxReplicas');
    if (!serverFacts[kubernetes].saysRequired) errors.push(invalid(at, maxReplicas, 'must be greater than 0'));
    else if (maxReplicas === 0) errors.push(required(at, 'must be set and greater than 0'));
    else errors.push(invalid(at, maxReplicas, 'must be greater than or equal to 1'));
  }
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(invalid(path.child('maxReplicas'), maxReplicas, 'must be greater than or equal to `minReplicas`'));
  }
  const target = scaleTargetRef ?? { kind: '', name: '' };
  // The only scalable kind of the core group.
  const needsGroup = target.kind !== 'ReplicationController';
  errors.push(...validateTarget(target, path.child('scaleTargetRef'), needsGroup));
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

const longestPeriod = 1800;
const longestWindow = 3600;

function validateRules(rules: HPAScalingRules | undefined, at: Path): FieldError[] {
  if (!rules) return [];
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [], tolerance } = rules;
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
  if (tolerance !== undefined && nanosOf(tolerance) < 0n) {
    errors.push(invalid(at.child('tolerance'), canonicalQuantity(tolerance), negativeText));
  }
  return errors;
}
