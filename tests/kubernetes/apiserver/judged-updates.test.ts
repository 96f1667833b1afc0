import { describe, expect, it } from 'vitest';
import { findKind, splitApiVersion } from '@/kubernetes/api/registry';
import type { JsonObject } from '@/kubernetes/api/object';
import type { ApiRequest, ApiResponse } from '@/kubernetes/apiserver/request';
import { isObject } from '@/kubernetes/api/object';
import { errorsOf } from '../api/verdict';
import { objectOf, server, yaml } from './server';

type Change = (object: JsonObject) => void;

/** Creates `text`, changes what is there, and puts it back. */
function put(text: string, change: Change, request: Partial<ApiRequest> = {}): ApiResponse {
  const { ask } = server();
  const body = yaml(text);
  const [group, version] = splitApiVersion(String(body.apiVersion));
  const info = findKind(group, version, String(body.kind));
  const metadata = isObject(body.metadata) ? body.metadata : {};
  const place = {
    group,
    resource: info?.plural ?? '',
    namespace: info?.namespaced ? 'default' : undefined,
  };
  const live = objectOf(ask({ verb: 'create', ...place, body }));
  const next = structuredClone(live);
  change(next as unknown as JsonObject);
  return ask({ verb: 'update', ...place, name: String(metadata.name), body: next, ...request });
}

const at = (object: JsonObject, ...keys: string[]): JsonObject =>
  keys.reduce<JsonObject>((inner, key) => (isObject(inner[key]) ? inner[key] : (inner[key] = {})), object);

describe('the rules of a changed object come in the order of its kind', () => {
  // pkg/apis/rbac/validation/validation.go `ValidateRoleBindingUpdate`
  it('a RoleBinding whole, then what may not change', () => {
    const text = `{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}}`;
    const answer = put(text, (object) => {
      at(object, 'roleRef').kind = 'Wrong';
    });
    expect(errorsOf(answer)).toEqual([
      'roleRef.kind: Unsupported value: "Wrong": supported values: "Role", "ClusterRole"',
      'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Wrong","Name":"r"}: cannot change roleRef',
    ]);
  });

  // pkg/apis/scheduling/validation/validation.go `ValidatePriorityClassUpdate`: the content is not looked at
  it('of a PriorityClass only what may not change', () => {
    const text = `{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 1}`;
    const answer = put(text, (object) => {
      object.preemptionPolicy = '';
    });
    expect(errorsOf(answer)).toEqual(['preemptionPolicy: Invalid value: "": field is immutable']);
  });

  // pkg/apis/core/validation/validation.go `ValidateNode`, `ValidateNodeUpdate`
  it('the taints of a Node twice', () => {
    const text = `{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {podCIDR: 10.0.0.0/24}}`;
    const answer = put(text, (object) => {
      Object.assign(at(object, 'spec'), { podCIDRs: ['10.0.1.0/24'], podCIDR: '', taints: [{ key: 'a' }] });
    });
    expect(errorsOf(answer)).toEqual([
      'metadata.taints[0].effect: Required value',
      'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
      'metadata.taints[0].effect: Required value',
    ]);
  });

  // pkg/apis/discovery/validation/validation.go `ValidateEndpointSlice`: endpoints that stay are not judged again
  it('an EndpointSlice by its new type', () => {
    const text = `{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: [10.0.0.1]}], ports: []}`;
    const same = put(text, (object) => void (object.addressType = 'IPv6'));
    expect(errorsOf(same)).toEqual(['addressType: Invalid value: "IPv6": field is immutable']);
    const other = put(text, (object) => {
      Object.assign(object, { addressType: 'IPv6', endpoints: [{ addresses: ['10.0.0.2'] }] });
    });
    expect(errorsOf(other)).toEqual([
      'endpoints[0].addresses: Invalid value: "10.0.0.2": must be an IPv6 address',
      'addressType: Invalid value: "IPv6": field is immutable',
    ]);
  });

  // pkg/apis/apps/validation/validation.go `ValidateStatefulSetUpdate`: claim templates cannot change anyway
  it('the claim templates of a StatefulSet not at all', () => {
    const text = `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}`;
    const answer = put(text, (object) => {
      at(object, 'spec').volumeClaimTemplates = [{ metadata: { name: 'd' }, spec: {} }];
    });
    expect(errorsOf(answer).map((error) => error.slice(0, 52))).toEqual([
      'spec: Forbidden: updates to statefulset spec for fie',
    ]);
  });

  // pkg/apis/core/validation/validation.go `ValidatePersistentVolumeUpdate`
  it('a volume stays on what it was made of', () => {
    const text = `{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /a}}}`;
    const answer = put(text, (object) => {
      at(object, 'spec', 'hostPath').path = '/b';
    });
    expect(errorsOf(answer)).toEqual([
      [
        'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
        '@@ -2,7 +2,7 @@',
        '  "GCEPersistentDisk": null,',
        '  "AWSElasticBlockStore": null,',
        '  "HostPath": {',
        '-  "Path": "/a",',
        '+  "Path": "/b",',
        '   "Type": ""',
        '  },',
        '  "Glusterfs": null,',
        '',
      ].join('\n'),
    ]);
  });

  // pkg/registry/networking/ingress/strategy.go `WarningsOnUpdate`
  it('the old annotation of an Ingress is told of once', () => {
    const text = `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: {kubernetes.io/ingress.class: nginx}}, spec: {defaultBackend: {service: {name: s, port: {number: 80}}}}}`;
    expect(put(text, (object) => void (at(object, 'metadata').labels = { a: 'b' })).warnings).toEqual([]);
  });
});

