import { expect, it } from 'vitest';
import { oneNode, run } from '../kubernetes/kubelet/play';
import { kubectlOn } from './run';

// client-go/tools/clientcmd/helpers.go `ParseTimeout`: a watch is one request, and ends without a word.
it.each([
  ['get', ['get', 'pods', '-w', '--request-timeout=2s']],
  ['events', ['events', '-w', '--request-timeout', '2']],
])('ends a watch of kubectl %s with --request-timeout', (_, args) => {
  const cluster = oneNode();
  run(cluster, 'p', { image: 'busybox:1.36', command: ['sleep', '3600'] });
  cluster.advance(5000);
  const began = cluster.clock.now;
  const { stdout, stderr, code } = kubectlOn(cluster, args);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toContain('p');
  expect(cluster.clock.now - began).toBe(2000);
});
