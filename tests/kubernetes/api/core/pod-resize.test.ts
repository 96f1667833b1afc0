import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/kubernetes/api/object';
import { objectOf, server, yaml } from '../../apiserver/server';
import { errorsOf } from '../verdict';

const pod = `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  nodeName: n1
  initContainers:
    - {name: i, image: b, resources: {requests: {cpu: 10m}}}
  containers:
    - name: c
      image: b
      resizePolicy: [{resourceName: memory, restartPolicy: RestartContainer}]
      resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}`;

const node = `
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {allocatable: {cpu: "2", memory: 4Gi}, declaredFeatures: [InPlacePodVerticalScalingInitContainers]}`;

function setUp(text = pod) {
  const { ask, cluster } = server();
  objectOf(ask({ verb: 'create', resource: 'nodes', namespace: undefined, body: yaml(node) }));
  objectOf(ask({ verb: 'create', resource: 'pods', body: yaml(text) }));
  const resize = (spec: JsonObject, patchType: 'strategic' | 'merge' = 'strategic', metadata?: JsonObject) =>
    ask({
      verb: 'patch',
      resource: 'pods',
      name: 'web',
      subresource: 'resize',
      patchType,
      body: { spec, ...(metadata ? { metadata } : {}) },
    });
  return { ask, cluster, resize };
}

const c = (resources: JsonObject, more: JsonObject = {}) => ({ containers: [{ name: 'c', resources, ...more }] });

// pkg/registry/core/pod/strategy.go `podResizeStrategy`
describe('pods/resize', () => {
  it('takes resources alone and counts a generation', () => {
    const { resize } = setUp();
    const spec = c({ requests: { cpu: '150m' } }, { image: 'other' });
    const response = resize(spec, 'strategic', { labels: { a: 'b' } });
    const { metadata, spec: after } = objectOf(response);
    expect(metadata.generation).toBe(2);
    expect(metadata.labels).toBeUndefined();
    expect(after).toMatchObject({
      containers: [{ image: 'b', resources: { requests: { cpu: '150m', memory: '64Mi' } } }],
    });
  });

  it.each([
    [
      c({ requests: { cpu: '300m' } }),
      'spec.containers[0].resources.requests: Invalid value: "300m": must be less than or equal to cpu limit of 200m',
    ],
    [c({ limits: null }), 'spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed'],
    [
      c({}, { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }),
      'spec: Forbidden: only cpu and memory resources are mutable',
    ],
    [c({ requests: { 'ephemeral-storage': '1Gi' } }), 'spec: Forbidden: only cpu and memory resources are mutable'],
    [
      c({ requests: { cpu: '200m', memory: '128Mi' } }),
      'spec.initContainers[0].resources.requests: Forbidden: resource requests cannot be removed',
    ],
    [
      { containers: [{ name: 'd', image: 'b' }] },
      'spec.containers: Forbidden: containers may not be added or removed on resize',
    ],
  ])('refuses %j', (spec: JsonObject, error) => {
    const { resize } = setUp();
    const removed = error.includes('initContainers')
      ? { ...spec, initContainers: [{ name: 'i', resources: { requests: null } }] }
      : spec;
    expect(errorsOf(resize(removed))).toContain(error);
  });

  it('refuses another order, and another class of service', () => {
    const { resize } = setUp();
    expect(errorsOf(resize({ containers: [{ name: 'x', image: 'b' }] }, 'merge'))).toContain(
      'spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize',
    );
    const { resize: best } = setUp(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: b}]}',
    );
    expect(errorsOf(best(c({ requests: { cpu: '1' } })))).toContain(
      'spec: Invalid value: "BestEffort": Pod QOS Class may not change as a result of resizing',
    );
  });

  // plugin/pkg/admission/podresize/admission.go
  it('refuses what the node has not', () => {
    const { resize } = setUp();
    expect(resize(c({ requests: { cpu: '3', memory: '5Gi' }, limits: { cpu: '3', memory: '5Gi' } })).body.message).toBe(
      'pods "web" is forbidden: node didn\'t have enough allocatable resources: cpu, requested: 3000, allocatable: 2000; memory, requested: 5368709120, allocatable: 4294967296',
    );
  });

  // plugin/pkg/admission/nodedeclaredfeatures/admission.go
  it('asks the node for what only some nodes can do', () => {
    const { resize } = setUp();
    expect(resize({ resources: { requests: { cpu: '1' } } }, 'merge').body.message).toBe(
      'pods "web" is forbidden: pod update requires features InPlacePodLevelResourcesVerticalScaling which are not available on node "n1"',
    );
    expect(resize({ initContainers: [{ name: 'i', resources: { requests: { cpu: '20m' } } }] }).code).toBe(200);
  });

  it('is judged by limit ranges and quotas', () => {
    const { ask, resize } = setUp();
    const limits =
      'apiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\nspec: {limits: [{type: Container, max: {cpu: 250m}}]}';
    ask({ verb: 'create', resource: 'limitranges', body: yaml(limits) });
    expect(resize(c({ limits: { cpu: '300m' } })).body.message).toBe(
      'pods "web" is forbidden: maximum cpu usage per Container is 250m, but limit is 300m',
    );
  });

  it('is none of another kind, and no door for a Pod that is not there', () => {
    const { ask } = setUp();
    expect(ask({ verb: 'get', resource: 'pods', name: 'web', subresource: 'resize' }).code).toBe(200);
    expect(ask({ verb: 'patch', resource: 'pods', name: 'no', subresource: 'resize', body: {} }).code).toBe(404);
  });
});

// pkg/apis/core/validation/validation.go `validateInitContainers`
it('lets no init container be restarted for a resize', () => {
  const { ask } = server();
  const text = `
apiVersion: v1
kind: Pod
metadata: {name: z}
spec:
  restartPolicy: Never
  initContainers: [{name: i, image: b, resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]}]
  containers: [{name: c, image: b}]`;
  expect(errorsOf(ask({ verb: 'create', resource: 'pods', body: yaml(text) }))).toEqual([
    "spec.initContainers[0].resizePolicy: Invalid value: \"RestartContainer\": must be 'NotRequired' when pod `restartPolicy` is 'Never'",
    'spec.initContainers[0].resizePolicy[0].restartPolicy: Invalid value: "RestartContainer": must not be set to \'RestartContainer\' for non-sidecar initContainers',
  ]);
});
