// Upstream: pkg/apis/autoscaling/validation/validation.go `validateMetricSpec`
import { validateContainerResourceName } from '../../core/pod-spec/resource-names';
import { oneOf } from '../../core/pod-spec/validation/supported';
import { type FieldError, forbidden, invalid, type Path, required } from '../../field-error';
import type { MetricIdentifier, MetricSpec, MetricTarget } from '../../generated/autoscaling-v2';
import { complaints } from '../../meta/labels';
import { dns1123Label, pathSegmentName } from '../../meta/names';
import { canonicalQuantity, nanosOf } from '../../quantity';
import { validateTarget } from './target';

type Source = 'object' | 'external' | 'pods' | 'resource' | 'containerResource';

/** Where each type of metric keeps what it is about. */
const sources: Readonly<Record<string, Source>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const types = Object.keys(sources);
/** In upstream's order: the first one that is there is judged. */
const order: readonly Source[] = ['object', 'external', 'pods', 'resource', 'containerResource'];

export function validateMetric(metric: MetricSpec, at: Path): FieldError[] {
  const type = metric.type ?? '';
  const errors: FieldError[] = [];
  if (!type) errors.push(required(at.child('type'), 'must specify a metric source type'));
  errors.push(...oneOf(type, types, at.child('type')));
  const given = order.filter((source) => metric[source] !== undefined);
  const [first] = given;
  if (first) errors.push(...validateSource(metric, first, at.child(first)));
  const expected = sources[type];
  if (!expected) errors.push(...oneOf(type, types, at.child('type')));
  else if (metric[expected] === undefined) {
    errors.push(required(at.child(expected), 'must populate information for the given metric source'));
  }
  if (given.length < 2) return errors;
  const others = given.filter((source) => source !== expected);
  return [...errors, ...others.map((one) => forbidden(at.child(one), 'must populate the given metric source only'))];
}

function validateSource(metric: MetricSpec, source: Source, at: Path): FieldError[] {
  const { resource, containerResource: inside, external, pods, object } = metric;
  switch (source) {
    case 'object': {
      const described = object?.describedObject ?? { kind: '', name: '' };
      const name = validateIdentifier(object?.metric, at.child('metric'));
      const { value, averageValue } = object?.target ?? {};
      const missing = value === undefined && averageValue === undefined;
      return [
        ...validateTarget(described, at.child('describedObject'), false),
        ...name,
        ...validateMetricTarget(object?.target, at.child('target')),
        ...(missing
          ? [required(at.child('target', 'averageValue'), 'must set either a target value or averageValue')]
          : []),
      ];
    }
    case 'external':
      return [
        ...validateIdentifier(external?.metric, at.child('metric')),
        ...validateMetricTarget(external?.target, at.child('target')),
        ...eitherValue(external?.target, at.child('target')),
      ];
    case 'pods': {
      const missing = pods?.target?.averageValue === undefined;
      return [
        ...validateIdentifier(pods?.metric, at.child('metric')),
        ...validateMetricTarget(pods?.target, at.child('target')),
        ...(missing
          ? [required(at.child('target', 'averageValue'), 'must specify a positive target averageValue')]
          : []),
      ];
    }
    case 'containerResource': {
      const { name, container } = inside ?? {};
      const where = at.child('container');
      return [
        ...(name
          ? validateContainerResourceName(name, at.child('name'))
          : [required(at.child('name'), 'must specify a resource name')]),
        ...(container ? complaints(dns1123Label, where, container) : [required(where, 'must specify a container')]),
        ...validateResourceTarget(inside?.target, at.child('target')),
      ];
    }
    case 'resource':
      return [
        ...(resource?.name ? [] : [required(at.child('name'), 'must specify a resource name')]),
        ...validateResourceTarget(resource?.target, at.child('target')),
      ];
  }
}

function validateIdentifier(metric: MetricIdentifier | undefined, at: Path): FieldError[] {
  const name = at.child('name');
  return metric?.name ? complaints(pathSegmentName, name, metric.name) : [required(name, 'must specify a metric name')];
}

function eitherValue({ value, averageValue }: Partial<MetricTarget> = {}, at: Path): FieldError[] {
  if (value === undefined && averageValue === undefined) {
    return [required(at.child('averageValue'), 'must set either a target value for metric or a per-pod target')];
  }
  if (value === undefined || averageValue === undefined) return [];
  return [forbidden(at.child('value'), 'may not set both a target value for metric and a per-pod target')];
}

function validateResourceTarget(target: MetricTarget | undefined, at: Path): FieldError[] {
  const { averageUtilization, averageValue } = target ?? {};
  const errors = validateMetricTarget(target, at);
  if (averageUtilization === undefined && averageValue === undefined) {
    const text = 'must set either a target raw value or a target utilization';
    errors.push(required(at.child('averageUtilization'), text));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    errors.push(forbidden(at.child('averageValue'), 'may not set both a target raw value and a target utilization'));
  }
  return errors;
}

function validateMetricTarget(target: MetricTarget | undefined, at: Path): FieldError[] {
  const { type = '', averageUtilization } = target ?? {};
  const errors: FieldError[] = [];
  if (!type) errors.push(required(at.child('type'), 'must specify a metric target type'));
  if (type !== 'Utilization' && type !== 'Value' && type !== 'AverageValue') {
    errors.push(invalid(at.child('type'), type, 'must be either Utilization, Value, or AverageValue'));
  }
  for (const field of ['value', 'averageValue'] as const) {
    const amount = target?.[field];
    if (amount === undefined || nanosOf(amount) > 0n) continue;
    errors.push(invalid(at.child(field), canonicalQuantity(amount), 'must be positive'));
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.push(invalid(at.child('averageUtilization'), averageUtilization, 'must be greater than 0'));
  }
  return errors;
}
