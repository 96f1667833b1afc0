import { describe, expect, it } from 'vitest';
import { mentionsDescribe } from '@/kubectl/describe/load';
import { parseCertificateRequest } from '@/kubectl/describe/uncommon/certificate-request';
import { cluster } from './run';

/** What `kubectl describe` says of an object that was created from a manifest, from the line that begins with `from`. */
function described(manifest: string, name: string, from = 'Name:'): string {
  const run = cluster();
  expect(run(['create', '-f', '-'], manifest).code).toBe(0);
  const { stdout, stderr } = run(['describe', name]);
  expect(stderr).toBe('');
  return stdout.slice(stdout.indexOf(from));
}

const volume = (name: string, source: string) =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: ${name}}\nspec: {capacity: {storage: 5Gi}, accessModes: [ReadWriteMany], ${source}}\n`;

it('is loaded for lines that describe something', () => {
  expect(mentionsDescribe('k describe csr x')).toBe(true);
  expect(mentionsDescribe('kubectl get pods')).toBe(false);
});

// kubectl/pkg/describe/describe.go `describePersistentVolume`
describe('the sources of volumes that have gone out of use', () => {
  it.each([
    [
      'iscsi: {targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:s", lun: 0, secretRef: {name: s, namespace: ns}}',
      `Source:
    Type:               ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)
    TargetPortal:       10.0.0.1:3260
    IQN:                iqn.2001-04.com.example:s
    Lun:                0
    ISCSIInterface      default
    FSType:             
    ReadOnly:           false
    Portals:            []
    DiscoveryCHAPAuth:  false
    SessionCHAPAuth:    false
    SecretRef:          &SecretReference{Name:s,Namespace:ns,}
    InitiatorName:      <none>
Events:                 <none>
`,
    ],
    [
      'cinder: {volumeID: d}',
      `Source:
    Type:       Cinder (a Persistent Disk resource in OpenStack)
    VolumeID:   d
    FSType:     
    ReadOnly:   false
    SecretRef:  nil
Events:         <none>
`,
    ],
    [
      'flexVolume: {driver: a/b, options: {k: v, a: b}}',
      `Source:
    Type:       FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)
    Driver:     a/b
    FSType:     
    SecretRef:  nil
    ReadOnly:   false
    Options:    map[a:b k:v]
Events:         <none>
`,
    ],
    [
      'fc: {targetWWNs: [a, b], lun: 2}',
      `Source:
    Type:        FC (a Fibre Channel disk)
    TargetWWNs:  a, b
    LUN:         2
    FSType:      
    ReadOnly:    false
