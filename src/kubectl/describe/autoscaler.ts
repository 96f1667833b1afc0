import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec } from '@/kubernetes/api/generated/autoscaling-v2';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines, longTime } from './lines';
import { annotations, labels } from './metadata';
import { currentMetric } from '../printers/metrics';

/** Upstream: kubectl/pkg/describe/describe.go `describeHorizontalPodAutoscalerV2`. */
export const describeAutoscaler: Describer<HorizontalPodAutoscaler> = (autoscaler, { invocation, events }) => {
  const { metadata, spec, status } = autoscaler;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  lines.field('Reference', `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`);
  lines.field('Metrics', '( current / target )');
  for (const [i, metric] of (spec.metrics ?? []).entries()) {
    const current = currentMetric(metric, status.currentMetrics?.[i], true);
    lines.add(1, `${nameOf(metric)}:\t${current} / ${targetOf(metric)}`);
  }
  lines.field('Min replicas', spec.minReplicas ?? '<unset>');
  lines.field('Max replicas', spec.maxReplicas);
  if (spec.behavior) {
    lines.add(0, 'Behavior:');
    behavior(lines, 'Scale Up', spec.behavior.scaleUp);
    behavior(lines, 'Scale Down', spec.behavior.scaleDown);
  }
  const { currentReplicas = 0, desiredReplicas = 0, conditions = [] } = status;
  lines.field(`${spec.scaleTargetRef.kind} pods`, `${currentReplicas} current / ${desiredReplicas} desired`);
  if (conditions.length > 0) {
    lines.add(0, 'Conditions:');
    lines.add(1, 'Type\tStatus\tReason\tMessage');
    lines.add(1, '----\t------\t------\t-------');
    for (const one of conditions) {
      lines.add(1, `${one.type}\t${one.status}\t${one.reason ?? ''}\t${one.message ?? ''}`);
    }
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...autoscaler }), invocation.now);
  return lines.toString();
};

function nameOf({ resource, containerResource, pods, object, external }: MetricSpec): string {
  if (resource) return `resource ${resource.name} on pods${ofRequest(resource.target.averageValue, '  ')}`;
  if (containerResource) {
    const { name, container, target } = containerResource;
    return `resource ${name} of container "${container}" on pods${ofRequest(target.averageValue, '  ')}`;
  }
  if (pods) return `${JSON.stringify(pods.metric.name)} on pods`;
  if (object) {
    const { metric, describedObject, target } = object;
    const which = target.type === 'AverageValue' ? 'target average value' : 'target value';
    return `"${metric.name}" on ${describedObject.kind}/${describedObject.name} (${which})`;
  }
  const which = external?.target.averageValue === undefined ? 'target value' : 'target average value';
  return `${JSON.stringify(external?.metric.name ?? '')} (${which})`;
}

function ofRequest(averageValue: string | undefined, indent: string): string {
  return averageValue === undefined ? `${indent}(as a percentage of request)` : '';
}

function targetOf({ resource, containerResource, pods, object, external }: MetricSpec): string {
  const { averageUtilization, averageValue, value } =
    (resource ?? containerResource ?? pods ?? object ?? external)?.target ?? {};
  if (averageValue !== undefined) return averageValue;
  if (resource ?? containerResource) return averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
  return value ?? '';
}

/** `printDirectionBehavior` */
function behavior(lines: Lines, direction: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return;
  lines.add(1, `${direction}:`);
  if (rules.stabilizationWindowSeconds !== undefined) {
    lines.add(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`);
  }
  if (!rules.policies?.length) return;
  lines.add(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}`);
  lines.add(2, 'Policies:');
  for (const { type, value, periodSeconds } of rules.policies) {
    lines.add(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`);
  }
}
