import { courseImages } from '@/course/images';
import { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';

const day = 86_400_000;

/** A day of virtual time on a small cluster where three Pods end as soon as they have begun. */
export function dayOfCrashLoops(world: WorldFile): void {
  const cluster = new Cluster(world, { images: courseImages() });
  const client = cluster.client();
  for (const name of ['a', 'b', 'c']) {
    const containers = [{ name, image: 'busybox:1.36', command: ['sh', '-c', 'exit 1'] }];
    client.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers },
    });
  }
  cluster.advance(day);
  const restarts = cluster.store.list('pods').map((pod) => pod.status.containerStatuses?.[0]?.restartCount ?? 0);
  if (restarts.some((count) => count < 250)) throw new Error(`restarts after a day: ${restarts.join(', ')}`);
}
