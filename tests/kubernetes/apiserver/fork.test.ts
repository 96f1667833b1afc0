import { describe, expect, test } from 'vitest';
import { BareServer } from '@/kubernetes/bare-server';
import { bootObjects } from '@/kubernetes/boot';

const world = { name: 'fork', nodes: [] };

function configMap(name: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } };
}

function names(server: BareServer): string[] {
  return server.store.list('configmaps', 'default').map(({ metadata }) => metadata.name);
}

describe('a server and its forks', () => {
  test('begin with the same objects and then go their own ways', () => {
    const server = new BareServer(world);
    bootObjects(server);
    server.client().create('configmaps', configMap('before'));
    const before = names(server);
    const one = server.fork();
    const other = server.fork();
    one.client().create('configmaps', configMap('one'));
    server.client().create('configmaps', configMap('own'));
    const later = one.fork();
    later.client().create('configmaps', configMap('later'));
    expect(names(other)).toEqual(before);
    expect(names(one)).toEqual([...before, 'one']);
    expect(names(later)).toEqual([...before, 'later', 'one']);
    expect(names(server)).toEqual([...before, 'own']);
  });

  test('count on from the same revision, at the same moment', () => {
    const server = new BareServer({ ...world, startTime: '2026-03-04T05:06:07Z' });
    bootObjects(server);
    const made = server.fork().client().create('configmaps', configMap('a'));
    const again = server.fork().client().create('configmaps', configMap('a'));
    expect(made.ok && made.object.metadata).toEqual(again.ok && again.object.metadata);
    expect(made.ok && made.object.metadata.creationTimestamp).toBe('2026-03-04T05:06:07Z');
  });
});
