import { expect, it } from 'vitest';
import { cluster } from './run';

/** What `kubectl describe` says of an object that was created from a manifest. */
function described(manifest: string, name: string, more: readonly (readonly string[])[] = []): string {
  const run = cluster();
  expect(run(['create', '-f', '-'], manifest).stderr).toBe('');
  for (const line of more) expect(run(line).stderr).toBe('');
  const { stdout, stderr } = run(['describe', name]);
  expect(stderr).toBe('');
  return stdout;
}

const status = (name: string, patch: object) => [
  'patch',
  name,
  '--subresource=status',
  '--type=merge',
  '-p',
  JSON.stringify({ status: patch }),
];

// kubectl/pkg/describe/describe.go `prefixWriter`: only the first line of a text is set in.
it('does not set in the second line of a message', () => {
  const manifest = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: nginx}]}\n';
  const terminated = { exitCode: 1, message: 'one\ntwo\n' };
  const containerStatuses = [
    { name: 'c', image: 'nginx', imageID: '', ready: false, restartCount: 0, state: { terminated } },
  ];
  const text = described(manifest, 'pod/p', [status('pod/p', { phase: 'Running', containerStatuses })]);
  expect(text).toContain('      Message:     one\ntwo\n\n      Exit Code:    1\n');
});

// kubectl/pkg/describe/describe.go `describeNodeResourceSlices`, component-helpers/resource/helpers.go `PodRequests`
it('counts what a whole Pod asks for, and the devices of a node', () => {
  const manifest = `apiVersion: v1
kind: Node
metadata: {name: n1}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {nodeName: n1, resources: {requests: {cpu: "1", memory: 1Gi}, limits: {cpu: "2", memory: 1Gi}}, containers: [{name: c, image: nginx}]}
---
apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: {name: s}
spec: {nodeName: n1, driver: x.example, pool: {name: pool, generation: 1, resourceSliceCount: 1}, devices: [{name: d1}, {name: d2}]}
`;
  const text = described(manifest, 'node/n1', [
    status('node/n1', { capacity: { cpu: '4', memory: '4Gi' }, allocatable: { cpu: '4', memory: '4Gi' } }),
  ]);
  expect(text).toContain(`Node-Local ResourceSlices:
  Driver     Pool  Slices  Devices
  ------     ----  ------  -------
  x.example  pool  1       2
System Info:
`);
  expect(text).toContain(
    '  default                     p       1 (25%)       2 (50%)     1Gi (25%)        1Gi (25%)      0s\n',
  );
});

// kubectl/pkg/describe/describe.go `DescribeResourceQuotas`
it('explains the scopes of the quotas of a namespace', () => {
  const manifest =
    'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {pods: "5"}, scopes: [NotTerminating]}\n';
  expect(described(manifest, 'ns/default')).toContain(`Resource Quotas
  Name:    q
  Scopes:  NotTerminating
  * Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.
  Resource  Used  Hard
`);
});

// kubectl/pkg/describe/describe.go `describeSecret`
it('shows the token of a ServiceAccount', () => {
  const manifest =
    'apiVersion: v1\nkind: Secret\nmetadata: {name: t, annotations: {kubernetes.io/service-account.name: bot}}\ntype: kubernetes.io/service-account-token\ndata: {token: YWJj}\n';
  expect(described(manifest, 'secret/t')).toContain('token:  abc\n');
});

// kubectl/pkg/describe/describe.go `buildIngressString`, `formatEndpointSlices`
it('says how a load balancer is reached, and sets IPv6 addresses in brackets', () => {
  const manifest = `apiVersion: v1
kind: Service
metadata: {name: lb}
spec: {type: LoadBalancer, ports: [{port: 80}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: six, labels: {kubernetes.io/service-name: lb}}
addressType: IPv6
endpoints: [{addresses: ["fd00::1"]}]
ports: [{port: 80}]
`;
  const ingress = [{ ip: '8.8.8.8', ipMode: 'VIP' }, { hostname: 'lb.example.com' }];
  const text = described(manifest, 'svc/lb', [status('svc/lb', { loadBalancer: { ingress } })]);
  expect(text).toContain('LoadBalancer Ingress:     8.8.8.8 (VIP), lb.example.com\n');
  expect(text).toContain('Endpoints:                [fd00::1]:80\n');
});

// kubectl/pkg/describe/describe.go `printNetworkPolicySpecIngressFrom`
it('tells ranges of ports, and ports that are left out', () => {
  const manifest =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: np}\nspec: {podSelector: {}, ingress: [{ports: [{port: 1000, endPort: 2000, protocol: UDP}, {protocol: SCTP}]}]}\n';
  expect(described(manifest, 'netpol/np')).toContain('    To Port Range: 1000-2000/UDP\n    To Port: <nil>/SCTP\n');
});

// kubectl/pkg/describe/describe.go `describeVolumeClaimTemplates`
it('writes the annotations of a claim template as labels, and takes its class from the one of old', () => {
  const manifest = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: nginx}]}}
  volumeClaimTemplates: [{metadata: {name: data, annotations: {volume.beta.kubernetes.io/storage-class: slow}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
`;
  expect(described(manifest, 'sts/db')).toContain(`  StorageClass:  slow
  Labels:        <none>
  Annotations:   volume.beta.kubernetes.io/storage-class=slow
  Capacity:      1Gi
`);
});

// kubectl/pkg/describe/describe.go `printAllowedTopologies`
it('describes where the volumes of a class may be', () => {
  const manifest =
    'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: d\nallowedTopologies: [{matchLabelExpressions: [{key: zone, values: [a, b]}, {key: rack, values: [r]}]}, {matchLabelExpressions: [{key: zone, values: [c]}]}]\n';
  expect(described(manifest, 'sc/fast')).toContain(`AllowedTopologies:     
  Term 0:              zone in [a, b]
                       rack in [r]
  Term 1:              zone in [c]
`);
});

// kubectl/pkg/describe/describe.go `describeHorizontalPodAutoscalerV2`, pkg/printers/internalversion/printers.go `formatHPAMetrics`
it('shows what somebody has measured for an autoscaler', () => {
  const run = cluster();
  const manifest =
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 5, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}, {type: Pods, pods: {metric: {name: q}, target: {type: AverageValue, averageValue: "5"}}}]}\n';
  run(['create', '-f', '-'], manifest);
  const currentMetrics = [
    { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 75, averageValue: '75m' } } },
    { type: 'Pods', pods: { metric: { name: 'q' }, current: { averageValue: '3' } } },
  ];
  expect(run(status('hpa/h', { currentMetrics, currentReplicas: 2, desiredReplicas: 2 })).stderr).toBe('');
  expect(run(['get', 'hpa']).stdout).toContain(
    'h      Deployment/web   cpu: 75%/80%, 3/5   1         5         2          0s\n',
  );
  expect(run(['describe', 'hpa', 'h']).stdout).toContain('75% (75m) / 80%\n');
});
