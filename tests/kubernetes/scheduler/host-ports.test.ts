import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { hostPortsOf, portsConflict, portText } from '@/kubernetes/placement/host-ports';
import { attempt, cacheWith, node, pod, portPod } from './objects';

describe('host ports', () => {
  it.each([
    [{}, {}, true],
    [{ hostIP: '127.0.0.1' }, {}, true],
    [{ hostIP: '127.0.0.1' }, { hostIP: '0.0.0.0' }, true],
    [{ hostIP: '127.0.0.1' }, { hostIP: '127.0.0.1' }, true],
    [{ hostIP: '127.0.0.1' }, { hostIP: '10.0.0.11' }, false],
    [{ hostIP: '::' }, { hostIP: '127.0.0.1' }, false],
    [{ hostIP: '::' }, {}, true],
    [{ protocol: 'UDP' }, {}, false],
    [{ protocol: 'UDP' }, { protocol: 'UDP' }, true],
  ])('held %o and wanted %o conflict: %s', (held, wanted, conflict) => {
    const cache = cacheWith([node('n')], { n: [portPod('holder', 8080, held)] });
    expect(attempt(cache, portPod('web', 8080, wanted)) !== 'n').toBe(conflict);
  });

  // staging/src/k8s.io/kube-scheduler/framework/types.go: HostPortInfo is a set, nobody counts how many have put a key in.
  it('forgets a port with the first of two Pods that goes, until the other one changes', () => {
    const holder = portPod('holder', 8080);
    const cache = cacheWith([node('n')], { n: [holder, portPod('refused', 8080)] });
    expect(attempt(cache, portPod('web', 8080))).not.toBe('n');
    cache.removePod('default/refused');
    expect(attempt(cache, portPod('web', 8080))).toBe('n');
    cache.putPod(holder, 'n');
    expect(attempt(cache, portPod('web', 8080))).not.toBe('n');
  });

  it('keeps other addresses and protocols of the same number', () => {
    const held = [portPod('lan', 8080, { hostIP: '10.0.0.11' }), portPod('udp', 8080, { protocol: 'UDP' })];
    const cache = cacheWith([node('n')], { n: [...held, portPod('loop', 8080, { hostIP: '127.0.0.1' })] });
    cache.removePod('default/loop');
    expect(attempt(cache, portPod('web', 8080))).not.toBe('n');
    expect(attempt(cache, portPod('web', 8080, { protocol: 'UDP' }))).not.toBe('n');
  });

  it('counts containers and sidecars, not plain init containers', () => {
    const port = (hostPort: number) => ({ ports: [{ containerPort: 1, hostPort }] });
    const incoming = pod('p', {
      spec: {
        containers: [{ name: 'a', ...port(1) }, { name: 'b' }],
        initContainers: [
          { name: 'init', ...port(2) },
          { name: 'sidecar', restartPolicy: 'Always', ...port(3) },
        ],
      },
    });
    expect(hostPortsOf(incoming.spec).map((one) => one.port)).toEqual([3, 1]);
  });

  it('prints the address only where one was named', () => {
    expect(portText({ ip: '0.0.0.0', protocol: 'TCP', port: 8080 })).toBe('8080/TCP');
    expect(portText({ ip: '127.0.0.1', protocol: 'UDP', port: 53 })).toBe('127.0.0.1:53/UDP');
  });

  it('never lets two Pods on one node hold conflicting keys, whatever the sequence', () => {
    const port = fc.record({
      hostPort: fc.integer({ min: 80, max: 83 }),
      hostIP: fc.constantFrom(undefined, '0.0.0.0', '127.0.0.1', '10.0.0.1', '::'),
      protocol: fc.constantFrom(undefined, 'TCP', 'UDP', 'SCTP'),
      containerPort: fc.constant(80),
    });
    const step = fc.record({ ports: fc.array(port, { maxLength: 3 }), removes: fc.option(fc.nat(20)) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const cache = cacheWith([node('a'), node('b'), node('c')]);
        const placed: { pod: Pod; on: string }[] = [];
        for (const [i, { ports, removes }] of steps.entries()) {
          const gone = removes === null ? undefined : placed.splice(removes, 1)[0];
          if (gone) cache.removePod(`default/${gone.pod.metadata.name}`);
          const incoming = pod(`p${i}`, { container: { ports } });
          const on = attempt(cache, incoming);
          if (!['a', 'b', 'c'].includes(on)) continue;
          cache.putPod(incoming, on);
          placed.push({ pod: incoming, on });
        }
        for (const [i, one] of placed.entries()) {
          for (const other of placed.slice(i + 1).filter(({ on }) => on === one.on)) {
            const conflict = hostPortsOf(one.pod.spec).some((a) =>
              hostPortsOf(other.pod.spec).some((b) => portsConflict(a, b)),
            );
            expect(conflict).toBe(false);
          }
        }
      }),
    );
  });
});
