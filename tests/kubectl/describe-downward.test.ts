import { expect, it } from 'vitest';
import { cluster } from './run';

const manifest = `apiVersion: v1
kind: Pod
metadata: { name: who }
spec:
  containers:
  - name: who
    image: busybox:1.36
    resources: { requests: { cpu: 100m }, limits: { memory: 64Mi } }
    env:
    - { name: MEM, valueFrom: { resourceFieldRef: { resource: limits.memory } } }
    - { name: CPU, valueFrom: { resourceFieldRef: { resource: requests.cpu, divisor: 1m } } }
    - { name: ALL, valueFrom: { resourceFieldRef: { resource: limits.cpu } } }
    volumeMounts: [{ name: info, mountPath: /info }]
  volumes:
  - name: info
    downwardAPI:
      items:
      - { path: labels, fieldRef: { fieldPath: metadata.labels } }
      - { path: mem, resourceFieldRef: { containerName: who, resource: limits.memory } }
`;

// kubectl/pkg/describe/describe.go `describeContainerEnvVars`, `printDownwardAPIVolumeSource`
it('describes what a downward API hands out, its items aligned with nothing', () => {
  const { stdout } = cluster(manifest)(['describe', 'pod', 'who']);
  expect(stdout).toContain(`    Environment:
      MEM:  67108864 (limits.memory)
      CPU:  100 (requests.cpu)
      ALL:  node allocatable (limits.cpu)
`);
  expect(stdout).toContain(`  info:
    Type:  DownwardAPI (a volume populated by information about the pod)
    Items:
      metadata.labels -> labels
      limits.memory -> mem
`);
});
