import { expect, it } from 'vitest';
import { events, oneNode, pod, run } from './play';

const sleeps = { image: 'busybox:1.36', command: ['sh', '-c', 'sleep 3600'] };
const volumes = (reference: string) => [{ name: 'v', image: { reference } }];
const volumeMounts = [{ name: 'v', mountPath: '/v' }];

// pkg/kubelet/kuberuntime/kuberuntime_manager.go `getImageVolumes`, `toKubeContainerImageVolumes`
it('an image that is a volume is pulled for the Pod, before those of its containers', () => {
  const cluster = oneNode();
  run(cluster, 'web', { ...sleeps, volumeMounts }, { volumes: volumes('nginx:1.25') });
  cluster.advance(10_000);
  expect(pod(cluster, 'web').status.phase).toBe('Running');
  const pulls = cluster
    .client()
    .list('events')
    .filter(({ reason }) => reason === 'Pulling');
  expect(pulls.map(({ involvedObject, message }) => [involvedObject.fieldPath, message])).toEqual([
    [undefined, 'Pulling image "nginx:1.25"'],
    ['spec.containers{main}', 'Pulling image "busybox:1.36"'],
  ]);
});

it('a container waits for the image that is its volume', () => {
  const cluster = oneNode();
  run(cluster, 'web', { ...sleeps, volumeMounts }, { volumes: volumes('nginx:9.9') });
  cluster.advance(10_000);
  const waiting = pod(cluster, 'web').status.containerStatuses?.[0]?.state?.waiting;
  expect(['ErrImagePull', 'ImagePullBackOff']).toContain(waiting?.reason);
  const told = events(cluster, 'web');
  expect(told).toContain('Warning Failed Error: ErrImagePull');
  expect(told).not.toContain('Normal Pulling Pulling image "busybox:1.36"');
});
