import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { server, yaml } from '../apiserver/server';
import { errorsOf } from '../api/verdict';

const text = (more: string) => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  ${more}
  containers:
    - name: c
      image: b
      restartPolicy: Never
      restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In, values: [7]}}]`;

// pkg/scheduler/framework/plugins/nodedeclaredfeatures/nodedeclaredfeatures.go
it('sends a Pod to no node that cannot start all of its containers anew', () => {
  const cluster = simulate({ name: 'bare', nodes: [], kubernetes: '1.36' });
  const handle = (resource: string, body: string) =>
    cluster.api.handle({
      verb: 'create',
      group: '',
      version: 'v1',
      resource,
      ...(resource === 'pods' ? { namespace: 'default' } : {}),
      body: yaml(body),
      user: 'kubernetes-admin',
    });
  handle(
    'nodes',
    'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {allocatable: {cpu: "4", memory: 4Gi, pods: "10"}}',
  );
  expect(handle('pods', text('tolerations: [{operator: Exists}]')).code).toBe(201);
  cluster.advance(5000);
  const message = cluster.client().get('pods', 'default', 'web')?.status.conditions?.[0]?.message;
  expect(message).toContain("1 node(s) didn't match Pod's required features");
});

// pkg/apis/core/validation/validation.go `validateContainerRestartPolicy`, `validateInitContainerRestartPolicy`
it.each<[KubernetesVersion, string[]]>([
  [
    '1.35',
    [
      'spec.containers[0].restartPolicyRules[0].action: Unsupported value: "RestartAllContainers": supported values: "Restart"',
      'spec.initContainers[0].restartPolicyRules: Forbidden: restartPolicyRules are not allowed for init containers with restart policy Always',
    ],
  ],
  ['1.36', []],
])('is a rule of %s or not', (kubernetes, errors) => {
  const { ask } = server(kubernetes);
  const sidecar =
    'initContainers: [{name: s, image: b, restartPolicy: Always, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [1]}}]}]';
  const response = ask({ verb: 'create', resource: 'pods', body: yaml(text(sidecar)) });
  expect(response.code === 201 ? [] : errorsOf(response)).toEqual(errors);
});
