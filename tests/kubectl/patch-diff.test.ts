import { describe, expect, it } from 'vitest';
import { threeWayMergePatch, twoWayMergePatch } from '@/kubectl/apply/patch-diff';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';

const pod = goTypeOf('v1', 'Pod', '1.36');
const withPorts = (ports: readonly object[], name = 'web') => ({ spec: { containers: [{ name, ports }] } });
const tcp = { containerPort: 80, protocol: 'TCP' };
const udp = { containerPort: 80, protocol: 'UDP' };

describe('the patch of kubectl apply', () => {
  it('is empty when nothing changed', () => {
    const file = withPorts([{ containerPort: 80 }]);
    expect(threeWayMergePatch(file, file, withPorts([tcp]), pod)).toEqual({});
  });

  it('takes away what was applied before and is gone from the file, and nothing else', () => {
    const patch = threeWayMergePatch(
      { metadata: { labels: { a: '1' } } },
      { metadata: {} },
      { metadata: { labels: { a: '1', b: '2' } } },
      pod,
    );
    expect(patch).toEqual({ metadata: { labels: null } });
    const one = threeWayMergePatch(
      { metadata: { labels: { a: '1', c: '3' } } },
      { metadata: { labels: { c: '3' } } },
      { metadata: { labels: { a: '1', b: '2', c: '3' } } },
      pod,
    );
    expect(one).toEqual({ metadata: { labels: { a: null } } });
  });

  it('names items by their merge key, and puts them in order', () => {
    expect(twoWayMergePatch(withPorts([tcp]), withPorts([tcp, { containerPort: 443, protocol: 'TCP' }]), pod)).toEqual({
      spec: { containers: [{ name: 'web', ports: [{ containerPort: 443, protocol: 'TCP' }] }] },
    });
    const patch = threeWayMergePatch({}, withPorts([{ containerPort: 81 }]), withPorts([tcp]), pod);
    expect(patch).toEqual({
      spec: {
        '$setElementOrder/containers': [{ name: 'web' }],
        containers: [
          { '$setElementOrder/ports': [{ containerPort: 81 }], name: 'web', ports: [{ containerPort: 81 }] },
        ],
      },
    });
  });

  it('says "configured" again and again for one port with two protocols', () => {
    const file = withPorts([{ containerPort: 80 }, udp]);
    expect(threeWayMergePatch(file, file, withPorts([udp]), pod)).not.toEqual({});
  });

  it('deletes a container that is gone', () => {
    const patch = threeWayMergePatch(withPorts([], 'old'), withPorts([], 'new'), withPorts([], 'old'), pod);
    expect(patch).toMatchObject({ spec: { containers: [{ name: 'new' }, { $patch: 'delete', name: 'old' }] } });
  });

  it('keeps the other source of a volume out', () => {
    const volume = (source: object) => ({ spec: { volumes: [{ name: 'v', ...source }] } });
    const patch = threeWayMergePatch(
      volume({ emptyDir: {} }),
      volume({ hostPath: { path: '/x' } }),
      volume({ emptyDir: {} }),
      pod,
    );
    expect(patch).toMatchObject({
      spec: { volumes: [{ name: 'v', emptyDir: null, hostPath: { path: '/x' }, $retainKeys: ['hostPath', 'name'] }] },
    });
  });
});
