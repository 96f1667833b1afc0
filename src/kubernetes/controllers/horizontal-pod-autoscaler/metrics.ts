import type { MetricSpec } from '../../api/generated/autoscaling-v2';
import { selectorText } from '../selector-text';

/** What a controller says when it cannot read a metric. */
export interface MetricFailure {
  /** Reason of the event and of the condition `ScalingActive`. */
  readonly reason: string;
  readonly message: string;
  /** What it was about, as the sum of all failures begins. */
  readonly what: string;
}

// staging/src/k8s.io/metrics is served by an add-on (metrics-server or an adapter), and no add-on is simulated.
const missing = 'the server could not find the requested resource';
const resourceApi = `unable to fetch metrics from resource metrics API: ${missing} (get pods.metrics.k8s.io)`;
const customApi =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';

/**
 * Why a metric has no value in a cluster without metrics add-ons: the answer for every metric here.
 * Upstream: pkg/controller/podautoscaler/horizontal.go, replica_calculator.go, metrics/client.go
 */
export function metricFailure(spec: MetricSpec, namespace: string): MetricFailure {
  const { resource, containerResource, pods, object, external } = spec;
  if (resource) {
    return {
      reason: 'FailedGetResourceMetric',
      message: resourceFailure(resource.name, resource.target.averageValue),
      what: `${resource.name} resource metric`,
    };
  }
  if (containerResource) {
    return {
      reason: 'FailedGetContainerResourceMetric',
      message: resourceFailure(containerResource.name, containerResource.target.averageValue),
      what: `${containerResource.container} container metric`,
    };
  }
  if (pods) {
    const message = `unable to get metric ${pods.metric.name}: ${customApi}`;
    return { reason: 'FailedGetPodsMetric', message, what: 'pods metric' };
  }
  if (object) {
    const { kind, name } = object.describedObject;
    const message = `unable to get metric ${object.metric.name}: ${kind} on ${namespace} ${name}/${customApi}`;
    return { reason: 'FailedGetObjectMetric', message, what: 'object metric' };
  }
  const { name = '', selector } = external?.metric ?? {};
  const api = `unable to fetch metrics from external metrics API: ${missing} (get ${name}.external.metrics.k8s.io)`;
  const message = `unable to get external metric ${namespace}/${name}/${selectorText(selector)}: ${api}`;
  return { reason: 'FailedGetExternalMetric', message, what: `${name} external metric` };
}

function resourceFailure(name: string, averageValue: string | undefined): string {
  const what = averageValue === undefined ? 'utilization' : 'usage';
  return `failed to get ${name} ${what}: unable to get metrics for resource ${name}: ${resourceApi}`;
}