Events:          <none>
`,
    ],
  ])('%s', (source, text) => expect(described(volume('v', source), 'pv/v', 'Source:')).toBe(text));

  it('says more of what a PersistentVolume refers to', () => {
    const run = cluster();
    const manifest = [
      volume('gl', 'glusterfs: {endpoints: e, path: p}'),
      volume('sio', 'scaleIO: {gateway: g, system: s, volumeName: v, secretRef: {name: a, namespace: b}}'),
      volume('af', 'azureFile: {secretName: s, shareName: sh, secretNamespace: ns}'),
    ].join('---\n');
    run(['create', '-f', '-'], manifest);
    const of = (name: string) => run(['describe', 'pv', name]).stdout;
    expect(of('gl')).toContain(
      '    EndpointsName:       e\n    EndpointsNamespace:  <unset>\n    Path:                p\n',
    );
    expect(of('sio')).toContain(
      '    VolumeName:         v\n    SecretName:         a\n    SecretNamespace:    b\n    FSType:             xfs\n',
    );
    expect(of('af')).toContain('    SecretName:       s\n    SecretNamespace:  ns\n    ShareName:        sh\n');
  });
});

// kubectl/pkg/describe/describe.go `printEphemeralVolumeSource`, `nestedPrefixWriter`
it('describes the claim of an ephemeral volume, set in piece by piece', () => {
  const manifest = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  volumes:
  - {name: rbd, rbd: {monitors: ["10.1.1.1:6789"], image: img, secretRef: {name: s}}}
  - {name: csi, csi: {driver: d.example, volumeAttributes: {b: c, a: d}}}
  - {name: eph, ephemeral: {volumeClaimTemplate: {metadata: {labels: {l: m, o: p}}, spec: {accessModes: [ReadWriteOnce], volumeMode: Block, resources: {requests: {storage: 1Gi}}, dataSource: {kind: PersistentVolumeClaim, name: src}}}}}
  containers: [{name: c, image: nginx, volumeDevices: [{name: eph, devicePath: /dev/b}]}]
`;
  const text = described(manifest, 'pod/p');
  expect(text).toContain('    SecretRef:     &LocalObjectReference{Name:s,}\n    ReadOnly:      false\n');
  expect(text).toContain('    VolumeAttributes:      a=d\n                           b=c\n');
  expect(text).toContain('    Devices:\n      /dev/b from eph\n');
  expect(text).toContain(`    StorageClass:  
    Volume:        
    Labels:            l=m
                       o=p
    Annotations:       <none>
    Capacity:      
    Access Modes:  
    VolumeMode:    Block
    DataSource:
      Kind:  PersistentVolumeClaim
      Name:  src
`);
});

// kubectl/pkg/describe/describe.go `describeCSINode`, `describeVolumeAttributesClass`, `describeIPAddressV1`, `describeServiceCIDRV1`
it.each([
  [
    'apiVersion: storage.k8s.io/v1\nkind: CSINode\nmetadata: {name: n1}\nspec: {drivers: [{name: d.example, nodeID: i, topologyKeys: [zone, rack], allocatable: {count: 8}}, {name: e, nodeID: j}]}\n',
    'csinode/n1',
    'Spec:',
    `Spec:
  Drivers:
    d.example:
      Node ID:  i
      Allocatables:
        Count:        8
      Topology Keys:  [zone rack]
    e:
      Node ID:  j
Events:         <none>
`,
  ],
  [
    'apiVersion: storage.k8s.io/v1\nkind: VolumeAttributesClass\nmetadata: {name: gold}\ndriverName: d.example\nparameters: {iops: "5000", mode: fast}\n',
    'vac/gold',
    'Name:',
    'Name:         gold\nAnnotations:  <none>\nDriverName:   d.example\nParameters:   iops=5000,mode=fast\nEvents:       <none>\n',
  ],
  [
    'apiVersion: networking.k8s.io/v1\nkind: IPAddress\nmetadata: {name: 10.200.0.8}\nspec: {parentRef: {group: g.x, resource: things, name: one}}\n',
    'ipaddress/10.200.0.8',
    'Name:',
    `Name:         10.200.0.8
Labels:       <none>
Annotations:  <none>
Parent Reference:
  Group:      g.x
  Resource:   things
  Namespace:  
  Name:       one
Events:       <none>
`,
  ],
  [
    'apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: more}\nspec: {cidrs: [10.200.0.0/24]}\n',
    'servicecidr/more',
    'Name:',
    'Name:         more\nLabels:       <none>\nAnnotations:  <none>\nCIDRs:        10.200.0.0/24\nEvents:       <none>\n',
  ],
])('%s', (manifest, name, from, text) => expect(described(manifest, name, from)).toBe(text));

