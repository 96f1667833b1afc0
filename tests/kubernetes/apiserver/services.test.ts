import { describe, expect, it } from 'vitest';
import { objectOf, server } from './server';

describe('Services', () => {
  const service = (name: string, spec: object) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: 'web' }, ...spec },
  });

  it('draws addresses and node ports that nobody holds', () => {
    const { ask } = server();
    const made = Array.from({ length: 40 }, (_, i) =>
      objectOf(
        ask({
          verb: 'create',
          resource: 'services',
          body: service(`s${i}`, { type: 'NodePort', ports: [{ port: 80 }] }),
        }),
      ),
    );
    const specs = made.map(({ spec }) => spec as { clusterIP: string; ports: { nodePort: number }[] });
    expect(new Set(specs.map(({ clusterIP }) => clusterIP)).size).toBe(40);
    expect(new Set(specs.map(({ ports }) => ports[0]?.nodePort)).size).toBe(40);
    for (const { ports } of specs) expect(ports[0]?.nodePort).toBeGreaterThanOrEqual(30_000);
  });

  it.each<[string, object, string]>([
    [
      'a taken node port',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] },
      'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    ],
    [
      'a node port outside the range',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
    [
      'a taken address',
      { clusterIP: '10.96.7.7', ports: [{ port: 80 }] },
      'spec.clusterIPs: Invalid value: ["10.96.7.7"]: failed to allocate IP 10.96.7.7: provided IP is already allocated',
    ],
    [
      'an address outside the range',
      { clusterIP: '192.168.1.1', ports: [{ port: 80 }] },
      'spec.clusterIPs: Invalid value: ["192.168.1.1"]: failed to allocate IP 192.168.1.1: the provided network does not match the current range',
    ],
  ])('refuses %s', (_name, spec, text) => {
    const { ask } = server();
    const first = { type: 'NodePort', clusterIP: '10.96.7.7', ports: [{ port: 80, nodePort: 30080 }] };
    objectOf(ask({ verb: 'create', resource: 'services', body: service('first', first) }));
    expect(ask({ verb: 'create', resource: 'services', body: service('web', spec) }).body.message).toBe(
      `Service "web" is invalid: ${text}`,
    );
  });

  it('keeps what was allocated when an update leaves it out', () => {
    const { ask } = server();
    const before = objectOf(
      ask({ verb: 'create', resource: 'services', body: service('web', { type: 'NodePort', ports: [{ port: 80 }] }) }),
    );
    const after = objectOf(
      ask({
        verb: 'update',
        resource: 'services',
        name: 'web',
        body: service('web', { type: 'NodePort', ports: [{ port: 80 }] }),
      }),
    );
    expect(after.spec).toEqual(before.spec);
  });
});
