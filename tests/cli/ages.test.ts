import { expect, it } from 'vitest';
import { agesOf } from '@/cli/replay/ages';

it.each([
  ['service/kubernetes   ClusterIP   10.96.0.1   <none>   443/TCP   40s', 40],
  ['kube-system   Active   40s', 40],
  ['configmap/kube-root-ca.crt   1      40s', 40],
  ['system-node-critical      2000001000   false            40s   PreemptLowerPriority', 40],
])('the age of the cluster stands in: %s', (line, seconds) => {
  const steps = [{ t: 10, stdout: `${line}\n` }];
  expect(agesOf(steps)).toEqual({ nodes: 7000, cluster: 1000 * (seconds - 10) + 500 });
});

it('a cluster is at least as old as its nodes', () => {
  expect(agesOf([{ t: 0, stdout: 'node-1   Ready   <none>   20s   v1.36.2\n' }])).toEqual({
    nodes: 20_500,
    cluster: 20_500,
  });
});
