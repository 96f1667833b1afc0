import { describe, expect, it } from 'vitest';
import { objectOf, server, webDeployment, webPod, yaml } from './server';

const apps = { group: 'apps', resource: 'deployments' };

function withDeployment() {
  const one = server();
  objectOf(one.ask({ verb: 'create', ...apps, body: yaml(webDeployment) }));
  return one;
}

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

describe('patches', () => {
  it('merges lists by their keys and puts them in the order asked for', () => {
    const { ask } = withDeployment();
    const patch = {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'log' }, { name: 'web' }],
            containers: [{ name: 'web', image: 'nginx:1.28' }],
          },
        },
      },
    };
    const object = objectOf(ask({ verb: 'patch', ...apps, name: 'web', patchType: 'strategic', body: patch }));
    expect(object).toMatchObject({
      spec: {
        template: {
          spec: { containers: [{ name: 'log' }, { name: 'web', image: 'nginx:1.28', ports: [{ containerPort: 80 }] }] },
        },
      },
    });
  });

  it('deletes list items, replaces lists and retains keys', () => {
    const { ask } = withDeployment();
    const patch = {
      spec: {
        strategy: { $retainKeys: ['type'], type: 'Recreate' },
        template: { spec: { containers: [{ name: 'log', $patch: 'delete' }] } },
      },
    };
    const { spec } = objectOf(ask({ verb: 'patch', ...apps, name: 'web', patchType: 'strategic', body: patch }));
    expect(spec).toMatchObject({
      strategy: { type: 'Recreate' },
      template: { spec: { containers: [{ name: 'web' }] } },
    });
    expect(JSON.stringify(spec)).not.toContain('rollingUpdate');
  });

  it('loses the TCP port when UDP is applied on the same number', () => {
    const { ask } = withDeployment();
    const patch = {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'web',
                ports: [
                  { containerPort: 80, protocol: 'TCP' },
                  { containerPort: 80, protocol: 'UDP' },
                ],
              },
            ],
          },
        },
      },
    };
    const object = objectOf(ask({ verb: 'patch', ...apps, name: 'web', patchType: 'strategic', body: patch }));
    expect(object).toMatchObject({
      spec: { template: { spec: { containers: [{ ports: [{ protocol: 'UDP' }] }, {}] } } },
    });
  });

  it.each<[string, unknown, string]>([
    [
      'unknown field',
      { spec: { replics: 1 } },
      'patch: Invalid value: "map[spec:map[replics:1]]": strict decoding error: unknown field "spec.replics"',
    ],
    [
      'text for a number',
      { spec: { replicas: 'many' } },
      'patch: Invalid value: "map[spec:map[replicas:many]]": unrecognized type: int32',
    ],
    [
      'number for a text',
      { metadata: { labels: { a: 1 } } },
      'patch: Invalid value: "map[metadata:map[labels:map[a:1]]]": cannot convert int64 to string',
    ],
    [
      'text for a struct',
      { spec: { template: 'x' } },
      'patch: Invalid value: "map[spec:map[template:x]]": cannot restore struct from: string',
    ],
  ])('refuses a patch: %s', (_name, body, text) => {
    const { ask } = withDeployment();
    const answer = ask({
      verb: 'patch',
      ...apps,
      name: 'web',
      patchType: 'strategic',
      body,
      fieldValidation: 'Strict',
    });
    expect([answer.code, answer.body.message]).toEqual([422, ` "" is invalid: ${text}`]);
  });

  it('applies JSON patches', () => {
    const { ask } = withDeployment();
    const body = [
      { op: 'test', path: '/spec/replicas', value: 2 },
      { op: 'replace', path: '/spec/replicas', value: 5 },
      { op: 'add', path: '/metadata/labels', value: { 'a/b': 'c' } },
      { op: 'remove', path: '/spec/template/spec/containers/1' },
    ];
    expect(objectOf(ask({ verb: 'patch', ...apps, name: 'web', patchType: 'json', body }))).toMatchObject({
      metadata: { labels: { 'a/b': 'c' } },
      spec: { replicas: 5 },
    });
    const wrong = ask({
      verb: 'patch',
      ...apps,
      name: 'web',
      patchType: 'json',
      body: [{ op: 'remove', path: '/spec/nothing' }],
    });
    expect([wrong.code, wrong.body.message]).toEqual([
      422,
      'the server rejected our request due to an error in our request',
    ]);
  });
});

describe('server-side apply', () => {
  const apply = (text: string, fieldManager: string, force = false) =>
    ({
      verb: 'patch',
      ...apps,
      name: 'web',
      patchType: 'apply',
      body: yaml(text),
      fieldManager,
      force,
      fieldValidation: 'Strict',
    }) as const;

  it('makes the object, keeps both protocols of a port, and takes out what is no longer applied', () => {
    const { ask } = server();
    const both = webDeployment.replace(
      '[{containerPort: 80}]',
      '[{containerPort: 80}, {containerPort: 80, protocol: UDP}]',
    );
    expect(ask(apply(webDeployment, 'kubectl')).code).toBe(201);
    expect(objectOf(ask(apply(both, 'kubectl')))).toMatchObject({
      spec: { template: { spec: { containers: [{ ports: [{ protocol: 'TCP' }, { protocol: 'UDP' }] }, {}] } } },
    });
    const fewer = objectOf(ask(apply(webDeployment.replace(/ *- \{name: log.*\n/, ''), 'kubectl')));
    expect(fewer).toMatchObject({
      spec: { template: { spec: { containers: [{ name: 'web', ports: [{ protocol: 'TCP' }] }] } } },
    });
  });

  it('refuses to change what another manager set, unless forced', () => {
    const { ask } = server();
    objectOf(ask({ verb: 'create', ...apps, body: yaml(webDeployment), fieldManager: 'kubectl-create' }));
    const three = webDeployment.replace('replicas: 2', 'replicas: 3');
    const { code, body } = ask(apply(three, 'kubectl'));
    expect([code, body.reason, body.message]).toEqual([
      409,
      'Conflict',
      'Apply failed with 1 conflict: conflict with "kubectl-create" using apps/v1: .spec.replicas',
    ]);
    expect(objectOf(ask(apply(three, 'kubectl', true)))).toMatchObject({ spec: { replicas: 3 } });
    expect(ask(apply(three.replace('replicas: 3', 'replicas: 4'), 'kubectl')).code).toBe(200);
  });

  it('tells fields that the schema does not have', () => {
    const { ask } = server();
    const { code, body } = ask(apply(`${webDeployment}  foo: 1\n`, 'kubectl'));
    expect([code, body.message]).toEqual([
      500,
      'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.foo: field not declared in schema',
    ]);
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
