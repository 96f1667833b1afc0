import { expect, it } from 'vitest';
import { cluster } from './run';

/** The table of a kind, after a manifest was created and lines were run. */
function table(manifest: string, type: string, more: readonly (readonly string[])[] = []): string {
  const run = cluster();
  run(['create', '-f', '-'], manifest);
  for (const line of more) expect(run(line).stderr).toBe('');
  return run(['get', type]).stdout;
}

// kubectl/pkg/util/storage/storage.go `GetPersistentVolumeClass`, `GetAccessModesAsString`
it('takes the class of a volume from the annotation of old, and its modes in an order of their own', () => {
  const manifest =
    'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v, annotations: {volume.beta.kubernetes.io/storage-class: old}}\nspec: {capacity: {storage: 5Gi}, accessModes: [ReadWriteMany, ReadWriteOnce], nfs: {server: s, path: /p}}\n';
  expect(table(manifest, 'pv')).toBe(
    'NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS    CLAIM   STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON   AGE\nv      5Gi        RWO,RWX        Retain           Pending           old            <unset>                          0s\n',
  );
});

// pkg/printers/internalversion/printers.go `printCSINode`
it('counts no drivers', () => {
  const manifest = 'apiVersion: storage.k8s.io/v1\nkind: CSINode\nmetadata: {name: n1}\nspec: {drivers: []}\n';
  expect(table(manifest, 'csinodes')).toBe('NAME   DRIVERS   AGE\nn1     0         0s\n');
});

// apiserver/pkg/registry/rest/table.go: the registry of pkg/registry/storage/csistoragecapacity has no printer.
it('prints a capacity as what the server has no columns for', () => {
  const manifest =
    'apiVersion: storage.k8s.io/v1\nkind: CSIStorageCapacity\nmetadata: {name: c}\nstorageClassName: fast\ncapacity: 10Gi\n';
  expect(table(manifest, 'csistoragecapacities')).toMatch(
    /^NAME {3}CREATED AT\nc {6}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$/,
  );
});

// pkg/printers/internalversion/printers.go `printIngressClass`
it('marks the IngressClass that is taken where none is named', () => {
  const manifest =
    'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}\nspec: {controller: k8s.io/nginx}\n';
  expect(table(manifest, 'ingressclass')).toBe(
    'NAME              CONTROLLER     PARAMETERS   AGE\nnginx (default)   k8s.io/nginx   <none>       0s\n',
  );
});

// pkg/printers/internalversion/printers.go `formatDiscoveryPorts`
it('names a port that has no number', () => {
  const manifest =
    'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: s}\naddressType: IPv4\nports: [{port: 80}, {name: other}]\nendpoints: [{addresses: [10.0.0.1]}]\n';
  expect(table(manifest, 'endpointslices')).toContain('s            IPv4          80,other   10.0.0.1    0s\n');
});

// pkg/printers/storage/storage.go: rows are made as for `-o wide`, whatever is asked for.
it('does not cut the addresses of a load balancer', () => {
  const manifest =
    'apiVersion: v1\nkind: Service\nmetadata: {name: lb}\nspec: {type: LoadBalancer, clusterIP: 10.96.0.51, ports: [{port: 80, nodePort: 30080}]}\n';
  const ingress = [{ ip: '8.8.8.8' }, { hostname: 'lb.example.com' }];
  const patch = JSON.stringify({ status: { loadBalancer: { ingress } } });
  expect(table(manifest, 'svc', [['patch', 'svc/lb', '--subresource=status', '--type=merge', '-p', patch]])).toContain(
    'lb           LoadBalancer   10.96.0.51   8.8.8.8,lb.example.com   80:30080/TCP   0s\n',
  );
});

// pkg/apis/batch/v1/conversion.go, pkg/apis/resource/v1/conversion.go
it.each([
  ['jobs', 'field label "spec.nope" not supported for Job'],
  ['resourceslices', 'field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: spec.nope'],
])('refuses to select %s by a field that it does not know', (type, text) => {
  const { stderr } = cluster()(['get', type, '--field-selector=spec.nope=1']);
  expect(stderr).toContain(text);
});
