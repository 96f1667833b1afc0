import { expect, it } from 'vitest';
import type { ContainerConfig } from '@/kubernetes/runtime/records';
import type { Cluster } from '@/kubernetes/cluster';
import { events, oneNode, pod, run } from './play';

function configOf(cluster: Cluster, name: string): ContainerConfig | undefined {
  return cluster.runtimes.get('node1')?.podContainers(pod(cluster, name).metadata.uid).at(-1)?.config;
}

// pkg/api/v1/resource/helpers.go `ExtractContainerResourceValue`
it('counts resources in units of a divisor, and takes the whole node for a limit that is not set', () => {
  const cluster = oneNode();
  const resources = { requests: { cpu: '150m', memory: '32Mi' }, limits: { memory: '64Mi' } };
  const field = (name: string, resource: string, divisor?: string) => ({
    name,
    valueFrom: { resourceFieldRef: { resource, ...(divisor === undefined ? {} : { divisor }) } },
  });
  const env = [
    field('CORES', 'requests.cpu'),
    field('MILLI', 'requests.cpu', '1m'),
    field('BYTES', 'limits.memory'),
    field('MI', 'limits.memory', '1Mi'),
    field('KI', 'requests.memory', '1Ki'),
    field('ALL', 'limits.cpu'),
    field('NONE', 'requests.ephemeral-storage'),
  ];
  run(cluster, 'p', { image: 'busybox:1.36', command: ['sleep', '60'], resources, env });
  cluster.advance(5000);
  const environment = configOf(cluster, 'p')?.environment;
  const all = cluster.client().get('nodes', undefined, 'node1')?.status.allocatable?.['cpu'];
  expect(env.map(({ name }) => environment?.get(name))).toEqual(['1', '150', '67108864', '64', '32768', all, '0']);
});

// pkg/fieldpath/fieldpath.go `FormatMap`
it('writes all annotations of a Pod into a file, a quoted line each', () => {
  const cluster = oneNode();
  const fieldRef = { fieldPath: 'metadata.annotations' };
  const volumes = [{ name: 'info', downwardAPI: { items: [{ path: 'notes', fieldRef }] } }];
  const volumeMounts = [{ name: 'info', mountPath: '/info' }];
  run(cluster, 'p', { image: 'busybox:1.36', command: ['sleep', '60'], volumeMounts }, { volumes });
  cluster.client().patch('pods', 'default', 'p', { metadata: { annotations: { tier: 'front', app: 'a "b"' } } });
  cluster.advance(5000);
  expect(configOf(cluster, 'p')?.files?.get('/info/notes')).toBe('app="a \\"b\\""\ntier="front"');
});

// pkg/volume/util/util.go `GetPodVolumeNames`
it('misses nothing in a volume that no container mounts', () => {
  const cluster = oneNode();
  const volumes = [{ name: 'v', secret: { secretName: 'nosecret' } }];
  const main = { image: 'busybox:1.36', command: ['sleep', '60'] };
  run(cluster, 'unused', main, { volumes });
  run(cluster, 'used', { ...main, volumeMounts: [{ name: 'v', mountPath: '/v' }] }, { volumes });
  cluster.advance(5000);
  expect(pod(cluster, 'unused').status.phase).toBe('Running');
  expect(pod(cluster, 'used').status.phase).toBe('Pending');
  expect(events(cluster, 'used')).toContain(
    'Warning FailedMount MountVolume.SetUp failed for volume "v" : secret "nosecret" not found',
  );
});

it('finds in a busybox what all its builds bring', () => {
  const cluster = oneNode();
  const command = ['sh', '-c', 'echo "b a" | tr " " "\\n" | sort | cut -c1 | uniq; which xargs'];
  run(cluster, 'p', { image: 'busybox:1.36', command }, { restartPolicy: 'Never' });
  cluster.advance(5000);
  const runtime = cluster.runtimes.get('node1');
  const record = runtime?.podContainers(pod(cluster, 'p').metadata.uid).at(-1);
  const lines = runtime?.logs.get(record?.id ?? '')?.lines.map(({ text }) => text);
  expect(lines).toEqual(['a', 'b', '/usr/bin/xargs']);
});

// plugin/pkg/admission/serviceaccount/admission.go
it('puts a token, a certificate and a namespace where programs look for them', () => {
  const cluster = oneNode();
  run(cluster, 'p', { image: 'busybox:1.36', command: ['sleep', '60'] });
  cluster.advance(5000);
  const folder = '/var/run/secrets/kubernetes.io/serviceaccount/';
  const names = [...(configOf(cluster, 'p')?.files?.keys() ?? [])].filter((path) => path.startsWith(folder));
  expect(names.map((path) => path.slice(folder.length)).sort()).toEqual(['ca.crt', 'namespace', 'token']);
});
