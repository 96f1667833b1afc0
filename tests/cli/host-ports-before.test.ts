import { describe, expect, it } from 'vitest';
import { hadHostPort, hostPortsBefore } from '@/cli/replay/host-ports-before';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const bare = '-P PREROUTING ACCEPT\n-P POSTROUTING ACCEPT\n';
const shared = `${bare}-N CNI-HOSTPORT-DNAT\n-N CNI-HOSTPORT-MASQ\n`;
const mapped = `${shared}-N CNI-DN-0123456789abcdef01234\n`;

describe('host ports that a recorded node had before', () => {
  it('show in the first look at its rules: the shared chains without a mapping', () => {
    const steps = [
      { place: 'node1', stdout: shared },
      { place: 'node2', stdout: bare },
      { place: 'node2', stdout: shared },
      { place: 'node3', stdout: mapped },
      { place: 'node3', stdout: shared },
    ];
    expect(hostPortsBefore(steps)).toEqual(['node1']);
  });

  // plugins/meta/portmap/portmap_iptables.go: `unforwardPorts` deletes the chain of a sandbox only
  it('leave three chains and the ways into them, after those of kube-proxy', () => {
    const cluster = simulate({ name: 'w', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
    cluster.advance(20_000);
    hadHostPort(cluster, 'node1');
    const session = new Session(cluster, parsePlace('node1', []));
    const { stdout } = cluster.run(runLine(session, 'iptables -t nat -S | grep -e CNI -e "^-A PREROUTING"'));
    expect(stdout.split('\n')).toEqual([
      '-N CNI-HOSTPORT-DNAT',
      '-N CNI-HOSTPORT-MASQ',
      '-N CNI-HOSTPORT-SETMARK',
      '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
      '-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT',
      '-A OUTPUT -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT',
      '-A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j CNI-HOSTPORT-MASQ',
      '-A CNI-HOSTPORT-MASQ -m mark --mark 0x2000/0x2000 -j MASQUERADE',
      '-A CNI-HOSTPORT-SETMARK -m comment --comment "CNI portfwd masquerade mark" -j MARK --set-xmark 0x2000/0x2000',
      '',
    ]);
  });
});
