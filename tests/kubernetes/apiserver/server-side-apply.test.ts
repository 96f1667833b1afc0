import { describe, expect, it } from 'vitest';
import { apps, objectOf, server, webDeployment, yaml } from './server';

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

  // apimachinery/pkg/util/managedfields/internal/lastappliedupdater.go
  it('brings up to date what kubectl applied from its side, and makes no such note of its own', () => {
    const { ask } = server();
    const note = 'kubectl.kubernetes.io/last-applied-configuration';
    const maps = { group: '', version: 'v1', resource: 'configmaps', namespace: 'default', name: 'la' } as const;
    const annotations = (metadata: string) => {
      const body = yaml(`{apiVersion: v1, kind: ConfigMap, metadata: ${metadata}, data: {"9": q, "10": a<b}}`);
      const done = ask({ verb: 'patch', ...maps, patchType: 'apply', body, fieldManager: 'kubectl', force: true });
      return objectOf(done).metadata.annotations;
    };
    expect(annotations('{name: la}')).toBeUndefined();
    ask({ verb: 'patch', ...maps, patchType: 'merge', body: { metadata: { annotations: { [note]: '{}' } } } });
    expect(annotations('{name: la, annotations: {x: y1}}')).toEqual({
      x: 'y1',
      [note]:
        '{"apiVersion":"v1","data":{"10":"a\\u003cb","9":"q"},"kind":"ConfigMap","metadata":{"annotations":{"x":"y1"},"name":"la"}}\n',
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
      // As the configuration names it, which says no namespace.
      'failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.foo: field not declared in schema',
    ]);
  });
});
