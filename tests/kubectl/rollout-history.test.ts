import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { kubectlOn } from './run';

const daemonSet = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: a, image: 'nginx:1.23'}]}
`;

// A real v1.36.2 API server and kubectl answer so: kubectl/pkg/cmd/rollout/rollout_history.go, polymorphichelpers/history.go.
describe('rollout history -o', () => {
  const cluster = new Cluster({ name: 'test', nodes: [] });
  const files = new Map([['agent.yaml', daemonSet]]);
  const says = (line: string) => {
    const { stdout, stderr } = kubectlOn(cluster, line.split(' '), { files });
    cluster.advance(3000);
    return stdout + stderr;
  };
  cluster.advance(3000);
  says('create -f agent.yaml');
  says('create deployment web --image=nginx:1.23');
  says('set image ds/agent a=nginx:1.24');
  says('set image deploy/web nginx=nginx:1.24');

  it('prints the ReplicaSets of a Deployment by their revisions', () => {
    expect(says('rollout history deploy/web -o name')).toMatch(/^(replicaset\.apps\/web-\w+\n){2}$/);
    const yaml = says('rollout history deploy/web -o yaml').split('---\n');
    expect(yaml.map((text) => /image: (.*)/.exec(text)?.[1])).toEqual(['nginx:1.23', 'nginx:1.24']);
    expect(yaml[0]).toMatch(/^apiVersion: apps\/v1\nkind: ReplicaSet\n/);
  });

  it('prints a DaemonSet as it was at each revision', () => {
    const yaml = says('rollout history ds/agent -o yaml').split('---\n');
    expect(yaml.map((text) => /image: (.*)/.exec(text)?.[1])).toEqual(['nginx:1.23', 'nginx:1.24']);
    expect(yaml[0]).toMatch(/^apiVersion: apps\/v1\nkind: DaemonSet\n/);
    expect(yaml[0]).not.toContain('$patch');
  });

  it('prints one revision alone, or says that there is none', () => {
    const image = 'jsonpath={.spec.template.spec.containers[0].image}';
    expect(says(`rollout history ds/agent --revision=1 -o ${image}`)).toBe('nginx:1.23');
    expect(says('rollout history deploy/web --revision=9 -o name')).toBe(
      'error: unable to find the specified revision\n',
    );
  });
});
