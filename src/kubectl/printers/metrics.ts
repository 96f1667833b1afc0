import type { MetricSpec, MetricStatus } from '@/kubernetes/api/generated/autoscaling-v2';

/** The source of a metric, whichever it is: of what is wanted, or of what is measured. */
export function sourceOf<T extends MetricSpec | MetricStatus>({
  resource,
  containerResource,
  pods,
  object,
  external,
}: T): T['resource'] | T['containerResource'] | T['pods'] | T['object'] | T['external'] {
  return resource ?? containerResource ?? pods ?? object ?? external;
}

/**
 * What is measured now, in the terms of what is wanted; `inFull` as `describe` says it. No metrics add-on is simulated,
 * so it is known only where somebody writes it into the status. Upstream: pkg/printers/internalversion/printers.go
 * `formatHPAMetrics`, kubectl/pkg/describe/describe.go `describeHorizontalPodAutoscalerV2`.
 */
export function currentMetric(metric: MetricSpec, status: MetricStatus | undefined, inFull: boolean): string {
  const unknown = '<unknown>';
  if (!status || status.type !== metric.type) return unknown;
  const now = sourceOf(status)?.current;
  const target = sourceOf(metric)?.target;
  if (!now) return unknown;
  if (target?.averageValue !== undefined) return now.averageValue ?? (metric.external || metric.object ? unknown : '0');
  if (!metric.resource && !metric.containerResource) return (metric.pods ? now.averageValue : now.value) ?? '0';
  if (now.averageUtilization === undefined) return unknown;
  return `${now.averageUtilization}%${inFull ? ` (${now.averageValue ?? '0'})` : ''}`;
}
