import { describe, expect, it } from 'vitest';
import { apps, objectOf, server, webPod, withDeployment, yaml } from './server';

describe('updates', () => {
  it('refuses what was read before another write', () => {
    const { ask } = withDeployment();
    const read = objectOf(ask({ verb: 'get', ...apps, name: 'web' }));
    objectOf(ask({ verb: 'patch', ...apps, name: 'web', body: { metadata: { labels: { a: 'b' } } } }));
    const { code, body } = ask({ verb: 'update', ...apps, name: 'web', body: read });
    expect([code, body.message]).toEqual([
      409,
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    ]);
  });

  it('counts generations of the spec and writes nothing where nothing changed', () => {
    const { ask, cluster } = withDeployment();
    const before = cluster.store.revision;
    const same = objectOf(ask({ verb: 'patch', ...apps, name: 'web', body: { spec: { replicas: 2 } } }));
    expect([same.metadata.generation, cluster.store.revision]).toEqual([1, before]);
    const changed = objectOf(ask({ verb: 'patch', ...apps, name: 'web', body: { spec: { replicas: 3 } } }));
    expect(changed.metadata.generation).toBe(2);
  });

  it('changes nothing in a dry run', () => {
    const { ask, cluster } = withDeployment();
    const before = cluster.store.revision;
    const { code } = ask({ verb: 'patch', ...apps, name: 'web', body: { spec: { replicas: 9 } }, dryRun: true });
    expect([code, cluster.store.revision]).toEqual([200, before]);
  });
});

describe('lists', () => {
  it.each([
    ['app=web', ['web']],
    ['app!=web', ['db', 'plain']],
    ['app in (web, db)', ['db', 'web']],
    ['app notin (web)', ['db', 'plain']],
    ['app', ['db', 'web']],
    ['!app', ['plain']],
    ['app=web,tier', []],
  ])('selects by labels: %s', (labelSelector, names) => {
    const { ask } = server();
    const make = (name: string, labels: object) =>
      ask({ verb: 'create', resource: 'configmaps', body: { metadata: { name, labels } } });
    make('web', { app: 'web' });
    make('db', { app: 'db' });
    make('plain', {});
    const { body } = ask({
      verb: 'list',
      resource: 'configmaps',
      labelSelector,
      fieldSelector: 'metadata.name!=kube-root-ca.crt',
    });
    expect((body.items as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name)).toEqual(names);
  });

  it('refuses field selectors it does not know', () => {
    const list = (resource: string) =>
      server().ask({ verb: 'list', resource, fieldSelector: 'spec.foo=1' }).body.message;
    expect(list('pods')).toBe('field label not supported: spec.foo');
    expect(list('configmaps')).toBe(
      '"spec.foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
  });
});

describe('sub-resources', () => {
  it('scales', () => {
    const { ask } = withDeployment();
    const scaled = ask({ verb: 'patch', ...apps, name: 'web', subresource: 'scale', body: { spec: { replicas: 4 } } });
    expect(scaled.body).toMatchObject({ kind: 'Scale', spec: { replicas: 4 }, status: { selector: 'app=web' } });
    expect(objectOf(ask({ verb: 'get', ...apps, name: 'web' }))).toMatchObject({ spec: { replicas: 4 } });
  });

  it('does not scale what has no scale', () => {
    const { ask } = server();
    ask({ verb: 'create', resource: 'pods', body: yaml(webPod) });
    const { body } = ask({ verb: 'patch', resource: 'pods', name: 'web', subresource: 'scale', body: {} });
    expect(body.message).toBe('the server could not find the requested resource');
  });
});

describe('deletion', () => {
  it('removes an unscheduled Pod at once and gives a scheduled one its grace', () => {
    const { ask, cluster } = server();
    ask({ verb: 'create', resource: 'pods', body: yaml(webPod) });
    ask({ verb: 'delete', resource: 'pods', name: 'web' });
    expect(cluster.store.get('pods', 'default', 'web')).toBeUndefined();
    const placed = yaml(webPod.replace('spec:', 'spec:\n  nodeName: node1'));
    ask({ verb: 'create', resource: 'pods', body: placed });
    ask({ verb: 'delete', resource: 'pods', name: 'web' });
    expect(cluster.store.get('pods', 'default', 'web')?.metadata).toMatchObject({
      deletionGracePeriodSeconds: 30,
      deletionTimestamp: cluster.clock.timestamp(30_000),
    });
    ask({ verb: 'delete', resource: 'pods', name: 'web', gracePeriodSeconds: 0 });
    expect(cluster.store.get('pods', 'default', 'web')).toBeUndefined();
  });

  it('waits for finalizers, and for the collector when asked to go foreground first', () => {
    const { ask, cluster } = withDeployment();
    ask({ verb: 'delete', ...apps, name: 'web', propagationPolicy: 'Foreground' });
    const waiting = cluster.store.get('deployments.apps', 'default', 'web');
    expect(waiting?.metadata.finalizers).toEqual(['foregroundDeletion']);
    ask({ verb: 'patch', ...apps, name: 'web', body: { metadata: { finalizers: null } } });
    expect(cluster.store.get('deployments.apps', 'default', 'web')).toBeUndefined();
  });

  it('respects preconditions', () => {
    const { ask, cluster } = withDeployment();
    const uid = cluster.store.get('deployments.apps', 'default', 'web')?.metadata.uid ?? '';
    const { code, body } = ask({ verb: 'delete', ...apps, name: 'web', preconditions: { uid: 'x' } });
    expect([code, body.message]).toEqual([
      409,
      `Operation cannot be fulfilled on deployments.apps "web": Precondition failed: UID in precondition: x, UID in object meta: ${uid}`,
    ]);
  });
});
