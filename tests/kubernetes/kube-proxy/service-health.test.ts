import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

function played() {
  const cluster = simulate({
    name: 'two',
    lan: '10.0.0.0/24',
    nodes: [
      { name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' },
      { name: 'node2', internalIP: '10.0.0.12', podCIDR: '10.244.2.0/24' },
    ],
  });
  const client = cluster.client();
  client.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'app', namespace: 'default', labels: { app: 'app' } },
    spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'nginx:1.25' }] },
  });
  client.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'front', namespace: 'default' },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32100,
      selector: { app: 'app' },
      ports: [{ port: 80, protocol: 'TCP' }],
    },
  });
  cluster.advance(10_000);
  const line = (text: string) => cluster.run(runLine(new Session(cluster, parsePlace('node2', [])), text)).stdout;
  return { cluster, line };
}

// pkg/proxy/healthcheck/service_health.go
it('answers load balancers whether the node has back ends of its own', () => {
  const { line } = played();
  expect(line('curl -s 10.0.0.11:32100/anything')).toBe(
    '{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "front"\n\t},\n\t"localEndpoints": 1,\n\t"serviceProxyHealthy": true\n}',
  );
  expect(line('curl -s -o /dev/null -w "%{http_code}" 10.0.0.12:32100')).toBe('503');
  expect(line('ss -ltn | grep -c "0.0.0.0:32100"')).toBe('1\n');
});

it('closes the port of a Service that no longer asks for it', () => {
  const { cluster, line } = played();
  cluster.client().delete('services', 'default', 'front');
  cluster.advance(3000);
  expect(line('ss -ltn | grep -c :32100')).toBe('0\n');
});
