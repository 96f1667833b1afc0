import { describe, expect, it } from 'vitest';
import { oneNode, pod } from './play';

const path = '/etc/kubernetes/manifests/web.yaml';

function withFile(port: number) {
  return `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx:1.25, ports: [{containerPort: 80, hostPort: ${port}}]}]}
`;
}

function played() {
  const cluster = oneNode();
  const { files } = cluster.network.kernel('node1');
  files.write(path, withFile(8080));
  cluster.advance(5000);
  const port = () => pod(cluster, 'web-node1').spec.containers[0]?.ports?.[0]?.hostPort;
  return { cluster, files, port };
}

describe('a static Pod', () => {
  it('is there as soon as its file is, and belongs to no service account', () => {
    const cluster = oneNode();
    cluster.network.kernel('node1').files.write(path, withFile(8080));
    cluster.advance(100);
    expect(pod(cluster, 'web-node1').spec.serviceAccountName).toBeFalsy();
  });

  // pkg/kubelet/pod_workers.go `allowPodStart`: tried again 10 to 15 s later.
  it('whose file changes begins again once the one before has ended and a back-off is over', () => {
    const { cluster, files, port } = played();
    files.write(path, withFile(8081));
    cluster.advance(9000);
    expect(port()).toBe(8080);
    expect(pod(cluster, 'web-node1').status.phase).toBe('Running');
    cluster.advance(9000);
    expect(port()).toBe(8081);
    expect(pod(cluster, 'web-node1').status.phase).toBe('Running');
  });

  // pkg/kubelet/kubelet_pods.go `HandlePodCleanups`, every 2 s.
  it('whose file goes is shown until nothing of it runs, and a little longer', () => {
    const { cluster, files } = played();
    files.remove(path);
    cluster.advance(50);
    expect(pod(cluster, 'web-node1').status.phase).toBe('Running');
    cluster.advance(4000);
    expect(cluster.client().get('pods', 'default', 'web-node1')).toBeUndefined();
  });
});
