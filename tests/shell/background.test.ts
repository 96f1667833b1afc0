import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

it('lets what a container has begun in the background end with it', () => {
  const node = { name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' };
  const cluster = simulate({ name: 'one', lan: '10.0.0.0/24', nodes: [node] });
  const command = ['sh', '-c', 'httpd -f -p 8600 & while true; do sleep 1; done'];
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'box', namespace: 'default' },
    spec: { nodeName: 'node1', hostNetwork: true, containers: [{ name: 'main', image: 'busybox:1.36', command }] },
  });
  cluster.advance(5000);
  const line = (text: string) => cluster.run(runLine(new Session(cluster, parsePlace('node1', [])), text)).stdout;
  expect(line('ss -ltn | grep -c :8600')).toBe('1\n');
  cluster.client().delete('pods', 'default', 'box', { gracePeriodSeconds: 1 });
  cluster.advance(5000);
  expect(line('ss -ltn | grep -c :8600')).toBe('0\n');
});
