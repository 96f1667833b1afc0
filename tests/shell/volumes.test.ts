import { expect, it } from 'vitest';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';
import { oneNode, pod } from '../kubernetes/kubelet/play';

const volumeMounts = [{ name: 'shared', mountPath: '/data' }];
const container = (name: string, script: string, mounts = volumeMounts) => ({
  name,
  image: 'busybox:1.36',
  command: ['sh', '-c', script],
  volumeMounts: mounts,
});

/** A Pod whose first container writes into an emptyDir what the second and the init container see. */
function shared() {
  const cluster = oneNode();
  const result = cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: {
      nodeName: 'node1',
      volumes: [{ name: 'shared', emptyDir: {} }],
      initContainers: [container('init', 'ls /data; echo begun > /data/log')],
      containers: [
        container('writer', 'echo one >> /data/log; mkdir /data/deep; echo x > /data/deep/x; sleep 3600'),
        container('reader', 'sleep 2; cat /data/log; sleep 3600'),
        container('other', 'ls /data; sleep 3600', []),
      ],
    },
  });
  if (!result.ok) throw new Error(result.status.message);
  cluster.advance(8000);
  const at = (place: string, line: string) => {
    const [, name = 'writer'] = place.split('/');
    const kind = { kind: 'container', namespace: 'default', pod: 'p', container: name } as const;
    const where = place === 'node1' ? ({ kind: 'node', name: 'node1' } as const) : kind;
    return cluster.run(runLine(new Session(cluster, where), line)).stdout;
  };
  return { cluster, at };
}

// pkg/volume/emptydir/empty_dir.go: one folder of the node for all containers of a Pod, until the Pod is gone.
it('shares an emptyDir between the containers of a Pod', () => {
  const { cluster, at } = shared();
  const runtime = cluster.runtimes.get('node1');
  const records = runtime?.podContainers(pod(cluster, 'p').metadata.uid) ?? [];
  const log = (name: string) =>
    runtime?.logs.get(records.find((one) => one.name === name)?.id ?? '')?.lines.map(({ text }) => text);
  expect(log('init')).toEqual([]);
  expect(log('reader')).toEqual(['begun', 'one']);
  expect(log('other')).toEqual(['ls: /data: No such file or directory']);
  expect(at('pod/reader', 'ls /data; cat /data/deep/x')).toBe('deep\nlog\nx\n');
  at('pod/reader', 'echo two >> /data/log');
  expect(at('pod/writer', 'tail -1 /data/log')).toBe('two\n');
  const folder = `/var/lib/kubelet/pods/${pod(cluster, 'p').metadata.uid ?? ''}`;
  expect(at('node1', `cat ${folder}/volumes/kubernetes.io~empty-dir/shared/log`)).toBe('begun\none\ntwo\n');
  cluster.client().delete('pods', 'default', 'p', { gracePeriodSeconds: 0 });
  cluster.advance(60_000);
  expect(runtime?.kernel.files.list(folder)).toBeUndefined();
});
