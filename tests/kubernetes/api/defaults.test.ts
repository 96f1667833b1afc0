import { describe, expect, it } from 'vitest';
import { defaultPullPolicy } from '@/kubernetes/api/core/pod-spec/image-name';
import { create, verdict } from './verdict';

const specOf = (text: string) => create([text]).body.spec;

describe('what defaults leave alone', () => {
  // pkg/registry/core/limitrange/strategy.go
  it('a LimitRange finds itself a name', () => {
    const { code, body } = create(['{apiVersion: v1, kind: LimitRange, spec: {limits: []}}']);
    expect(code).toBe(201);
    expect(body.metadata).toHaveProperty('name', expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/));
  });

  // pkg/apis/apps/v1/defaults.go `SetDefaults_StatefulSet`
  it('a rolling update that was asked for by name gets no partition', () => {
    const set = (strategy: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {a: b}}
  updateStrategy: ${strategy}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}`;
    expect(specOf(set('{type: RollingUpdate}'))).toHaveProperty('updateStrategy', { type: 'RollingUpdate' });
    expect(specOf(set('{}'))).toHaveProperty('updateStrategy.rollingUpdate', { partition: 0 });
    // pkg/features/kube_features.go: MaxUnavailableStatefulSet is off
    const most = '{type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}';
    expect(specOf(set(most))).toHaveProperty('updateStrategy.rollingUpdate', { partition: 0 });
  });

  // pkg/apis/autoscaling/v2/defaults.go `copyHPAScalingRules`
  it('an empty list of scaling policies is one', () => {
    const text = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, behavior: {scaleUp: {policies: []}}}`;
    expect(verdict(text)).toEqual(['spec.behavior.scaleUp.policies: Required value: must specify at least one Policy']);
  });

  // pkg/registry/core/node/strategy.go `dropDisabledFields`
  it('a Node has no configuration from the API any more', () => {
    const config = '{configMap: {name: a, namespace: b, kubeletConfigKey: k}}';
    expect(
      specOf(`{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {configSource: ${config}}}`),
    ).not.toHaveProperty('configSource');
  });

  // github.com/distribution/reference: `RepositoryNameTotalLengthMax`
  it('an image whose path is too long has no tag', () => {
    expect(defaultPullPolicy(`registry.example.com/${'x'.repeat(255)}`)).toBe('Always');
    expect(defaultPullPolicy(`registry.example.com/${'x'.repeat(256)}`)).toBe('IfNotPresent');
    expect(defaultPullPolicy('x'.repeat(248))).toBe('IfNotPresent');
    expect(defaultPullPolicy('a'.repeat(64))).toBe('IfNotPresent');
  });
});
