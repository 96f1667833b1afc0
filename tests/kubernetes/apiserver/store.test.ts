import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '@/kubernetes/api/object';
import { Store } from '@/kubernetes/apiserver/store';
import { Clock } from '@/kubernetes/clock/clock';
import { Revisions } from '@/kubernetes/clock/history';

const object = (namespace: string, name: string, value: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace, name, uid: '', creationTimestamp: '', resourceVersion: '' },
  data: { value: String(value) },
});
const said = (list: readonly unknown[]) =>
  (list as KubeObject[]).map(({ metadata, data }) => [metadata.namespace, metadata.name, data]);

const step = fc.record({
  what: fc.constantFrom('put', 'put', 'put', 'remove', 'list'),
  namespace: fc.constantFrom('a', 'a-b', 'b'),
  name: fc.constantFrom('x', 'x-1', 'y', 'z', 'A'),
});

describe('Store', () => {
  it('lists what is there in the order of keys, whole and by namespace, now and at any revision', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const clock = new Clock(0);
        const revisions = new Revisions();
        const store = new Store(clock, revisions);
        const model = new Map<string, KubeObject>();
        const past: [number, unknown][] = [];
        const inOrder = () => [...model.keys()].sort((a, b) => (a < b ? -1 : 1)).flatMap((key) => model.get(key) ?? []);
        steps.forEach(({ what, namespace, name }, i) => {
          const one = object(namespace, name, i);
          if (what === 'put') {
            store.put('configmaps', one);
            model.set(`${namespace}/${name}`, one);
          } else if (what === 'remove') {
            expect(store.remove('configmaps', namespace, name) !== undefined).toBe(
              model.delete(`${namespace}/${name}`),
            );
          } else {
            expect(said(store.list('configmaps'))).toEqual(said(inOrder()));
            const own = inOrder().filter(({ metadata }) => metadata.namespace === namespace);
            expect(said(store.list('configmaps', namespace))).toEqual(said(own));
          }
          past.push([store.revision, said(inOrder())]);
        });
        for (const [revision, list] of past) {
          expect(said(store.list('configmaps', undefined, revision))).toEqual(list);
          expect(said(store.asOf(revision, clock, revisions.asOf(revision)).list('configmaps'))).toEqual(list);
        }
      }),
    );
  });

  it('does not let the past be written to', () => {
    const [clock, revisions] = [new Clock(0), new Revisions()];
    const store = new Store(clock, revisions);
    store.put('configmaps', object('a', 'x', 0));
    expect(() => store.asOf(1, clock, revisions.asOf(1)).put('configmaps', object('a', 'y', 1))).toThrow(
      'the past cannot be written to',
    );
  });
});
