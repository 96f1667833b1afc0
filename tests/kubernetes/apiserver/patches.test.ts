import { describe, expect, it } from 'vitest';
import { apps, objectOf, withDeployment } from './server';

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
