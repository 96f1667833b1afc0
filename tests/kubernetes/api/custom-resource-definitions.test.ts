import { describe, expect, it } from 'vitest';
import { create, verdict } from './verdict';

// staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
describe('definitions of custom resources', () => {
  const definition = (version: string, spec = '', name = 'widgets.example.com') => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${name}}
spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, ${version}}]${spec}}`;
  const withSchema = (schema: string) => definition(`storage: true, schema: {openAPIV3Schema: ${schema}}`);
  const root = 'spec.validation.openAPIV3Schema';

  it('fills in names and the version that is stored', () => {
    const { body } = create([withSchema('{type: object}')]);
    expect(body.spec).toMatchObject({
      names: { singular: 'widget', listKind: 'WidgetList' },
      conversion: { strategy: 'None' },
    });
    expect(body.status).toEqual({ conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions: ['v1'] });
  });

  it.each([
    ['{}', [`${root}.type: Required value: must not be empty at the root`]],
    [
      '{type: object, properties: {a: {}, b: {type: array}}}',
      [
        `${root}.properties[a].type: Required value: must not be empty for specified object fields`,
        `${root}.properties[b].items: Required value: must be specified`,
      ],
    ],
    [
      '{type: object, properties: {a: {type: text}}}',
      [
        `${root}.properties[a].type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string"`,
      ],
    ],
    [
      '{type: object, properties: {a: {type: integer, default: x}}}',
      [`${root}.properties[a].default: Invalid value: "string":  in body must be of type integer: "string"`],
    ],
    [
      '{type: object, properties: {a: {type: array, x-kubernetes-list-type: map, items: {type: object}}}}',
      [
        `${root}.properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map`,
      ],
    ],
  ])('judges the schema %s', (schema, errors) => {
    expect(verdict(withSchema(schema))).toEqual(errors);
  });

  it('wants a schema, one version for storage, and its own name', () => {
    expect(verdict(definition('storage: true'))).toEqual(['spec.versions[0].schema.openAPIV3Schema: Required value']);
    const schema = 'schema: {openAPIV3Schema: {type: object}}';
    expect(verdict(definition(`storage: false, ${schema}`))).toEqual([
      'spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":false,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must have exactly one version marked as storage version',
      'status.storedVersions: Invalid value: null: must have at least one stored version',
    ]);
    expect(verdict(definition(`storage: true, ${schema}`, '', 'widget.example.com'))).toEqual([
      'metadata.name: Invalid value: "widget.example.com": must be spec.names.plural+"."+spec.group',
    ]);
  });

  it('warns of formats that mean nothing', () => {
    expect(create([withSchema('{type: object, properties: {a: {type: string, format: port}}}')]).warnings).toEqual([
      'unrecognized format "port"',
    ]);
  });
});

// staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration/validation/validation.go
it('judges an APIService', () => {
  const service = (spec: string) =>
    `{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.example.com}, spec: {group: example.com, version: v1, ${spec}}}`;
  expect(verdict(service('groupPriorityMinimum: 0, versionPriority: 1001, insecureSkipTLSVerify: true'))).toEqual([
    'spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000',
    'spec.versionPriority: Invalid value: 1001: must be positive and less than 1000',
    'spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have insecureSkipTLSVerify',
  ]);
});
