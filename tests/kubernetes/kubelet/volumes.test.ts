import { describe, expect, it } from 'vitest';
import type { PodSpec } from '@/kubernetes/api/generated/core-v1';
import { hostPathError } from '@/kubernetes/kubelet/host-path';
import { events, oneNode, pod, run } from './play';

function failures(volume: NonNullable<PodSpec['volumes']>[number]): string[] {
  const cluster = oneNode();
  const metadata = { name: 'here', namespace: 'default' };
  cluster.client().create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } });
  cluster.client().create('secrets', { apiVersion: 'v1', kind: 'Secret', metadata, data: { a: 'MQ==' } });
  const volumeMounts = [{ name: 'v', mountPath: '/v' }];
  run(cluster, 'web', { image: 'nginx:1.25', volumeMounts }, { volumes: [volume] });
  cluster.advance(700);
  expect(pod(cluster, 'web').status.phase).toBe('Pending');
  return events(cluster, 'web').filter((text) => text.startsWith('Warning FailedMount'));
}

describe('a volume that cannot be set up', () => {
  const text = (error: string) => [`Warning FailedMount MountVolume.SetUp failed for volume "v" : ${error}`];

  it.each([
    [{ configMap: { name: 'gone' } }, 'configmap "gone" not found'],
    // pkg/volume/configmap/configmap.go `MakePayload`
    [
      { configMap: { name: 'here', items: [{ key: 'b', path: 'b' }] } },
      'configmap references non-existent config key: b',
    ],
    // pkg/volume/secret/secret.go `MakePayload`
    [{ secret: { secretName: 'here', items: [{ key: 'b', path: 'b' }] } }, 'references non-existent secret key: b'],
    // pkg/volume/projected/projected.go `collectData`
    [
      { projected: { sources: [{ configMap: { name: 'gone' } }, { secret: { name: 'lost' } }] } },
      '[configmap "gone" not found, secret "lost" not found]',
    ],
    // pkg/volume/hostpath/host_path.go
    [{ hostPath: { path: '/data', type: 'Directory' } }, 'hostPath type check failed: /data is not a directory'],
  ])('%j', (volume, error) => {
    expect(failures({ name: 'v', ...volume })).toEqual(text(error));
  });

  it('is told by its folder alone when nothing is known of what is there', () => {
    const files = {
      read: (path: string) => (path === '/data/a.txt' ? 'a' : undefined),
      list: (path: string) => (path === '/data' ? ['a.txt'] : undefined),
    };
    const error = (path: string, type: string) => hostPathError({ path, type }, files);
    expect(error('/data/', 'Directory')).toBeUndefined();
    expect(error('/data', 'File')).toBe('hostPath type check failed: /data is not a file');
    expect(error('/data/a.txt', 'DirectoryOrCreate')).toBe(
      'hostPath type check failed: /data/a.txt is not a directory',
    );
    expect(error('/new', 'DirectoryOrCreate')).toBeUndefined();
    expect(error('/var/run/docker.sock', 'Socket')).toBeUndefined();
    expect(error('/srv/app.sock', 'Socket')).toBe('hostPath type check failed: /srv/app.sock is not a socket file');
    expect(error('/data', '')).toBeUndefined();
  });
});
