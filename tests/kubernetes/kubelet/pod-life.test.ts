import { describe, expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import { events, oneNode, pod, run } from './play';

function log(cluster: Cluster, name: string): string[] {
  const runtime = cluster.runtimes.get('node1');
  const record = runtime?.podContainers(pod(cluster, name).metadata.uid).at(-1);
  return (record && runtime?.logs.get(record.id)?.lines.map((line) => line.text)) ?? [];
}

describe('a kubelet', () => {
  it('refuses a Pod whose host port another one has declared', () => {
    const cluster = oneNode();
    const ports = [{ containerPort: 80 }];
    run(cluster, 'first', { image: 'nginx:1.25', ports }, { hostNetwork: true });
    cluster.advance(5000);
    run(cluster, 'second', { image: 'nginx:1.25', ports }, { hostNetwork: true });
    cluster.advance(2000);
    const text = "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports";
    expect(pod(cluster, 'second').status).toMatchObject({
      phase: 'Failed',
      reason: 'NodePorts',
      message: `Pod was rejected: ${text}`,
    });
    expect(events(cluster, 'second')).toEqual([`Warning NodePorts ${text}`]);
  });

  it('pulls an image, and says for how long and how much', () => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.23.1' });
    cluster.advance(5000);
    expect(events(cluster, 'web')).toEqual([
      'Normal Pulling Pulling image "nginx:1.23.1"',
      'Normal Pulled Successfully pulled image "nginx:1.23.1" in 900ms (900ms including waiting). Image size: 56700000 bytes.',
      'Normal Created Container created',
      'Normal Started Container started',
    ]);
    run(cluster, 'again', { image: 'nginx:1.23.1' });
    cluster.advance(5000);
    expect(events(cluster, 'again')[0]).toBe(
      'Normal Pulled Container image "nginx:1.23.1" already present on machine and can be accessed by the pod',
    );
  });

  it.each([
    [{ image: 'nginx:nope' }, /^(ErrImagePull|ImagePullBackOff)$/],
    [{ image: 'nginx:1.25', imagePullPolicy: 'Never' }, /^ErrImageNeverPull$/],
    [{ image: 'registry-<ID>.example/x:1' }, /^InvalidImageName$/],
  ])('says of %j why it waits', (container, reason) => {
    const cluster = oneNode();
    run(cluster, 'waits', container);
    cluster.advance(20_000);
    const [status] = pod(cluster, 'waits').status.containerStatuses ?? [];
    expect(status?.state?.waiting?.reason).toMatch(reason);
    expect(pod(cluster, 'waits').status.phase).toBe('Pending');
  });

  it('gives up on a program that the image has not', () => {
    const cluster = oneNode();
    run(cluster, 'typo', { image: 'busybox:1.36', command: ['slep', '5'] });
    cluster.advance(5000);
    const [status] = pod(cluster, 'typo').status.containerStatuses ?? [];
    expect(status?.lastState?.terminated ?? status?.state?.terminated).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
      message: expect.stringContaining('exec: "slep": executable file not found in $PATH'),
    });
  });

  it('runs a script with loops, and writes down what it prints', () => {
    const cluster = oneNode();
    const command = ['sh', '-c', 'for i in 1 2; do echo round $i; sleep 10; done; exit 3'];
    run(cluster, 'job', { image: 'busybox:1.36', command }, { restartPolicy: 'Never' });
    cluster.advance(15_000);
    expect(log(cluster, 'job')).toEqual(['round 1', 'round 2']);
    cluster.advance(15_000);
    expect(pod(cluster, 'job').status).toMatchObject({ phase: 'Failed' });
    expect(pod(cluster, 'job').status.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(3);
  });

  it('says in the log of an undescribed image that it only sleeps', () => {
    const cluster = oneNode();
    run(cluster, 'mine', { image: 'example.com/mine:1' });
    cluster.advance(5000);
    expect(pod(cluster, 'mine').status.phase).toBe('Running');
    expect(log(cluster, 'mine')[0]).toMatch(/not described; it is simulated as a sleeping process/);
  });

  it('runs init containers before the others', () => {
    const cluster = oneNode();
    const initContainers = [{ name: 'wait', image: 'busybox:1.36', command: ['sh', '-c', 'echo waiting; sleep 5'] }];
    run(cluster, 'app', { image: 'demo/echo:1' }, { initContainers });
    cluster.advance(4000);
    expect(pod(cluster, 'app').status.containerStatuses?.[0]?.state?.waiting?.reason).toBe('PodInitializing');
    cluster.advance(8000);
    expect(pod(cluster, 'app').status.containerStatuses?.[0]?.ready).toBe(true);
  });

  it('restarts a container whose liveness probe fails', () => {
    const cluster = oneNode();
    const livenessProbe = { httpGet: { path: '/', port: 9999 }, periodSeconds: 2, failureThreshold: 2 };
    run(cluster, 'live', { image: 'demo/echo:1', livenessProbe });
    cluster.advance(10_000);
    const ip = pod(cluster, 'live').status.podIP ?? '';
    expect(events(cluster, 'live')).toContain(
      `Warning Unhealthy Liveness probe failed: Get "http://${ip}:9999/": dial tcp ${ip}:9999: connect: connection refused`,
    );
    expect(events(cluster, 'live')).toContain('Normal Killing Container main failed liveness probe, will be restarted');
    expect(pod(cluster, 'live').status.containerStatuses?.[0]?.restartCount).toBeGreaterThan(0);
  });

  it('holds a Pod not ready until its readiness probe passes', () => {
    const cluster = oneNode();
    const readinessProbe = { httpGet: { path: '/nosuch', port: 80 }, periodSeconds: 2 };
    run(cluster, 'web', { image: 'nginx:1.25', readinessProbe });
    cluster.advance(8000);
    const ready = pod(cluster, 'web').status.conditions?.find((one) => one.type === 'Ready');
    expect(ready).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
    });
  });

  it('waits the whole grace period for a PID 1 without a handler, and no longer than needed for others', () => {
    const cluster = oneNode();
    run(cluster, 'deaf', { image: 'busybox:1.36', command: ['sleep', '3600'] });
    run(cluster, 'polite', { image: 'nginx:1.25' });
    cluster.advance(5000);
    cluster.client().delete('pods', 'default', 'deaf');
    cluster.client().delete('pods', 'default', 'polite');
    cluster.advance(5000);
    expect(cluster.client().get('pods', 'default', 'polite')).toBeUndefined();
    expect(cluster.client().get('pods', 'default', 'deaf')).toBeDefined();
    cluster.advance(27_000);
    expect(cluster.client().get('pods', 'default', 'deaf')).toBeUndefined();
  });

  it('goes on after a restart with what the API and the runtime know', () => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25' });
    cluster.advance(5000);
    const before = pod(cluster, 'web').status.containerStatuses?.[0]?.containerID;
    cluster.stop('kubelet/node1');
    cluster.advance(20_000);
    cluster.start('kubelet/node1');
    cluster.advance(5000);
    const [after] = pod(cluster, 'web').status.containerStatuses ?? [];
    expect(after).toMatchObject({ containerID: before, restartCount: 0, ready: true });
  });

  it('runs the Pod of a file on the node, and shows it in the API', () => {
    const cluster = oneNode();
    const path = '/etc/kubernetes/manifests/web.yaml';
    const { files } = cluster.network.kernel('node1');
    files.write(
      path,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx:1.25}]}\n',
    );
    cluster.advance(6000);
    expect(pod(cluster, 'web-node1').status.phase).toBe('Running');
    expect(pod(cluster, 'web-node1').metadata.annotations?.['kubernetes.io/config.source']).toBe('file');
    files.remove(path);
    cluster.advance(6000);
    expect(cluster.client().get('pods', 'default', 'web-node1')).toBeUndefined();
  });
});
