import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

// pkg/proxy/ipvs/proxier.go
function started(service: object = {}): Cluster {
  const cluster = simulate({
    name: 'ipvs',
    kubeProxy: 'ipvs',
    lan: '10.0.0.0/24',
    nodes: [1, 2].map((n) => ({ name: `node${n}`, internalIP: `10.0.0.1${n}`, podCIDR: `10.244.${n}.0/24` })),
    machines: [{ name: 'client', ip: '10.0.0.99' }],
  });
  const client = cluster.client();
  for (const n of [1, 2]) {
    client.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `web-${n}`, namespace: 'default', labels: { app: 'web' } },
      spec: {
        nodeName: `node${n}`,
        containers: [{ name: 'main', image: 'demo/echo:1', env: [{ name: 'PORT', value: '80' }] }],
      },
    });
  }
  client.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      clusterIP: '10.96.0.80',
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ port: 80, nodePort: 30080 }],
      ...service,
    },
  });
  cluster.advance(15_000);
  return cluster;
}

function at(cluster: Cluster, place: string, line: string) {
  return cluster.run(runLine(new Session(cluster, parsePlace(place, ['client'])), line));
}

describe('kube-proxy in ipvs mode', () => {
  it('keeps Services in virtual servers, sets and an interface, and only a few rules that ask them', () => {
    const cluster = started();
    expect(at(cluster, 'node1', 'ipvsadm -Ln').stdout).toContain(
      'TCP  10.96.0.80:80 rr\n' +
        '  -> 10.244.1.2:80                Masq    1      0          0         \n' +
        '  -> 10.244.2.2:80                Masq    1      0          0         \n',
    );
    expect(at(cluster, 'node1', 'ipvsadm -Ln | grep 30080').stdout).toContain('TCP  10.0.0.11:30080 rr\n');
    expect(at(cluster, 'node1', 'ipset list KUBE-CLUSTER-IP | tail -1').stdout).toBe('10.96.0.80,tcp:80\n');
    expect(at(cluster, 'node1', 'ipset list KUBE-NODE-PORT-TCP | tail -1').stdout).toBe('30080\n');
    expect(at(cluster, 'node1', 'ip -4 -o addr show kube-ipvs0').stdout).toContain('inet 10.96.0.80/32');
    expect(at(cluster, 'node1', 'ip link show kube-ipvs0').stdout).toMatch(
      /kube-ipvs0: <BROADCAST,NOARP> mtu 1500 qdisc noop state DOWN/,
    );
    const rules = at(cluster, 'node1', 'iptables -t nat -S').stdout;
    expect(rules).toContain(
      '-A KUBE-SERVICES ! -s 10.244.0.0/16 -m comment --comment "Kubernetes service cluster ip + port for masquerade purpose" -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ\n',
    );
    expect(rules).not.toMatch(/KUBE-SVC-|KUBE-SEP-/);
  });

  it('reaches back ends by cluster IP and node port, with the source rewritten where it must be', () => {
    const cluster = started();
    expect(at(cluster, 'node1', 'curl -s 10.96.0.80').stdout).toMatch(/^pod: web-[12]\n/);
    expect(at(cluster, 'pod/web-1', 'wget -qO- 10.96.0.80').stdout).toMatch(/^pod: web-[12]\n/);
    const outside = at(cluster, 'client', 'curl -s 10.0.0.11:30080').stdout;
    expect(outside).toMatch(/pod: web-[12]\n(.*\n)*client: 10\.(0\.0\.11|244\.1\.1)/);
  });

  it('keeps the client’s address and the local back end with externalTrafficPolicy: Local', () => {
    const cluster = started({ externalTrafficPolicy: 'Local' });
    expect(at(cluster, 'client', 'curl -s 10.0.0.11:30080').stdout).toMatch(/pod: web-1\n(.*\n)*client: 10\.0\.0\.99/);
  });

  it('refuses what has no back end, and other ports of a cluster IP', () => {
    const cluster = started({ selector: { app: 'nosuch' } });
    expect(at(cluster, 'node1', 'curl -s -m 1 10.96.0.80').exitCode).toBe(7);
    expect(at(cluster, 'node1', 'curl -s -m 1 10.96.0.80:81').exitCode).toBe(7);
  });

  it('gives a client the same back end again with sessionAffinity', () => {
    const cluster = started({ sessionAffinity: 'ClientIP' });
    expect(at(cluster, 'node1', 'ipvsadm -Ln | grep 10.96.0.80').stdout).toBe(
      'TCP  10.96.0.80:80 rr persistent 10800\n',
    );
    const answers = at(
      cluster,
      'node1',
      'for i in 1 2 3 4 5 6; do curl -s 10.96.0.80 | grep pod:; done | sort -u | wc -l',
    );
    expect(answers.stdout.trim()).toBe('1');
  });
});
