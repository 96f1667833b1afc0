import { expect, it } from 'vitest';
import { kubectl } from '@/kubectl/kubectl';
import { oneNode, run } from '../kubernetes/kubelet/play';

// client-go/tools/clientcmd/helpers.go `ParseTimeout`: a watch is one request, and ends without a word.
it.each([
  ['get', ['get', 'pods', '-w', '--request-timeout=2s']],
  ['events', ['events', '-w', '--request-timeout', '2']],
])('ends a watch of kubectl %s with --request-timeout', (_, args) => {
  const cluster = oneNode();
  run(cluster, 'p', { image: 'busybox:1.36', command: ['sleep', '3600'] });
  cluster.advance(5000);
  const began = cluster.clock.now;
  let [stdout, stderr] = ['', ''];
  const code = cluster.run(
    kubectl(args, {
      cluster,
      files: { read: () => undefined, write: () => undefined, list: () => undefined, remove: () => false },
      environment: new Map(),
      stdin: '',
      stdout: (text) => (stdout += text),
      stderr: (text) => (stderr += text),
    }),
  );
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toContain('p');
  expect(cluster.clock.now - began).toBe(2000);
});
