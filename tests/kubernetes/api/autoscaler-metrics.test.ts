import { describe, expect, it } from 'vitest';
import { verdict } from './verdict';

// pkg/apis/autoscaling/validation/validation.go
describe('metrics of an autoscaler', () => {
  const autoscaler = (metric: string, maxReplicas = 2) =>
    verdict(`
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {maxReplicas: ${maxReplicas}, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [${metric}]}`);

  it.each([
    [
      '{type: Pods, pods: {metric: {}, target: {type: Value, value: "0"}}}',
      [
        'spec.metrics[0].pods.metric.name: Required value: must specify a metric name',
        'spec.metrics[0].pods.target.value: Invalid value: "0": must be positive',
        'spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue',
      ],
    ],
    [
      '{type: External, external: {metric: {name: m}, target: {type: Value, value: 1, averageValue: 1}}}',
      [
        'spec.metrics[0].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target',
      ],
    ],
    [
      '{type: Object, object: {describedObject: {kind: Service, name: a/b}, metric: {name: m}, target: {type: Value}}}',
      [
        'spec.metrics[0].object.describedObject.name: Invalid value: "a/b": may not contain \'/\'',
        'spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue',
      ],
    ],
    [
      '{type: ContainerResource, containerResource: {name: gpu, target: {type: Utilization, averageUtilization: 1}}}',
      [
        'spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource for containers',
        'spec.metrics[0].containerResource.container: Required value: must specify a container',
      ],
    ],
    [
      '{type: Pods, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}}',
      ['spec.metrics[0].pods: Required value: must populate information for the given metric source'],
    ],
  ])('%s', (metric, errors) => {
    expect(autoscaler(metric)).toEqual(errors);
  });

  it('asks for at least one replica', () => {
    const metric = '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}}';
    expect(autoscaler(metric, 0)).toEqual([
      'spec.maxReplicas: Required value: must be set and greater than 0',
      'spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`',
    ]);
    expect(autoscaler(metric, -1)[0]).toBe('spec.maxReplicas: Invalid value: -1: must be greater than or equal to 1');
  });
});
