import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/kubernetes/api/object';
import { objectOf, server, webPod, yaml } from '../../apiserver/server';
import { create, errorsOf } from '../verdict';

/** What is said to a merge patch of the Pod `web`. */
function patched(body: JsonObject) {
  const { ask } = server();
  objectOf(ask({ verb: 'create', resource: 'pods', body: yaml(webPod) }));
  return ask({ verb: 'patch', resource: 'pods', name: 'web', patchType: 'merge', body });
}

// pkg/apis/core/validation/validation.go `ValidatePodUpdate`
describe('a Pod', () => {
  const refused =
    'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n';

  it.each([
    ['hostNetwork', { hostNetwork: true }],
    ['its DNS policy', { dnsPolicy: 'Default' }],
    ['its ports', { containers: [{ name: 'web', image: 'nginx:1.27', ports: [{ containerPort: 81 }] }] }],
  ])('keeps %s', (_what, spec) => {
    const [error] = errorsOf(patched({ spec }));
    expect(error?.slice(0, refused.length)).toBe(refused);
  });

  it.each([
    ['labels', { metadata: { labels: { app: 'other' } } }],
    // Admission gives the two default tolerations back before validation looks for them.
    ['tolerations', { spec: { tolerations: [] } }],
    ['deadlines', { spec: { activeDeadlineSeconds: 60 } }],
  ])('takes new %s', (_what, body) => {
    expect(patched(body).code).toBe(200);
  });

  it.each([
    [
      { activeDeadlineSeconds: -1 },
      'spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive',
    ],
  ])('refuses %j', (spec, error) => {
    expect(errorsOf(patched({ spec }))).toContain(error);
  });

  it('neither gains nor loses containers', () => {
    const containers = [
      { name: 'web', image: 'nginx:1.27' },
      { name: 'log', image: 'busybox' },
    ];
    expect(errorsOf(patched({ spec: { containers } }))).toContain(
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    );
  });
});

// pkg/api/pod/warnings.go
describe('warnings', () => {
  const pod = (ports: string, spec = '') => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  ${spec}
  containers: [{name: web, image: "nginx:1.27", ports: ${ports}}]`;

  it.each([
    [
      pod('[{containerPort: 80}, {containerPort: 80}]'),
      ['spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]'],
    ],
    [pod('[{containerPort: 53}, {containerPort: 53, protocol: UDP}]'), []],
    [
      pod('[]', 'nodeSelector: {beta.kubernetes.io/os: linux}'),
      ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
    ],
    [pod('[]', 'tolerations: [{key: node-role.kubernetes.io/master, operator: Exists}]'), []],
  ])('%#', (text, warnings) => {
    expect(create([text]).warnings).toEqual(warnings);
  });
});
