import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/kubernetes/api/object';
import { isObject } from '@/kubernetes/api/object';
import { objectOf, server, yaml } from './server';

const web = `{apiVersion: v1, kind: Service, metadata: {name: a, namespace: default}, spec: {ports: [{port: 80}]}}`;

/** The Service `a`, changed and applied on the server's side by somebody else. */
function applied(change: (object: JsonObject) => void, force = true) {
  const { ask } = server();
  objectOf(ask({ verb: 'create', resource: 'services', body: yaml(web), fieldManager: 'first' }));
  const body = yaml(web);
  change(body);
  const { code, body: answer } = ask({
    verb: 'patch',
    resource: 'services',
    name: 'a',
    patchType: 'apply',
    fieldManager: 'second',
    force,
    body,
  });
  return { code, answer };
}

function spec(object: JsonObject): JsonObject {
  return isObject(object.spec) ? object.spec : {};
}

// sigs.k8s.io/structured-merge-diff/typed/validate.go, helpers.go
describe('a configuration that its schema cannot read', () => {
  it.each([
    [[{ port: 80 }, null], '.spec.ports: element 1: associative list with keys may not have a null element'],
    [[{ port: 80 }, 'x'], '.spec.ports: element 1: associative list with keys may not have non-map elements'],
    [[{ port: 80 }, { port: 80 }], '.spec.ports: duplicate entries for key [port=80,protocol="TCP"]'],
    ['x', '.spec.ports: expected list, got &{x}'],
    [
      [{ port: 80, name: { b: 1, a: 'x' } }],
      '.spec.ports[port=80,protocol="TCP"].name: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":"x", "b":1}}',
    ],
    [
      [{ port: 80, targetPort: ['x'] }],
      '.spec.ports[port=80,protocol="TCP"].targetPort: expected any scalar, got &{[x]}',
    ],
  ])('%j', (ports, why) => {
    const { code, answer } = applied((object) => void (spec(object).ports = ports));
    expect([code, answer.message]).toEqual([
      500,
      `failed to create typed patch object (default/a; /v1, Kind=Service): ${why}`,
    ]);
  });

  it('tells several a line each, and of one map one unknown field', () => {
    const { answer } = applied((object) => {
      Object.assign(spec(object), { ports: 1, a: 1, b: 2 });
    });
    expect(answer.message).toBe(
      'failed to create typed patch object (default/a; /v1, Kind=Service): errors:\n  .spec.ports: expected list, got &{1}\n  .spec.a: field not declared in schema',
    );
  });
});

// apimachinery/pkg/util/managedfields/internal/structuredmerge.go `Apply`
describe('a configuration', () => {
  it('is of the version that is asked', () => {
    const { code, answer } = applied((object) => void (object.apiVersion = 'v2'));
    expect([code, answer.message]).toEqual([
      400,
      'Incorrect version specified in apply patch. Specified patch version: v2, expected: v1',
    ]);
  });

  it('says nothing of managers', () => {
    const { answer } = applied((object) => void Object.assign(object.metadata as object, { managedFields: [] }));
    expect(answer.message).toBe('metadata.managedFields must be nil');
  });

  it('keeps to the name that is asked for', () => {
    const { code, answer } = applied((object) => void Object.assign(object.metadata as object, { name: 'b' }));
    expect([code, answer.message]).toEqual([400, 'the name of the object (b) does not match the name on the URL (a)']);
  });

  it('that cannot be read tells so after the conflicts', () => {
    const wrong = (object: JsonObject) =>
      void Object.assign(spec(object), { sessionAffinityConfig: { clientIP: { timeoutSeconds: 1.5 } } });
    expect(applied(wrong).answer.message).toMatch(
      /^failed to convert new object \(default\/a; \/v1, Kind=Service\) to proper version: unable to convert unstructured object to \/v1, Kind=Service: /,
    );
  });

  // typed/merge.go `visitMapItems`
  it('leaves alone what it calls null, if that holds other things', () => {
    const { answer } = applied((object) => void (spec(object).ports = null), false);
    expect(answer).toMatchObject({ spec: { ports: [{ port: 80 }] } });
  });

  // fieldpath/set.go `Iterate`
  it('is in conflict over what ends at a step before what goes on', () => {
    const { answer } = applied((object) => {
      Object.assign(spec(object), { type: 'NodePort', ports: [{ port: 80, targetPort: 81 }], selector: { a: 'b' } });
    }, false);
    expect(answer.message).toBe(
      'Apply failed with 2 conflicts: conflicts with "first" using v1:\n- .spec.type\n- .spec.ports[port=80,protocol="TCP"].targetPort',
    );
  });
});
