import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import type { HostPortBackend, WorldFile } from '@/kubernetes/world';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const backends: HostPortBackend[] = ['portmap-iptables', 'portmap-nftables', 'ebpf', 'none'];

/** Worlds of one to three nodes with every way of forwarding, of networks and of chance. */
const worlds: fc.Arbitrary<WorldFile> = fc
  .record({
    count: fc.integer({ min: 1, max: 3 }),
    hostPortBackend: fc.constantFrom(...backends),
    kubeProxy: fc.constantFrom('iptables' as const, 'nftables' as const, 'ipvs' as const),
    cni: fc.constantFrom('bridge' as const, 'flannel' as const, 'none' as const),
    networkPolicy: fc.constantFrom('enforced' as const, 'none' as const),
    dns: fc.boolean(),
    chance: fc.constantFrom('fixed' as const, 'drawn' as const),
    cgroups: fc.constantFrom('v1' as const, 'v2' as const),
    registry: fc.constantFrom('open' as const, 'unreachable' as const),
    kubernetes: fc.constantFrom('1.34' as const, '1.35' as const, '1.36' as const),
    taken: fc.boolean(),
  })
  .map(({ count, taken, ...rest }) => ({
    name: 'any',
    ...rest,
    nodes: Array.from({ length: count }, (_, i) => ({
      name: `node${i + 1}`,
      internalIP: `10.0.0.${11 + i}`,
      processes: taken ? [{ command: 'web', listens: [{ address: '0.0.0.0', port: 8080 }] }] : [],
    })),
  }));

const pod = (more: string, port: string) =>
  `printf '%s' '{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {${more} containers: [{name: c, image: "nginx:1.23.1", ports: [${port}]}]}}' | kubectl apply -f -`;

const line = fc.constantFrom(
  pod('', '{containerPort: 80, hostPort: 8080}'),
  pod('hostNetwork: true,', '{containerPort: 80}'),
  pod('hostNetwork: true, nodeName: node1,', '{containerPort: 8080}'),
  'kubectl create deployment web --image=nginx:alpine --replicas=2',
  'kubectl expose deployment web --port=80 --type=NodePort',
  'kubectl expose pod web --port=80 --name=web2',
  'kubectl get pods -A -o wide; kubectl get events; kubectl get endpointslices',
  'kubectl describe pods; kubectl describe nodes; kubectl describe services',
  'kubectl delete pod web --wait=false',
  'kubectl drain node1 --ignore-daemonsets --force --timeout=5s',
  'kubectl exec web -- sh -c "ss -tlnp; ip a; cat /etc/resolv.conf"',
  'kubectl logs web; kubectl logs web -p',
  'for h in node1 web 10.96.0.1 127.0.0.1 kubernetes.default; do curl -m 2 -s $h:8080; curl -m 2 -sk $h; done',
  'iptables-save; iptables -L -n -v; nft list ruleset; ipvsadm -Ln',
  'ss -tulnp; ss -tan; netstat -an; ip r; ip neigh; conntrack -L',
  'nslookup web; dig kubernetes.default.svc.cluster.local; getent hosts web',
  'systemctl stop kubelet; sleep 50; systemctl start kubelet',
  'crictl ps -a; crictl pods; journalctl -u kubelet | tail -5; ps aux',
  'kill 1; pkill nginx; iptables -F; ip link del cni0',
  'sleep 30',
);

it('lines at any place of any world end, and nothing is thrown', () => {
  fc.assert(
    fc.property(
      worlds,
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.record({ line, onNode: fc.boolean() }), { minLength: 2, maxLength: 7 }),
      (world, seed, lines) => {
        const cluster = new Cluster(world, { seed });
        for (const { line: text, onNode } of lines) {
          const session = new Session(
            cluster,
            onNode ? { kind: 'node', name: 'node1' } : { kind: 'machine', name: 'client' },
          );
          const { exitCode } = cluster.run(runLine(session, text));
          expect(exitCode).toBeTypeOf('number');
          cluster.advance(3000);
        }
      },
    ),
    { numRuns: 60, seed: 36 },
  );
}, 120_000);