// pkg/registry/batch/job/strategy.go `ValidateUpdate`, after registry/rest/update.go `validateCommonFields`
it('of a Job the registry looks at finalizers before the kind does', () => {
  const text = `{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}`;
  const answer = put(text, (object) => void (at(object, 'metadata').finalizers = ['x']));
  const standard =
    'metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified';
  expect(errorsOf(answer)).toEqual([standard, standard]);
  const empty = put(text, (object) => void (at(object, 'metadata').finalizers = ['']));
  const kinds = errorsOf(empty).map((error) =>
    error
      .replace(/: Invalid.*": /, ' ')
      .split(' ')
      .slice(0, 3)
      .join(' '),
  );
  expect(kinds).toEqual([
    'metadata.finalizers name part',
    'metadata.finalizers name part',
    'metadata.finalizers name part',
    'metadata.finalizers name part',
    'metadata.finalizers[0] name is',
    'metadata.finalizers[0] name is',
  ]);
});

// pkg/apis/batch/validation/validation.go `validatePodTemplateUpdate`
describe('the template of a suspended Job', () => {
  const text = `{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}`;
  const container = (object: JsonObject): JsonObject => {
    const { containers } = at(object, 'spec', 'template', 'spec');
    return Array.isArray(containers) && isObject(containers[0]) ? containers[0] : {};
  };

  it('may ask for other resources and other nodes', () => {
    const answer = put(text, (object) => {
      container(object).resources = { requests: { cpu: '1' } };
      at(object, 'spec', 'template', 'spec').nodeSelector = { a: 'b' };
    });
    expect(answer.code).toBe(200);
  });

  it('may not have another image', () => {
    const answer = put(text, (object) => void (container(object).image = 'j'));
    expect(errorsOf(answer)[0]).toMatch(/^spec\.template\.spec: Invalid value: \{"Volumes".*: field is immutable$/);
  });
});

describe('which version was read', () => {
  const config = `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}`;
  const lease = `{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: a}}`;
  const version = (value: string) => (object: JsonObject) => void (at(object, 'metadata').resourceVersion = value);

  // apiserver/pkg/storage/api_object_versioner.go
  it('is a number', () => {
    const { code, body } = put(config, version('x'));
    expect([code, body.message]).toEqual([500, 'strconv.ParseUint: parsing "x": invalid syntax']);
  });

  // pkg/registry/coordination/lease/strategy.go `AllowUnconditionalUpdate`
  it('may be left out of some kinds only', () => {
    expect(put(config, version('')).code).toBe(200);
    expect(errorsOf(put(lease, version('')))).toEqual([
      'metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    ]);
  });
});

describe('a patch', () => {
  const patch = (body: JsonObject, patchType: 'strategic' | 'merge' = 'strategic') => {
    const { ask } = server();
    const text = `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}`;
    objectOf(ask({ verb: 'create', resource: 'services', body: yaml(text) }));
    return ask({ verb: 'patch', resource: 'services', name: 'a', patchType, body, fieldValidation: 'Strict' });
  };

  // handlers/rest.go `checkName`
  it('may not take the name away', () => {
    const text = 'the name of the object (a based on URL) was undeterminable: name must be provided';
    expect(patch({ metadata: { name: null } }).body.message).toBe(text);
    expect(patch({ metadata: null }, 'merge').body.message).toBe(text);
  });

  // staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go `validatePatchWithSetOrderList`
  it('has its items in the order that it says', () => {
    const ports = [{ port: 81 }, { port: 80, name: 'a' }];
    const order = { '$setElementOrder/ports': [{ port: 80 }, { port: 81 }] };
    expect(patch({ spec: { ports, ...order } }).body.message).toBe(
      "The order in patch list:\n[map[port:81] map[name:a port:80]]\n doesn't match $setElementOrder list:\n[map[port:80] map[port:81]]\n",
    );
    expect(patch({ spec: { '$setElementOrder/ports': [{}] } }).body.message).toBe(
      'map: map[] does not contain declared merge key: port',
    );
  });

  // `discardNullValuesFromPatch`
  it('is printed without the nulls of what is new', () => {
    const { body } = patch({ metadata: { labels: { a: null } }, bogus: 1 });
    expect(body.message).toBe(
      ' "" is invalid: patch: Invalid value: "map[bogus:1 metadata:map[labels:map[]]]": strict decoding error: unknown field "bogus"',
    );
  });
});

describe('a patch of an object without a namespace', () => {
  // registry/rest/meta.go `EnsureObjectNamespaceMatchesRequestNamespace`
  it('may name one: it is not kept', () => {
    const { ask } = server();
    objectOf(
      ask({
        verb: 'create',
        resource: 'namespaces',
        namespace: undefined,
        body: yaml('{apiVersion: v1, kind: Namespace, metadata: {name: a}}'),
      }),
    );
    const body = { metadata: { namespace: 'b' } };
    const answer = ask({
      verb: 'patch',
      resource: 'namespaces',
      namespace: undefined,
      name: 'a',
      patchType: 'merge',
      body,
    });
    expect([answer.code, objectOf(answer).metadata.namespace]).toEqual([200, undefined]);
  });
});

// staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go `sliceElementType`
it('a list that is merged holds things of one kind', () => {
  const { ask } = server();
  objectOf(
    ask({
      verb: 'create',
      resource: 'services',
      body: yaml('{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}'),
    }),
  );
  const body = { spec: { ports: ['x'] } };
  expect(ask({ verb: 'patch', resource: 'services', name: 'a', patchType: 'strategic', body }).body.message).toBe(
    'list element types are not identical: [[map[port:80 protocol:TCP targetPort:80]] [x]]',
  );
});
