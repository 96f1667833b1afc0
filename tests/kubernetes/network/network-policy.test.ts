import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

function started(networkPolicy: 'enforced' | 'none' = 'enforced'): Cluster {
  const cluster = simulate({
    name: 'policies',
    networkPolicy,
    nodes: [1, 2].map((n) => ({ name: `node${n}`, internalIP: `10.0.0.1${n}`, podCIDR: `10.244.${n}.0/24` })),
  });
  const client = cluster.client();
  const pod = (name: string, nodeName: string, extra: object = {}, labels: Record<string, string> = { app: name }) =>
    client.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec: {
        nodeName,
        containers: [{ name: 'main', image: 'nginx:1.25', ports: [{ name: 'http', containerPort: 80 }] }],
        ...extra,
      },
    });
  pod('web', 'node1');
  pod('near', 'node1');
  pod('far', 'node2');
  pod('host', 'node2', { hostNetwork: true });
  cluster.advance(10_000);
  return cluster;
}

function policy(cluster: Cluster, name: string, spec: object): void {
  const result = cluster.client().create('networkpolicies.networking.k8s.io', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'default' },
    spec,
  });
  if (!result.ok) throw new Error(result.status.message);
}

/** What curl says of the Pod's port 80, from a place. */
function reach(cluster: Cluster, place: string, target: string): number {
  const ip = cluster.store.get('pods', 'default', target)?.status.podIP ?? '';
  const session = new Session(cluster, parsePlace(place, ['client']));
  return cluster.run(runLine(session, `curl -s -o /dev/null -m 1 ${ip}`)).exitCode;
}

const timeout = 28;

describe('NetworkPolicies', () => {
  it('isolate the Pods they select, and let in what a rule allows', () => {
    const cluster = started();
    expect(reach(cluster, 'pod/near', 'web')).toBe(0);
    policy(cluster, 'deny', { podSelector: { matchLabels: { app: 'web' } } });
    expect(reach(cluster, 'pod/near', 'web')).toBe(timeout);
    expect(reach(cluster, 'pod/far', 'web')).toBe(timeout);
    expect(reach(cluster, 'pod/web', 'far')).toBe(0);
    policy(cluster, 'allow', {
      podSelector: { matchLabels: { app: 'web' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'far' } } }], ports: [{ port: 'http' }] }],
    });
    expect(reach(cluster, 'pod/far', 'web')).toBe(0);
    expect(reach(cluster, 'pod/near', 'web')).toBe(timeout);
  });

  it('leave alone the node of a Pod and Pods on its network, which other nodes see as addresses', () => {
    const cluster = started();
    policy(cluster, 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(reach(cluster, 'node1', 'web')).toBe(0);
    expect(reach(cluster, 'node2', 'web')).toBe(timeout);
    expect(reach(cluster, 'node1', 'host')).toBe(0);
    expect(reach(cluster, 'pod/host', 'far')).toBe(0);
    expect(reach(cluster, 'pod/host', 'web')).toBe(timeout);
    policy(cluster, 'node2', {
      podSelector: {},
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/24', except: ['10.0.0.11/32'] } }] }],
    });
    expect(reach(cluster, 'pod/host', 'web')).toBe(0);
  });

  it('hold back what goes out, a node’s own sockets included', () => {
    const cluster = started();
    policy(cluster, 'out', {
      podSelector: { matchLabels: { app: 'near' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80 }] }],
    });
    expect(reach(cluster, 'pod/near', 'web')).toBe(0);
    expect(reach(cluster, 'pod/near', 'far')).toBe(timeout);
    expect(reach(cluster, 'pod/near', 'host')).toBe(timeout);
    expect(reach(cluster, 'pod/far', 'near')).toBe(0);
  });

  it('are a hop of the walk with the policy’s name', () => {
    const cluster = started();
    policy(cluster, 'deny', { podSelector: { matchLabels: { app: 'web' } } });
    const to = cluster.store.get('pods', 'default', 'web')?.status.podIP ?? '';
    const kernel = cluster.network.kernel('node2');
    const namespace = kernel.namespaces().find(({ id }) => id !== 'host')?.id ?? '';
    const walk = cluster.network.trace({ kernel, namespace }, { protocol: 'TCP', address: to, port: 80 });
    expect(walk.hops.at(-1)).toMatchObject({
      host: 'node1',
      step: 'policy',
      text: 'no rule of NetworkPolicy default/deny lets it into Pod default/web: dropped',
    });
  });

  it('say nothing in a world whose plug-in does not enforce them', () => {
    const cluster = started('none');
    policy(cluster, 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(reach(cluster, 'pod/far', 'web')).toBe(0);
  });
});
