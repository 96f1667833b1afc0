import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from '@/kubernetes/apiserver/label-selector';
import { objectOf, server, webPod, yaml } from './server';

// apimachinery/pkg/labels/selector.go; the sentences are those of a kube-apiserver v1.36.2.
describe('label selectors', () => {
  it('reads sets, inequality and bare keys', () => {
    const matches = (text: string) => {
      const selector = parseLabelSelector(text);
      return 'matches' in selector && selector.matches({ app: 'web', tier: '2' });
    };
    expect(['app in (web,db)', '!nope', 'tier>1', 'app,tier', 'app!=db'].filter((one) => !matches(one))).toEqual([]);
    expect(['app notin (web)', '!app', 'tier<1', 'nope', 'app=db'].filter(matches)).toEqual([]);
  });

  it('says what it cannot read', () => {
    expect(parseLabelSelector('app in web')).toHaveProperty('problem');
    expect(parseLabelSelector('a b')).toHaveProperty('problem');
  });
});

// apiserver/pkg/endpoints/handlers/{create,patch,update}.go
describe('updates', () => {
  const created = () => {
    const { ask } = server();
    objectOf(ask({ verb: 'create', resource: 'pods', body: yaml(webPod), fieldManager: 'kubectl-create' }));
    return ask;
  };

  it('credits the writer with what it sent, not with what admission added', () => {
    const pod = objectOf(created()({ verb: 'get', resource: 'pods', name: 'web' }));
    const [entry] = pod.metadata.managedFields as { fieldsV1: { 'f:spec': Record<string, unknown> } }[];
    expect(pod.spec).toHaveProperty('serviceAccountName', 'default');
    expect(Object.keys(entry?.fieldsV1['f:spec'] ?? {})).not.toContain('f:serviceAccountName');
    expect(Object.keys(entry?.fieldsV1['f:spec'] ?? {})).toContain('f:dnsPolicy');
  });

  it('refuses a patch that takes away what is not there, and one that names another object', () => {
    const ask = created();
    const patch = (patchType: 'json' | 'merge', body: unknown) =>
      ask({ verb: 'patch', resource: 'pods', name: 'web', patchType, body: body as never }).body;
    expect(patch('json', [{ op: 'remove', path: '/metadata/labels/nope' }])).toMatchObject({
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    });
    expect(patch('merge', { metadata: { name: 'other' } })).toMatchObject({
      reason: 'BadRequest',
      message: 'the name of the object (other) does not match the name on the URL (web)',
    });
  });
});
