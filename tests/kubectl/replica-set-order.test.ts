import { expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { kubectlOn } from './run';

// kubectl/pkg/util/deployment/deployment.go `replicaSetsByCreationTimestamp`: not by revision.
it('names the old ReplicaSets of a Deployment from the oldest on', () => {
  const cluster = new Cluster({ name: 'test', nodes: [] });
  const kubectlSays = (...words: string[]) => {
    const { stdout } = kubectlOn(cluster, words);
    cluster.advance(3000);
    return stdout;
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
