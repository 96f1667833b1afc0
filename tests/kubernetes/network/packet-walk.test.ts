import { describe, expect, it } from 'vitest';
import type { Rule, Target } from '@/kubernetes/network/netfilter/rule';
import { tableOf, withChain, withTable } from '@/kubernetes/network/netfilter/ruleset';
import type { Network } from '@/kubernetes/network/network';
import { addPod, ask, echo, network, startProcess } from './fixture';

const NODE = '192.168.189.201';

function hostNetworkPod(net: Network, port: number) {
  net.kernel('node1').listen(startProcess(net, 'node1').pid, { address: '::', port, app: echo });
}

describe('the source address an application sees', () => {
  const net = network();
  addPod(net, 'node1', 'web', 80, [{ hostPort: 8080 }]);
  const neighbour = addPod(net, 'node1', 'neighbour', 80);
  addPod(net, 'node2', 'far', 80);
  hostNetworkPod(net, 9090);

  it.each([
    ['another machine to a host port', ask(net, 'client', NODE, 8080), '192.168.189.10'],
    ['another node to a host port', ask(net, 'node2', NODE, 8080), '192.168.189.202'],
    ['the node to its own address', ask(net, 'node1', NODE, 8080), NODE],
    ['the node to loopback', ask(net, 'node1', '127.0.0.1', 8080), '10.244.1.1'],
    ['the node to the bridge', ask(net, 'node1', '10.244.1.1', 8080), '10.244.1.1'],
    ['a Pod of the same node', ask(net, 'node1', NODE, 8080, 'neighbour'), '10.244.1.1'],
    ['the Pod itself', ask(net, 'node1', NODE, 8080, 'web'), '10.244.1.1'],
    ['a Pod of another node', ask(net, 'node2', NODE, 8080, 'far'), '192.168.189.202'],
    ['a Pod to a Pod elsewhere', ask(net, 'node2', neighbour, 80, 'far'), '10.244.2.2'],
    ['another machine to a hostNetwork Pod', ask(net, 'client', NODE, 9090), '192.168.189.10'],
    ['loopback to a hostNetwork Pod', ask(net, 'node1', '127.0.0.1', 9090), '127.0.0.1'],
    ['another machine to a Pod address', ask(net, 'client', neighbour, 80), 'timeout'],
    ['an address that nobody has', ask(net, 'client', '192.168.189.99', 80), 'unreachable'],
    ['a port nobody listens on', ask(net, 'client', NODE, 81), 'refused'],
    ['the host port of another node', ask(net, 'client', '192.168.189.202', 8080), 'refused'],
  ])('%s', (_name, seen, expected) => {
    expect(seen).toBe(expected);
  });

  it('nftables masquerades the Pod that talks to itself, and nobody else of the node', () => {
    const other = network({ hostPortBackend: 'portmap-nftables' });
    addPod(other, 'node1', 'web', 80, [{ hostPort: 8080 }]);
    const ip = addPod(other, 'node1', 'neighbour', 80);
    expect(ask(other, 'node1', NODE, 8080, 'neighbour')).toBe(ip);
    expect(ask(other, 'node1', NODE, 8080, 'web')).toBe('10.244.1.1');
  });
});

describe("the node's packet filter", () => {
  const drop: Target = { kind: 'drop' };
  const reject: Target = { kind: 'reject', with: 'icmp-port-unreachable' };

  function outcome(chain: 'INPUT' | 'FORWARD', port: number, target: Target, destination?: string) {
    const net = network();
    const ip = addPod(net, 'node1', 'web', 80, [{ hostPort: 8080 }]);
    hostNetworkPod(net, 9090);
    const kernel = net.kernel('node1');
    const filter = tableOf(kernel.rules(), 'filter');
    if (!filter) throw new Error('no filter table');
    const rule: Rule = {
      destination: destination === undefined ? undefined : { value: destination === 'pod' ? ip : destination },
      protocol: { value: 'tcp' },
      matches: [{ kind: 'ports', protocol: 'tcp', dport: { value: String(port) } }],
      target,
    };
    kernel.setRules(
      withTable(
        kernel.rules(),
        withChain(filter, chain, (rules) => [...rules, rule]),
      ),
    );
    const seen = (text: string) => (text.includes('.') ? 'answered' : text);
    return [seen(ask(net, 'client', NODE, 9090)), seen(ask(net, 'client', NODE, 8080))];
  }

  it.each([
    ['INPUT drops the node-side port of hostNetwork', 'INPUT', 9090, drop, undefined, ['timeout', 'answered']],
    ['INPUT drops the host port', 'INPUT', 8080, drop, undefined, ['answered', 'answered']],
    ['INPUT rejects', 'INPUT', 9090, reject, undefined, ['refused', 'answered']],
    ['FORWARD drops the host port', 'FORWARD', 8080, drop, undefined, ['answered', 'answered']],
    ["FORWARD drops the Pod's port", 'FORWARD', 80, drop, 'pod', ['answered', 'timeout']],
  ] as const)('%s', (_name, chain, port, target, destination, expected) => {
    expect(outcome(chain, port, target, destination)).toEqual(expected);
  });
});

it('tells each hop', () => {
  const net = network();
  addPod(net, 'node1', 'web', 80, [{ hostPort: 8080 }]);
  const walk = net.trace(
    { kernel: net.kernel('client'), namespace: 'host' },
    { protocol: 'TCP', address: NODE, port: 8080 },
  );
  expect(walk.hops.map((hop) => `${hop.host} ${hop.step}: ${hop.text}`)).toEqual([
    'client send: sent',
    'client wire: over the wire to node1',
    'node1 prerouting: destination rewritten',
    "node1 bridge: over cni0 into the Pod's network",
    expect.stringMatching(/^node1 deliver: taken by test \(pid \d+\)$/),
  ]);
});
