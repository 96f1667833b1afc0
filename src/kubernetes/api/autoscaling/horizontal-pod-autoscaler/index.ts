// Upstream: pkg/apis/autoscaling/v2/defaults.go, pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go
import { defineKind } from '../../define-kind';
import type { HorizontalPodAutoscaler, HPAScalingRules } from '../../generated/autoscaling-v2';
import { dns1123Subdomain } from '../../meta/names';
import { autoscalerV1 } from './v1';
import { validateAutoscalerSpec } from './validation';

export const horizontalPodAutoscaler = defineKind<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  otherVersions: { v1: autoscalerV1 },
  namespaced: true,
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    spec.minReplicas ??= 1;
    if (!spec.metrics?.length) {
      const target = { type: 'Utilization', averageUtilization: 80 };
      spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
    }
    if (!spec.behavior) return;
    spec.behavior.scaleUp = { ...scaleUp, ...spec.behavior.scaleUp };
    spec.behavior.scaleDown = { ...scaleDown, ...spec.behavior.scaleDown };
  },
  prepareForCreate(object) {
    // Go prints a list that is not there as null, because the field is not left out when empty.
    object.status = { desiredReplicas: 0, currentMetrics: null };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validateContent: ({ spec }, { kubernetes }) => validateAutoscalerSpec(spec, kubernetes),
});

const scaleUp: HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const scaleDown: HPAScalingRules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};
