import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/kubernetes/api/object';
import { objectOf, server, webDeployment, webPod, yaml } from './server';

function create(body: unknown, resource = 'pods', group = '', kubernetes: '1.34' | '1.36' = '1.36') {
  return server(kubernetes).ask({ verb: 'create', resource, group, body, fieldValidation: 'Strict' });
}

function podWith(change: (pod: JsonObject) => void): JsonObject {
  const pod = yaml(webPod);
  change(pod);
  return pod;
}

const unreadable = (text: string) => `Pod in version "v1" cannot be handled as a Pod: ${text}`;

describe('strict decoding', () => {
  it.each<[string, unknown, string]>([
    [
      'unknown fields, sorted, depth first',
      { hostNetwrok: true, containers: [{ name: 'a', prots: [] }] },
      'strict decoding error: unknown field "spec.containers[0].prots", unknown field "spec.hostNetwrok"',
    ],
    [
      'a text for a number',
      { containers: [{ ports: [{ containerPort: '80' }] }] },
      'json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      'a fraction',
      { containers: [{ ports: [{ hostPort: 1.5 }] }] },
      'json: cannot unmarshal number 1.5 into Go struct field ContainerPort.spec.containers.ports.hostPort of type int32',
    ],
    [
      'a number for a named type',
      { containers: [{ ports: [{ protocol: 6 }] }] },
      'json: cannot unmarshal number into Go struct field ContainerPort.spec.containers.ports.protocol of type v1.Protocol',
    ],
    [
      'an embedded struct in the path',
      { volumes: [{ hostPath: '/x' }] },
      'json: cannot unmarshal string into Go struct field Volume.spec.volumes.VolumeSource.hostPath of type v1.HostPathVolumeSource',
    ],
    [
      'a text for a list item',
      { containers: ['a'] },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type v1.Container',
    ],
    [
      'a bad quantity',
      { containers: [{ resources: { limits: { cpu: 'much' } } }] },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    ['a bad suffix', { containers: [{ resources: { limits: { cpu: '1KK' } } }] }, "unable to parse quantity's suffix"],
    [
      'a bool for a number or text',
      { containers: [{ livenessProbe: { httpGet: { port: true } } }] },
      'json: cannot unmarshal bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32',
    ],
    [
      'a type error hides unknown fields',
      { aaa: 1, hostNetwork: 'yes' },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool',
    ],
  ])('%s', (_name, spec, text) => {
    const { code, body } = create(podWith((pod) => (pod.spec = spec)));
    expect([code, body.message]).toEqual([400, unreadable(text)]);
  });

  it('names embedded structs only where the decoder of that minor does', () => {
    const { body } = create(
      podWith((pod) => (pod.spec = { volumes: [{ hostPath: '/x' }] })),
      'pods',
      '',
      '1.34',
    );
    expect(body.message).toContain('Volume.spec.volumes.hostPath of type');
  });

  it('only warns where asked to', () => {
    const body = podWith((pod) => (pod.extra = 1));
    const { code, warnings } = server().ask({ verb: 'create', resource: 'pods', body, fieldValidation: 'Warn' });
    expect([code, warnings]).toEqual([201, ['unknown field "extra"']]);
  });

  it.each([
    [
      { apiVersion: 'apps/v1', kind: 'Pod' },
      unreadable('no kind "Pod" is registered for version "apps/v1" in scheme "pkg/runtime/scheme.go:111"'),
    ],
    [
      { apiVersion: 'v1', kind: 'PodList' },
      'PodList in version "v1" cannot be handled as a Pod: converting (v1.PodList) to (core.Pod): unknown conversion',
    ],
    [
      { apiVersion: 'a/b/c', kind: 'Pod' },
      'the object provided is unrecognized (must be of type Pod): unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)',
    ],
  ])('%j', (head, message) => {
    expect(create({ ...yaml(webPod), ...head }).body.message).toBe(message);
  });

  it('knows versions that are not served any more', () => {
    const body = { ...yaml(webDeployment), apiVersion: 'apps/v1beta1' };
    expect(create(body, 'deployments', 'apps').body.message).toBe(
      'the API version in the data (apps/v1beta1) does not match the expected API version (apps/v1)',
    );
  });
});

describe('what is stored', () => {
  it('leaves out what Go leaves out, and makes quantities canonical', () => {
    const pod = podWith((one) => {
      one.spec = {
        hostNetwork: false,
        nodeSelector: {},
        volumes: [],
        containers: [{ name: 'a', image: 'b', resources: { limits: { cpu: '1000m', memory: 1073741824 } } }],
      };
    });
    const { spec } = objectOf(create(pod));
    expect(spec).not.toHaveProperty('hostNetwork');
    expect(spec).not.toHaveProperty('nodeSelector');
    expect(spec).toMatchObject({ containers: [{ resources: { limits: { cpu: '1', memory: '1073741824' } } }] });
  });

  it('writes null for a list that has to be there', () => {
    const body = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'nothing' } };
    expect(objectOf(create(body, 'roles', 'rbac.authorization.k8s.io')).rules).toBeNull();
  });
});

describe('robustness', () => {
  it('answers any body, the same way twice, and never throws', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('80', '1Gi', 'TCP', '__proto__', '10.0.0.1'),
    );
    const name = fc.constantFrom(
      'apiVersion',
      'kind',
      'metadata',
      'spec',
      'name',
      'labels',
      'containers',
      'ports',
      'containerPort',
      'hostPort',
      'image',
      'volumes',
      'hostPath',
      'resources',
      'limits',
      'cpu',
      'selector',
      'template',
      'replicas',
      '__proto__',
      'constructor',
      'x',
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        leaf,
        fc.dictionary(name, tie('node'), { maxKeys: 5 }),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    })).node;
    const kind = fc.constantFrom(
      ['pods', ''],
      ['deployments', 'apps'],
      ['services', ''],
      ['configmaps', ''],
      ['daemonsets', 'apps'],
    );
    fc.assert(
      fc.property(tree, tree, tree, kind, (spec, metadata, rest, [resource = '', group = '']) => {
        const bodies = [rest, { metadata, spec }, { metadata: { name: 'a' }, spec }];
        for (const body of bodies) {
          const first = create(body, resource, group);
          expect(first.code).toBeGreaterThanOrEqual(200);
          expect(JSON.stringify(create(body, resource, group))).toBe(JSON.stringify(first));
        }
      }),
      { numRuns: 150, seed: 11 },
    );
  }, 30_000);
});
