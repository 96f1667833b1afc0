import { describe, expect, it } from 'vitest';
import { dnatChainName } from '@/kubernetes/network/cni/portmap-iptables';
import { tableLines } from '@/kubernetes/network/netfilter/iptables-text';
import { listing } from '@/kubernetes/network/netfilter/iptables-list';
import { tableOf } from '@/kubernetes/network/netfilter/ruleset';
import type { Network } from '@/kubernetes/network/network';
import { addPod, ask, network } from './fixture';

const sandbox = '413390ac9a5c5d9bdbfd492023fe5ad9ba967938aa9df0c1632ac2c84a99e8b6';

function nat(net: Network, node = 'node1') {
  const table = tableOf(net.kernel(node).rules(), 'nat');
  if (!table) throw new Error('no nat table');
  return table;
}

describe('portmap with iptables', () => {
  // The vectors of the plugin's own test, and one chain that was seen on a real node.
  it.each([
    [
      'testNetName',
      'icee6giejonei6sohng6ahngee7laquohquee9shiGo7fohferakah3Feiyoolu2pei7ciPhoh7shaoX6vai3vuf0ahfaeng8yohb9ceu0daez5hashee8ooYai5wa3y',
      'CNI-DN-bfd599665540dd91d5d28',
    ],
    ['cbr0', sandbox, 'CNI-DN-9eb7bac4f2c936b19bfdb'],
  ])('names the chain of %s', (name, id, chain) => {
    expect(dnatChainName(name, id)).toBe(chain);
  });

  it('writes its rules as the plugin does', () => {
    const net = network();
    const ip = addPod(net, 'node1', sandbox, 80, [{ hostPort: 8080 }]);
    const lines = tableLines(nat(net)).filter((line) => line.includes('CNI'));
    expect(lines).toEqual([
      '-N CNI-DN-9eb7bac4f2c936b19bfdb',
      '-N CNI-HOSTPORT-DNAT',
      '-N CNI-HOSTPORT-MASQ',
      '-N CNI-HOSTPORT-SETMARK',
      '-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT',
      '-A OUTPUT -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT',
      '-A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j CNI-HOSTPORT-MASQ',
      '-A CNI-DN-9eb7bac4f2c936b19bfdb -s 10.244.1.0/24 -p tcp -m tcp --dport 8080 -j CNI-HOSTPORT-SETMARK',
      '-A CNI-DN-9eb7bac4f2c936b19bfdb -s 127.0.0.1/32 -p tcp -m tcp --dport 8080 -j CNI-HOSTPORT-SETMARK',
      `-A CNI-DN-9eb7bac4f2c936b19bfdb -p tcp -m tcp --dport 8080 -j DNAT --to-destination ${ip}:80`,
      `-A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \\"cbr0\\" id: \\"${sandbox}\\"" -m multiport --dports 8080 -j CNI-DN-9eb7bac4f2c936b19bfdb`,
      '-A CNI-HOSTPORT-MASQ -m mark --mark 0x2000/0x2000 -j MASQUERADE',
      '-A CNI-HOSTPORT-SETMARK -m comment --comment "CNI portfwd masquerade mark" -j MARK --set-xmark 0x2000/0x2000',
    ]);
    expect(listing(nat(net), { numeric: true }, 'CNI-DN-9eb7bac4f2c936b19bfdb')).toEqual([
      'Chain CNI-DN-9eb7bac4f2c936b19bfdb (1 references)',
      'target     prot opt source               destination         ',
      'CNI-HOSTPORT-SETMARK  6    --  10.244.1.0/24        0.0.0.0/0            tcp dpt:8080',
      'CNI-HOSTPORT-SETMARK  6    --  127.0.0.1            0.0.0.0/0            tcp dpt:8080',
      `DNAT       6    --  0.0.0.0/0            0.0.0.0/0            tcp dpt:8080 to:${ip}:80`,
    ]);
  });

  it('takes a sandbox away and leaves the shared chains', () => {
    const net = network();
    addPod(net, 'node1', sandbox, 80, [{ hostPort: 8080 }]);
    net.cni('node1').del(sandbox);
    const names = nat(net)
      .chains.map((chain) => chain.name)
      .filter((name) => name.startsWith('CNI'));
    expect(names).toEqual(['CNI-HOSTPORT-DNAT', 'CNI-HOSTPORT-SETMARK', 'CNI-HOSTPORT-MASQ']);
    expect(ask(net, 'client', '192.168.189.201', 8080)).toBe('refused');
  });
});

describe.each(['portmap-iptables', 'portmap-nftables', 'ebpf'] as const)('host ports by %s', (hostPortBackend) => {
  it('forwards only the hostIP that was asked for', () => {
    const net = network({ hostPortBackend });
    addPod(net, 'node1', 'a', 80, [{ hostPort: 8082, hostIP: '127.0.0.1' }]);
    expect(ask(net, 'node1', '127.0.0.1', 8082)).toBe('10.244.1.1');
    expect(ask(net, 'client', '192.168.189.201', 8082)).toBe('refused');
  });

  it('gives the port to the first of two Pods', () => {
    const net = network({ hostPortBackend });
    addPod(net, 'node1', 'a', 80, [{ hostPort: 8080 }]);
    const second = addPod(net, 'node1', 'b', 81, [{ hostPort: 8080 }]);
    const { walk } = net.request(
      { kernel: net.kernel('client'), namespace: 'host' },
      { protocol: 'TCP', address: '192.168.189.201', port: 8080 },
    );
    expect(walk.packet.destination).not.toBe(second);
    net.cni('node1').del('a');
    const after = net.request(
      { kernel: net.kernel('client'), namespace: 'host' },
      { protocol: 'TCP', address: '192.168.189.201', port: 8080 },
    );
    expect(after.walk.packet.destination).toBe(second);
  });

  it('is not reached over IPv6', () => {
    const net = network({ hostPortBackend });
    addPod(net, 'node1', 'a', 80, [{ hostPort: 8080 }]);
    expect(ask(net, 'node1', '::1', 8080)).toBe('refused');
  });
});

it('forwards nothing without a back end', () => {
  const net = network({ hostPortBackend: 'none' });
  addPod(net, 'node1', 'a', 80, [{ hostPort: 8080 }]);
  expect(ask(net, 'client', '192.168.189.201', 8080)).toBe('refused');
});

it('leaves the rules of another back end behind: the port then times out', () => {
  const net = network();
  addPod(net, 'node1', 'a', 80, [{ hostPort: 8081 }]);
  const { files } = net.kernel('node1');
  const path = '/etc/cni/net.d/10-cbr0.conflist';
  files.write(
    path,
    (files.read(path) ?? '').replace('"type": "portmap", ', '"type": "portmap", "backend": "nftables", '),
  );
  net.cni('node1').del('a');
  net.kernel('node1').deleteNetworkNamespace('a');
  expect(ask(net, 'client', '192.168.189.201', 8081)).toBe('timeout');
});
