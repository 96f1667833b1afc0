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
