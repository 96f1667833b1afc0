import { describe, expect, it } from 'vitest';
import { create, verdict } from './verdict';

const storage = 'apiVersion: storage.k8s.io/v1\nkind:';

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
