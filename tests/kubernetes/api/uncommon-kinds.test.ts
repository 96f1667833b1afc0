import { describe, expect, it } from 'vitest';
import { create, errorsOf, verdict } from './verdict';

const storage = 'apiVersion: storage.k8s.io/v1\nkind:';
const networking = 'apiVersion: networking.k8s.io/v1\nkind:';
const flowcontrol = 'apiVersion: flowcontrol.apiserver.k8s.io/v1\nkind:';
const registration = 'apiVersion: admissionregistration.k8s.io/v1\nkind:';
const path = "must consist of lower case alphanumeric characters, '-' or '.', and must start and end with";

// pkg/apis/storage/validation/validation.go
describe('storage', () => {
  const metadata = '\nmetadata: {name: a}\n';

  it.each([
    [
      'CSIDriver',
      'spec: {fsGroupPolicy: Any, tokenRequests: [{audience: a, expirationSeconds: 1}, {audience: a}], volumeLifecycleModes: [Once]}',
      [
        'spec.fsGroupPolicy: Unsupported value: "Any": supported values: "File", "None", "ReadWriteOnceWithFSType"',
        'spec.tokenRequests[0].expirationSeconds: Invalid value: 1: may not specify a duration less than 10 minutes',
        'spec.tokenRequests[1].audience: Duplicate value: "a"',
        'spec.volumeLifecycleModes: Unsupported value: "Once": supported values: "Persistent", "Ephemeral"',
      ],
    ],
    [
      'CSINode',
      'spec: {drivers: [{name: a, nodeID: "", topologyKeys: [k, k]}, {name: a, nodeID: b, allocatable: {count: -1}}]}',
      [
        'spec.drivers[0].nodeID: Required value',
        'spec.drivers[0]: Duplicate value: "k"',
        'spec.drivers[1].allocatable.count: Invalid value: -1: must be greater than or equal to 0',
        'spec.drivers[1].name: Duplicate value: "a"',
      ],
    ],
    [
      'CSIStorageCapacity',
      'storageClassName: fast\ncapacity: -1Gi',
      ['capacity: Invalid value: "-1Gi": must be greater than or equal to 0'],
    ],
    [
      'VolumeAttachment',
      'spec: {attacher: a, nodeName: b, source: {}}',
      ['spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName'],
    ],
    [
      'VolumeAttachment',
      'spec: {attacher: a, nodeName: b, source: {inlineVolumeSpec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}}}',
      [
        'spec.source.inlineVolumeSpec.capacity: Forbidden: may not be specified in the context of inline volumes',
        'spec.source.inlineVolumeSpec.csi: Required value: has to be specified in the context of inline volumes',
        'spec.source.inlineVolumeSpec: Required value: must specify a volume type',
      ],
    ],
    [
      'VolumeAttributesClass',
      'driverName: ""',
      ['driverName: Required value', 'parameters: Required value: must contain at least one key/value pair'],
    ],
    [
      'StorageClass',
      'provisioner: a\nparameters: {"": x}\nallowedTopologies: [{}]',
      [
        'parameters: Invalid value: "": field can not be empty.',
        'allowedTopologies[0].matchLabelExpressions: Duplicate value: ""',
      ],
    ],
  ])('%s with %s', (kind, fields, errors) => {
    expect(verdict(`${storage} ${kind}${metadata}${fields}`)).toEqual(errors);
  });

  it('fills in a driver, and warns of tokens that are logged', () => {
    const { body, warnings } = create([`${storage} CSIDriver${metadata}spec: {tokenRequests: [{audience: a}]}`]);
    expect(body.spec).toMatchObject({ attachRequired: true, fsGroupPolicy: 'ReadWriteOnceWithFSType' });
    expect(warnings).toEqual([
      'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes',
    ]);
  });

  // plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go
  it('keeps a class of attributes while it is in use', () => {
    const { body } = create([`${storage} VolumeAttributesClass${metadata}driverName: a\nparameters: {k: v}`]);
    expect(body.metadata).toHaveProperty('finalizers', ['kubernetes.io/vac-protection']);
  });

  // pkg/apis/core/validation/validation.go `ValidatePersistentVolumeSpec`
  it.each([
    ['local: {path: /a}', ['spec.nodeAffinity: Required value: Local volume requires node affinity']],
    [
      'glusterfs: {endpoints: a, path: b, endpointsNamespace: ""}',
      [
        'spec.glusterfs.endpointsNamespace: Invalid value: "": if the endpointnamespace is set, it must be a valid namespace name',
      ],
    ],
    ['cinder: {volumeID: a, secretRef: {name: b}}', ['spec.cinder.secretRef.namespace: Required value']],
    [
      'nfs: {server: a, path: /b}, hostPath: {path: /a}',
      ['spec.nfs: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      'nfs: {server: a, path: /b}, volumeAttributesClassName: ""',
      [
        'spec.volumeAttributesClassName: Required value: an empty string is disallowed',
        'spec.csi: Required value: has to be specified when using volumeAttributesClassName',
      ],
    ],
  ])('a PersistentVolume of %s', (source, errors) => {
    const spec = `spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], ${source}}`;
    expect(verdict(`apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\n${spec}`)).toEqual(errors);
  });
});

// pkg/apis/networking/validation/validation.go
describe('networking', () => {
  it.each([
    [
      'IngressClass',
      'a',
      'controller: example, parameters: {kind: K, name: x, scope: Namespace}',
      [
        'spec.controller: Invalid value: "example": must be a domain-prefixed path (such as "acme.io/foo")',
        "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
      ],
    ],
    [
      'IPAddress',
      '2001:DB8::1',
      'parentRef: {resource: services, name: s}',
      ['metadata.name: Invalid value: "2001:DB8::1": must be in canonical form ("2001:db8::1")'],
    ],
    ['IPAddress', '10.0.0.1', '', ['spec.parentRef: Required value']],
    [
      'ServiceCIDR',
      'a',
      'cidrs: [10.0.0.0/24, 10.0.1.0/24]',
      [
        'spec.cidrs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
      ],
    ],
  ])('%s %s {%s}', (kind, name, spec, errors) => {
    expect(verdict(`${networking} ${kind}\nmetadata: {name: "${name}"}\nspec: {${spec}}`)).toEqual(errors);
  });
});

// pkg/apis/apps/validation/validation.go `ValidateControllerRevisionCreate`
it('asks a ControllerRevision for an object', () => {
  const revision = (data: string) =>
    verdict(`apiVersion: apps/v1\nkind: ControllerRevision\nmetadata: {name: a}\nrevision: 1\n${data}`);
  expect(revision('')).toEqual(['data: Required value: data is mandatory']);
  expect(revision('data: [1]')).toEqual(['data: Required value: data must be a valid JSON object']);
});

// pkg/apis/flowcontrol/validation/validation.go
describe('priority and fairness', () => {
  it('judges queues and what they are for', () => {
    const level = `${flowcontrol} PriorityLevelConfiguration\nmetadata: {name: a}\nspec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 64, handSize: 20}}}}`;
    expect(verdict(level)).toEqual([
      'spec.limited.limitResponse.queuing.handSize: Invalid value: 20: required entropy bits of deckSize 64 and handSize 20 should not be greater than 60',
    ]);
    expect(verdict(`${flowcontrol} PriorityLevelConfiguration\nmetadata: {name: a}\nspec: {type: Exempt}`)).toEqual([
      "spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only if `name` is 'exempt'",
    ]);
  });

  it('judges schemas', () => {
    const rules =
      'rules: [{subjects: [{kind: User, group: {name: g}}], nonResourceRules: [{verbs: [read], nonResourceURLs: ["/a*"]}]}]';
    const schema = `${flowcontrol} FlowSchema\nmetadata: {name: a}\nspec: {priorityLevelConfiguration: {name: x}, ${rules}}`;
    expect(verdict(schema)).toEqual([
      "spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User'",
      "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'",
      'spec.rules[0].nonResourceRules[0].verbs: Unsupported value: ["read"]: supported values: "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"',
      'spec.rules[0].nonResourceRules[0].nonResourceURLs[0]: Invalid value: "/a*": wildcard can only do suffix matching',
    ]);
  });
});

// pkg/apis/admissionregistration/validation/validation.go
describe('webhooks and mutating policies', () => {
  const hook = (fields: string) =>
    verdict(`${registration} ValidatingWebhookConfiguration\nmetadata: {name: a}\nwebhooks: [{${fields}}]`);

  it('judges a webhook', () => {
    expect(
      hook('name: a.b, clientConfig: {url: "http://x"}, admissionReviewVersions: [v2], timeoutSeconds: 31'),
    ).toEqual([
      'webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots',
      'webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun',
      'webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
      'webhooks[0].clientConfig.url: Invalid value: "http": \'https\' is the only allowed URL scheme; desired format: https://host[/path]',
      'webhooks[0].admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
    ]);
  });

  it('judges the Service of a webhook', () => {
    const service = 'clientConfig: {service: {name: s, namespace: "", path: "/A//b", port: 0}}';
    expect(hook(`name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], ${service}`)).toEqual([
      'webhooks[0].clientConfig.service.name: Required value',
      'webhooks[0].clientConfig.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive',
      `webhooks[0].clientConfig.service.path: Invalid value: "/A//b": segment[0]: a lowercase RFC 1123 subdomain ${path} an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      'webhooks[0].clientConfig.service.path: Invalid value: "/A//b": segment[1] may not be empty',
    ]);
  });

  it('judges a mutating policy', () => {
    const rule = '{operations: [DELETE], apiGroups: [""], apiVersions: [v1], resources: [pods]}';
    const text = `${registration} MutatingAdmissionPolicy\nmetadata: {name: a}\nspec: {matchConstraints: {resourceRules: [${rule}]}, mutations: [{patchType: JSONPatch, applyConfiguration: {expression: "1"}}]}`;
    expect(verdict(text)).toEqual([
      'spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
      'spec.mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch',
      'spec.mutations[0].applyConfiguration: Invalid value: "{applyConfiguration}": must not be specified when patchType is JSONPatch',
      'spec.reinvocationPolicy: Required value',
    ]);
  });
});

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

// pkg/apis/resource/validation/validation.go
describe('claims of devices', () => {
  const claim = (devices: string) =>
    `{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: ${devices}}}`;

  it('asks for one device where nothing is said', () => {
    expect(create([claim('{requests: [{name: r, exactly: {deviceClassName: gpu}}]}')]).body.spec).toEqual({
      devices: {
        requests: [{ name: 'r', exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1 } }],
      },
    });
  });

  it.each([
    [
      '{requests: [{name: r}]}',
      ['spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required'],
    ],
    [
      '{requests: [{name: r, exactly: {deviceClassName: gpu, allocationMode: All, count: 1}}]}',
      ["spec.devices.requests[0].exactly.count: Invalid value: 1: must not be specified when allocationMode is 'All'"],
    ],
    [
      '{requests: [{name: r, exactly: {deviceClassName: gpu}}], constraints: [{requests: [x], matchAttribute: model}]}',
      [
        'spec.devices.constraints[0].requests[0]: Invalid value: "x": must be the name of a request in the claim or the name of a request and a subrequest separated by \'/\'',
        'spec.devices.constraints[0].matchAttribute: Invalid value: "model": a fully qualified name must be a domain and a name separated by a slash',
      ],
    ],
    [
      '{requests: [{name: r, exactly: {deviceClassName: gpu, selectors: [{cel: {expression: "1"}}]}}]}',
      [
        'spec.devices.requests[0].exactly.selectors[0].cel.expression: Invalid value: "1": must evaluate to bool or the unknown type, not int',
      ],
    ],
  ])('%s', (devices, errors) => {
    expect(verdict(claim(devices))).toEqual(errors);
  });
});

// pkg/apis/certificates/validation/validation.go
describe('a request for a certificate', () => {
  const request = (spec: string) =>
    `{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: jane}, spec: {${spec}}}`;
  const pem = (der: string) =>
    btoa(`-----BEGIN CERTIFICATE REQUEST-----\n${btoa(der)}\n-----END CERTIFICATE REQUEST-----\n`);

  it('is refused for what it holds, for whom and for how long', () => {
    const spec = 'request: aGk=, signerName: foo, usages: [client auth, client auth], expirationSeconds: 7';
    expect(verdict(request(spec))).toEqual([
      'spec.request: Invalid value: "aGk=": PEM block type must be CERTIFICATE REQUEST',
      'spec.usages[1]: Duplicate value: "client auth"',
      'spec.signerName: Invalid value: "foo": must be a fully qualified domain and path of the form \'example.com/signer-name\'',
      'spec.expirationSeconds: Invalid value: 7: may not specify a duration less than 600 seconds (10 minutes)',
    ]);
    const legacy = `request: ${pem('0\x03\x02')}, signerName: kubernetes.io/legacy-unknown`;
    expect(verdict(request(legacy))).toEqual([
      `spec.request: Invalid value: "${pem('0\x03\x02')}": asn1: syntax error: data truncated`,
      'spec.usages: Required value',
      'spec.signerName: Invalid value: "kubernetes.io/legacy-unknown": the legacy signerName is not allowed via this API version',
    ]);
  });

  // pkg/apis/core/validation/names.go `ValidateSignerName`
  it('names a signer by a domain and a name', () => {
    expect(verdict(request(`request: ${pem('0\x00')}, signerName: foo/bar, usages: [any]`))).toEqual([
      'spec.signerName: Invalid value: "foo": should be a domain with at least two segments separated by dots',
    ]);
    const wrong = verdict(request(`request: ${pem('0\x00')}, signerName: a..b/C, usages: [any]`));
    expect(wrong.map((text) => text.slice(0, 66))).toEqual([
      'spec.signerName: Invalid value: "a..b": validating label "": a low',
      'spec.signerName: Invalid value: "C": validating label "C": a lower',
    ]);
  });

  it('is written down as the wish of who made it', () => {
    const spec = `request: ${pem('0\x00')}, signerName: a.b/c, usages: [any], username: other`;
    expect(create([request(spec)]).body).toMatchObject({
      spec: {
        username: 'kubernetes-admin',
        groups: ['system:masters', 'kubeadm:cluster-admins', 'system:authenticated'],
      },
      status: {},
    });
  });
});

describe('priority classes', () => {
  const named = (name: string) =>
    `{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: ${name}}, value: 1, globalDefault: true}`;

  // pkg/apis/scheduling/v1/helpers.go `SystemPriorityClasses`
  it('are there for the system from the beginning', () => {
    const text =
      '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: system-node-critical}, value: 2000001000}';
    expect(verdict(text)).toEqual(['priorityclasses.scheduling.k8s.io "system-node-critical" already exists']);
  });

  // plugin/pkg/admission/priority/admission.go `validatePriorityClass`
  it('are the default one at a time', () => {
    expect(errorsOf(create([named('a'), named('b')]))).toEqual([
      'priorityclasses.scheduling.k8s.io "b" is forbidden: PriorityClass a is already marked as default. Only one default can exist',
    ]);
  });
});

// apimachinery/pkg/api/errors/errors.go `NewGenerateNameConflict`
it('a name that is taken is told otherwise where one could have been drawn', () => {
  const config = (more: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: a${more}}}`;
  const { body } = create([config(''), config(', generateName: b-')]);
  expect(body).toMatchObject({
    message: 'configmaps "a" already exists, the server was not able to generate a unique name for the object',
    details: { name: 'a', kind: 'configmaps', retryAfterSeconds: 1 },
  });
});
