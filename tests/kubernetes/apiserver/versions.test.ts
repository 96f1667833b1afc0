import { describe, expect, it } from 'vitest';
import { server, yaml } from './server';

const manifest = `
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3, targetCPUUtilizationPercentage: 60}`;
const autoscalers = { group: 'autoscaling', resource: 'horizontalpodautoscalers', name: 'web' };

// pkg/apis/autoscaling/v1/conversion.go
describe('a kind in another version than the stored one', () => {
  it('is created, read and listed in either', () => {
    const { ask } = server();
    const made = ask({ verb: 'create', ...autoscalers, version: 'v1', body: yaml(manifest) });
    expect(made.code).toBe(201);
    expect(made.body).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { minReplicas: 1, maxReplicas: 3, targetCPUUtilizationPercentage: 60 },
      status: { currentReplicas: 0, desiredReplicas: 0 },
    });
    expect(ask({ verb: 'get', ...autoscalers, version: 'v2' }).body.spec).toMatchObject({
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
      ],
    });
    expect(ask({ verb: 'list', ...autoscalers, name: undefined, version: 'v1' }).body).toMatchObject({
      apiVersion: 'autoscaling/v1',
      items: [{ apiVersion: 'autoscaling/v1', spec: { targetCPUUtilizationPercentage: 60 } }],
    });
  });

  it('is patched as what it shows', () => {
    const { ask } = server();
    ask({ verb: 'create', ...autoscalers, version: 'v1', body: yaml(manifest) });
    const body = { spec: { targetCPUUtilizationPercentage: 70 } };
    const patched = ask({ verb: 'patch', ...autoscalers, version: 'v1', patchType: 'strategic', body });
    expect(patched.body.spec).toMatchObject({ maxReplicas: 3, targetCPUUtilizationPercentage: 70 });
  });

  it('is refused by the rules of the stored one', () => {
    const body = yaml(manifest.replace('maxReplicas: 3', 'maxReplicas: 0'));
    expect(server().ask({ verb: 'create', ...autoscalers, version: 'v1', body }).body.message).toBe(
      'HorizontalPodAutoscaler.autoscaling "web" is invalid: [spec.maxReplicas: Required value: must be set and greater than 0, spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`]',
    );
  });

  it('has only the fields of its own version', () => {
    const body = yaml(manifest.replace('maxReplicas: 3', 'maxReplicas: 3, metrics: []'));
    const answer = server().ask({ verb: 'create', ...autoscalers, version: 'v1', body, fieldValidation: 'Strict' });
    expect(answer.body.message).toContain('strict decoding error: unknown field "spec.metrics"');
  });
});
