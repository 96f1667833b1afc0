// Upstream: pkg/apis/autoscaling/v1/conversion.go
import type { HorizontalPodAutoscalerSpec as SpecV1 } from '../../generated/autoscaling-v1';
import type { HorizontalPodAutoscaler, MetricSpec } from '../../generated/autoscaling-v2';
import type { OtherVersion } from '../../kind';

/** Annotations that carry what v1 has no fields for. What is in them is not read here, and they are never written. */
const carriers = ['metrics', 'behavior', 'scale-down-tolerance', 'scale-up-tolerance', 'current-metrics', 'conditions'];

/** autoscaling/v1, which knows one metric: the share of the requested CPU that is used. */
export const autoscalerV1: OtherVersion<HorizontalPodAutoscaler> = {
  toStored(object) {
    const { annotations } = object.metadata;
    for (const carrier of carriers) delete annotations?.[`autoscaling.alpha.kubernetes.io/${carrier}`];
    // It was decoded as that version of its kind.
    const { targetCPUUtilizationPercentage: share, ...spec } = object.spec as SpecV1;
    object.spec = { ...spec, ...(share === undefined ? {} : { metrics: [cpuMetric(share)] }) };
  },
  fromStored({ apiVersion: _, kind, metadata, spec, status }) {
    const { minReplicas, maxReplicas, scaleTargetRef, metrics = [] } = spec;
    const share = metrics.map(cpuShare).find((one) => one !== undefined);
    const current = (status.currentMetrics ?? [])
      .filter(({ type, resource }) => type === 'Resource' && resource?.name === 'cpu')
      .map(({ resource }) => resource?.current.averageUtilization)
      .find((one) => one !== undefined);
    const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas = 0 } = status;
    return {
      apiVersion: 'autoscaling/v1',
      kind,
      metadata,
      spec: present({ scaleTargetRef, minReplicas, maxReplicas, targetCPUUtilizationPercentage: share }),
      status: present({
        observedGeneration,
        lastScaleTime,
        currentReplicas,
        desiredReplicas,
        currentCPUUtilizationPercentage: current,
      }),
    };
  },
};

function cpuMetric(averageUtilization: number): MetricSpec {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

function cpuShare({ type, resource }: MetricSpec): number | undefined {
  return type === 'Resource' && resource?.name === 'cpu' ? resource.target.averageUtilization : undefined;
}

function present(fields: object): { [field: string]: unknown } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