// kubectl/pkg/describe/describe.go `describeCertificateSigningRequest`
describe('a CertificateSigningRequest', () => {
  const request =
    'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQ3p6Q0NBYmNDQVFBd1NERU5NQXNHQTFVRUF3d0VhbUZ1WlRFTk1Bc0dBMVVFQ2d3RVpHVjJjekVNTUFvRwpBMVVFQ2d3RGIzQnpNUTB3Q3dZRFZRUUxEQVIxYm1sME1Rc3dDUVlEVlFRRkV3SXhNakNDQVNJd0RRWUpLb1pJCmh2Y05BUUVCQlFBRGdnRVBBRENDQVFvQ2dnRUJBS0xTTUpPM1kwRUx5eVFCZlVJcWFqbGwxaXhHU1U2ZHF0c2cKWHVqNE9HZm40UHpqM3FpeWwzRGowV2YrNThFNndZdEQzejRLcTdURVJYRm0zRUVRS1dENWtIL3FHamJFNTZMUgpLb1hoTm5BREFUT3pSNzVZV3duT0FSSmF6aU10eDdOZmdidFhjNEtwZ202Y1RPV2NBSzI4WkJUbjcrOTI2NU1ICkhDTGlON25FdTJ3NmhWRVVTQ2Z2a0JmWHJ5SnBNSS9GaWNQUmNIVWlMaVZRMVNUMnpjaFZheGVGQUtzYkxjRG0KRlN6VWNUaUFlNkZEYjRTV3loME05R3phbGFjemZjbjY5NW5lRmpRM1g2VUVWZWFkWTlmaHBBbWowcTVWTXZoRApLbDMwaW84cTFkenkrSjllS3p4c003V1FSbGNrYWZmMGJqV2p0bldWNlNZeW1UMVBDaXNDQXdFQUFhQkNNRUFHCkNTcUdTSWIzRFFFSkRqRXpNREV3THdZRFZSMFJCQ2d3Sm9JSllTNWxlR0Z0Y0d4bGh3UUtBQUFCZ1FWcVFIZ3UKZVlZTWMzQnBabVpsT2k4dllTOWlNQTBHQ1NxR1NJYjNEUUVCQ3dVQUE0SUJBUUNDb1REaTBzTG1NYVdweDFpdwo3Y2hXNCs0Y1UxRFQ2TjhxUTY2U0VUVVdKQnRyS20rc1phNjE0TjM2eUlzQjdzYkh3VzFtZVgrMzRyY0prZUp1ClIrcGQ5anA4OHRhQld3dmpraXpTcGdkK2VLYUhCcTdpRHJqaHUvTnF6dGlpenRlZ3pIanQwR2dIY0xVa3Brd1cKb0dXeSswSWtodkdyTGN4TDlPd2xYeWw2NGs5VENmd082R2hacEgxT0twY1daWmZOL3crMVdob25pdHBKZXRNbQpyZmdPWFRPeWdNZVpDU1dyYkpKaEt4U1JGQk43dk9IY3BUWnBSaDVwR0tJQXMvV29MelpKUFA3VXo1OC9kclVLCm9qV1VScEJ3V2s0Vis4eVlvbmNDelMrbzZqRlJqQks4SUgzZ2c2cGQrV1BhcTlvUzhmTjAyZjU0ZkVubUhEVUYKUWx2bAotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K';

  it('is read', () => {
    const text = described(
      `apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: {name: c}\nspec: {request: ${request}, signerName: kubernetes.io/kube-apiserver-client, usages: [client auth], expirationSeconds: 3600}\n`,
      'csr/c',
      'Requesting User:',
    );
    expect(text).toBe(`Requesting User:     kubernetes-admin
Signer:              kubernetes.io/kube-apiserver-client
Requested Duration:  60m
Status:              Pending
Subject:
  Common Name:          jane
  Serial Number:        12
  Organization:         devs
                        ops
  Organizational Unit:  unit
Subject Alternative Names:
         DNS Names:        a.example
         Email Addresses:  j@x.y
         URIs:             spiffe://a/b
         IP Addresses:     10.0.0.1
Events:  <none>
`);
  });

  it('must not be cut short', () => {
    expect(() =>
      parseCertificateRequest(btoa(atob(atob(request).replace(/-----[^-]+-----|\s/g, '')).slice(0, 100))),
    ).toThrow(RangeError);
  });
});
