import { describe, expect, it } from 'vitest';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { Cluster } from '@/kubernetes/cluster';
import { templateHash } from '@/kubernetes/controllers/deployment/template-hash';

/** The hash that a Deployment's template gets after the API server has filled in its defaults. */
function hashOf(
  spec: object,
  options: { labels?: object; annotations?: object; collisions?: number; version?: KubernetesVersion } = {},
) {
  const { labels = { app: 'web' }, annotations, collisions, version = '1.36' } = options;
  const cluster = new Cluster({
    name: 'hash',
    nodes: [],
    kubernetes: version,
    without: ['kube-scheduler', 'kube-controller-manager'],
  });
  const response = cluster.api.handle({
    verb: 'create',
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    namespace: 'default',
    user: 'kubernetes-admin',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec } },
    },
  });
  expect(response.body).toMatchObject({ kind: 'Deployment' });
  const stored = cluster.store.get('deployments.apps', 'default', 'web');
  return stored && templateHash(stored.spec.template, collisions, version);
}

const web = (extra: object = {}, pod: object = {}) => ({
  containers: [{ name: 'web', image: 'nginx:1.27', ...extra }],
  ...pod,
});
const port = (extra: object = {}) => ({ ports: [{ containerPort: 80, ...extra }] });

describe('pod-template-hash', () => {
  it.each([
    ['containerPort 80', web(port()), '596556dd5f'],
    ['hostPort 8080', web(port({ hostPort: 8080 })), '76ffbcb7df'],
    ['hostNetwork', web(port(), { hostNetwork: true }), '64c9b98f66'],
    ['a named port', web(port({ name: 'http' })), '6bb5f48cc5'],
    ['hostNetwork with an explicit hostPort', web(port({ hostPort: 80 }), { hostNetwork: true }), '777d55d648'],
    ['two ports', web({ ports: [{ containerPort: 80 }, { containerPort: 443 }] }, { hostNetwork: true }), '69bd74754c'],
    ['a hostIP', web(port({ hostPort: 8080, hostIP: '127.0.0.1' })), '55967c69fb'],
    ['UDP', web({ ports: [{ containerPort: 53, hostPort: 53, protocol: 'UDP' }] }), '76c4d84bf7'],
    ['a DNS policy', web(port(), { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }), 'bd94ccdb7'],
    ['requests', web({ ...port(), resources: { requests: { cpu: '100m', memory: '128Mi' } } }), '69c4f89f67'],
    [
      'a command and variables',
      web({
        ...port(),
        command: ['sh', '-c'],
        args: ['sleep 3600'],
        env: [
          { name: 'A', value: '1' },
          { name: 'B', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
        ],
      }),
      '7b9cf9564',
    ],
    [
      'a node selector and a toleration',
      web(port(), {
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' }],
      }),
      'd6766689d',
    ],
    ['a probe', web({ ...port(), readinessProbe: { httpGet: { path: '/', port: 80 } } }), 'dc6446987'],
    [
      'a volume',
      web({ ...port(), volumeMounts: [{ name: 'd', mountPath: '/d' }] }, { volumes: [{ name: 'd', emptyDir: {} }] }),
      '6568bdd9b6',
    ],
  ])('is the real one of 1.36.2 for %s', (_, spec, hash) => {
    expect(hashOf(spec)).toBe(hash);
  });

  it('depends on labels, annotations and collisions', () => {
    const labels = { app: 'web', tier: 'front' };
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
    expect(hashOf(web(port({ hostPort: 8080 })), { labels })).toBe('9ddcc65f8');
    expect(hashOf(web(port()), { annotations })).toBe('5cf9d77b6b');
    expect(hashOf(web(port()), { collisions: 1 })).toBe('56d669c58');
    expect(hashOf(web(port()), { collisions: 0 })).toBe('5bf8ddd58c');
  });

  it.each([
    ['1.34', '66686b6766'],
    ['1.35', '56c45fd5ff'],
    ['1.36', '7f8fbb96d'],
  ] as const)('changes with the minor: %s', (version, hash) => {
    expect(hashOf({ containers: [{ name: 'nginx', image: 'nginx' }] }, { labels: { app: 'nginx' }, version })).toBe(
      hash,
    );
  });
});
