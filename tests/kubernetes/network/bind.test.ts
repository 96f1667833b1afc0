import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collide } from '@/kubernetes/network/bind';
import type { ListenOptions } from '@/kubernetes/network/kernel';
import { addPod, network, startProcess } from './fixture';

const NODE = '192.168.189.201';

/** Binds one after the other on node1 and says how the second went. */
function second(held: ListenOptions, wanted: ListenOptions, uids: [number, number] = [0, 0]): string {
  const net = network({ without: ['kube-proxy'] });
  const kernel = net.kernel('node1');
  const first = startProcess(net, 'node1', 'host', { uid: uids[0] });
  const other = startProcess(net, 'node1', 'host', { uid: uids[1] });
  expect(kernel.listen(first.pid, held)).toHaveProperty('id');
  const result = kernel.listen(other.pid, wanted);
  return typeof result === 'string' ? result : 'ok';
}

describe('bind', () => {
  it.each<[string, ListenOptions, ListenOptions, string]>([
    ['the same wildcard', { address: '0.0.0.0', port: 80 }, { address: '0.0.0.0', port: 80 }, 'EADDRINUSE'],
    ['loopback under a wildcard', { address: '0.0.0.0', port: 80 }, { address: '127.0.0.1', port: 80 }, 'EADDRINUSE'],
    ['the node under a wildcard', { address: '0.0.0.0', port: 80 }, { address: NODE, port: 80 }, 'EADDRINUSE'],
    ['two different addresses', { address: '127.0.0.1', port: 53 }, { address: NODE, port: 53 }, 'ok'],
    ['a wildcard over loopback', { address: '127.0.0.1', port: 53 }, { address: '0.0.0.0', port: 53 }, 'EADDRINUSE'],
    ['another protocol', { address: '0.0.0.0', port: 53 }, { protocol: 'UDP', address: '0.0.0.0', port: 53 }, 'ok'],
    ['IPv6 alone beside IPv4', { address: '0.0.0.0', port: 80 }, { address: '::', port: 80, v6only: true }, 'ok'],
    ['dual-stack over IPv4', { address: '0.0.0.0', port: 80 }, { address: '::', port: 80 }, 'EADDRINUSE'],
    ['IPv4 under dual-stack', { address: '::', port: 80 }, { address: '127.0.0.1', port: 80 }, 'EADDRINUSE'],
    ['another port', { address: '0.0.0.0', port: 80 }, { address: '0.0.0.0', port: 81 }, 'ok'],
    ['a foreign address', { address: '0.0.0.0', port: 80 }, { address: '10.9.9.9', port: 81 }, 'EADDRNOTAVAIL'],
    [
      'SO_REUSEPORT on one side',
      { address: '0.0.0.0', port: 80, reusePort: true },
      { address: '0.0.0.0', port: 80 },
      'EADDRINUSE',
    ],
    [
      'SO_REUSEPORT on both',
      { address: '0.0.0.0', port: 80, reusePort: true },
      { address: '0.0.0.0', port: 80, reusePort: true },
      'ok',
    ],
  ])('%s', (_name, held, wanted, expected) => {
    expect(second(held, wanted)).toBe(expected);
  });

  it('shares a port only among processes of one user', () => {
    const option = { address: '0.0.0.0', port: 8080, reusePort: true };
    expect(second(option, option, [0, 1000])).toBe('EADDRINUSE');
  });

  it('keeps low ports of the machine for those who may, not those of a Pod', () => {
    const net = network();
    addPod(net, 'node1', 'box', 8080);
    const listen = (namespace: string, capabilities: string[]) => {
      const { pid } = startProcess(net, 'node1', namespace, { uid: 1000, capabilities });
      const result = net.kernel('node1').listen(pid, { address: '0.0.0.0', port: 80 });
      return typeof result === 'string' ? result : 'ok';
    };
    expect(listen('host', [])).toBe('EACCES');
    expect(listen('box', [])).toBe('ok');
    expect(listen('host', ['NET_BIND_SERVICE'])).toBe('ok');
  });

  it('is free again when the process ends', () => {
    const net = network();
    const kernel = net.kernel('node1');
    const first = startProcess(net, 'node1');
    kernel.listen(first.pid, { address: '0.0.0.0', port: 80 });
    kernel.exit(first.pid);
    expect(kernel.listen(startProcess(net, 'node1').pid, { address: '::', port: 80 })).toHaveProperty('port', 80);
  });

  it('does not see a host port: a translation is no socket', () => {
    const net = network();
    addPod(net, 'node1', 'box', 80, [{ hostPort: 80 }]);
    expect(net.kernel('node1').listen(startProcess(net, 'node1').pid, { address: '0.0.0.0', port: 80 })).toHaveProperty(
      'id',
    );
  });

  it('collides both ways or not at all', () => {
    const binding = fc.record({
      protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
      address: fc.constantFrom('0.0.0.0', '127.0.0.1', '::', '::1', NODE),
      port: fc.constantFrom(80, 81),
      v6only: fc.boolean(),
    });
    fc.assert(fc.property(binding, binding, (a, b) => collide(a, b) === collide(b, a)));
  });
});
