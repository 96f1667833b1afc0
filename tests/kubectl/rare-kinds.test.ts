import { expect, it } from 'vitest';
import { cluster } from './run';

// pkg/printers/internalversion/printers.go
it.each([
  [
    'validatingadmissionpolicies',
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: vap}\nspec:\n  paramKind: {apiVersion: v1, kind: ConfigMap}\n  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}\n  validations: [{expression: "true"}]\n',
    'NAME   VALIDATIONS   PARAMKIND      AGE\nvap    1             v1/ConfigMap   0s\n',
  ],
  [
    'validatingadmissionpolicybindings',
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec: {policyName: vap, validationActions: [Deny], paramRef: {name: x, parameterNotFoundAction: Deny}}\n',
    'NAME   POLICYNAME   PARAMREF   AGE\nb      vap          */x        0s\n',
  ],
  [
    'csidrivers',
    'apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: d.io}\nspec: {attachRequired: false, volumeLifecycleModes: [Persistent, Ephemeral]}\n',
    'NAME   ATTACHREQUIRED   PODINFOONMOUNT   STORAGECAPACITY   TOKENREQUESTS   REQUIRESREPUBLISH   MODES                  AGE\nd.io   false            false            false             <unset>         false               Persistent,Ephemeral   0s\n',
  ],
  [
    'flowschemas',
    'apiVersion: flowcontrol.apiserver.k8s.io/v1\nkind: FlowSchema\nmetadata: {name: f}\nspec: {priorityLevelConfiguration: {name: low}, matchingPrecedence: 5}\n',
    'NAME   PRIORITYLEVEL   MATCHINGPRECEDENCE   DISTINGUISHERMETHOD   AGE   MISSINGPL\nf      low             5                    <none>                0s    ?\n',
  ],
  [
    'apiservices',
    'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: v1.x.io}\nspec: {group: x.io, version: v1, groupPriorityMinimum: 10, versionPriority: 10, insecureSkipTLSVerify: true, service: {name: s, namespace: ns}}\n',
    'NAME      SERVICE   AVAILABLE   AGE\nv1.x.io   ns/s      Unknown     0s\n',
  ],
])('%s', (type, manifest, table) => {
  expect(cluster(manifest)(['get', type]).stdout).toBe(table);
});

// kubectl/pkg/describe/describe.go `genericDescriber`: what an object does not have is not described.
it('describes an object without a status without one', () => {
  const manifest = 'apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: r}\nhandler: x\n';
  expect(cluster(manifest)(['describe', 'runtimeclass', 'r']).stdout).not.toMatch(/^(Spec|Status):/m);
});

// kubectl/pkg/describe/describe.go `printHostPathVolumeSource`, `printNFSVolumeSource`, `printCSIVolumeSource`
it('describes the volumes of Pods and PersistentVolumes in the same words', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers: [{name: c, image: nginx}]
  volumes:
  - {name: h, hostPath: {path: /h}}
  - {name: m, nfs: {server: s, path: /n}}
  - {name: d, csi: {driver: d.io, volumeAttributes: {a: b}}}
`;
  const { stdout } = cluster(pod)(['describe', 'pod', 'p']);
  expect(stdout).toContain(
    '  h:\n    Type:          HostPath (bare host directory volume)\n    Path:          /h\n    HostPathType:  \n',
  );
  expect(stdout).toContain('    Server:    s\n    Path:      /n\n    ReadOnly:  false\n');
  expect(stdout).toContain('    Driver:            d.io\n    FSType:            \n    ReadOnly:          false\n');
  expect(stdout).toMatch(/\n {4}VolumeAttributes: +a=b\n/);
  const volume =
    'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v}\nspec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], nfs: {server: s, path: /n}}\n';
  expect(cluster(volume)(['describe', 'pv', 'v']).stdout).toContain(
    '    Server:    s\n    Path:      /n\n    ReadOnly:  false\n',
  );
});

// kubectl/pkg/describe/describe.go `describePersistentVolumeClaim`, `describePersistentVolume`
it('says of a claim and a volume that wait for their finalizers how long they have been ending', () => {
  const held = 'metadata: {name: x, finalizers: [example.com/hold]}';
  const manifest = `apiVersion: v1
kind: PersistentVolumeClaim
${held}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: PersistentVolume
${held}
spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, hostPath: {path: /x}}
`;
  const run = cluster(manifest);
  run(['delete', 'pvc/x', 'pv/x', '--wait=false']);
  expect(run(['describe', 'pvc', 'x']).stdout).toMatch(/^Status: {8}Terminating \(lasts \d+s\)$/m);
  expect(run(['describe', 'pv', 'x']).stdout).toMatch(/^Status: {10}Terminating \(lasts \d+s\)$/m);
});

// kubectl/pkg/describe/describe.go `describeService`
it('describes how the traffic of a Service is spread', () => {
  const spec = 'spec: {ports: [{port: 80}], trafficDistribution: PreferSameNode}';
  const manifest = `apiVersion: v1\nkind: Service\nmetadata: {name: s}\n${spec}\n`;
  expect(cluster(manifest)(['describe', 'svc', 's']).stdout).toMatch(
    /^Internal Traffic Policy: {2}Cluster\nTraffic Distribution: {5}PreferSameNode\nEvents:/m,
  );
});
