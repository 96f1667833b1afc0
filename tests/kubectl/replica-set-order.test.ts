import { expect, it } from 'vitest';
import { kubectl } from '@/kubectl/kubectl';
import { Cluster } from '@/kubernetes/cluster';

// kubectl/pkg/util/deployment/deployment.go `replicaSetsByCreationTimestamp`: not by revision.
it('names the old ReplicaSets of a Deployment from the oldest on', () => {
  const cluster = new Cluster({ name: 'test', nodes: [] });
  const kubectlSays = (...words: string[]) => {
    let text = '';
    cluster.run(
      kubectl(words, {
        cluster,
        files: { read: () => undefined, write: () => undefined, list: () => undefined, remove: () => false },
        environment: new Map(),
        stdin: '',
        stdout: (piece) => (text += piece),
        stderr: () => undefined,
      }),
    );
    cluster.advance(3000);
    return text;
  };
  cluster.advance(3000);
  kubectlSays('create', 'deployment', 'web', '--image=nginx:1.23');
  const first = kubectlSays('get', 'rs', '-o', 'name').trim().replace(/^.*\//, '');
  kubectlSays('set', 'image', 'deploy/web', '*=nginx:1.24');
  kubectlSays('rollout', 'undo', 'deploy/web');
  kubectlSays('set', 'image', 'deploy/web', '*=nginx:1.25');
  expect(kubectlSays('describe', 'deploy', 'web')).toMatch(
    new RegExp(`^OldReplicaSets: +${first} \\(\\d/\\d replicas created\\), web-`, 'm'),
  );
});
