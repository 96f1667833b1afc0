import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { podActions } from '@/kubernetes/kubelet/pod-actions';
import type { ContainerRecord, ContainerState, SandboxRecord } from '@/kubernetes/runtime/records';
import { events, oneNode, pod, run } from './play';

const webWithSidecar = {
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'main' }], initContainers: [{ name: 'side', restartPolicy: 'Always' }] },
} as Pod;

const record = (name: string, state: ContainerState) =>
  ({ name, state, sandbox: 'one', exitCode: state === 'exited' ? 1 : undefined }) as ContainerRecord;

/** What the next sync starts, when the runtime has these containers. */
function starts(...containers: ContainerRecord[]): string[] {
  const sandboxes = [{ id: 'one', ready: true }] as SandboxRecord[];
  const inputs = { containers, sandboxes, failedProbe: () => undefined, hasStarted: () => true };
  const { initToStart, toStart } = podActions(webWithSidecar, inputs);
  return [...initToStart, ...toStart].map(({ name }) => name);
}

describe('a sidecar', () => {
  it('that has not been seen to run keeps the others from being started', () => {
    expect(starts()).toEqual(['side']);
    expect(starts(record('side', 'exited'))).toEqual(['side']);
    expect(starts(record('side', 'running'))).toEqual(['main']);
    // Once the others are up, it is started again beside them.
    expect(starts(record('side', 'exited'), record('main', 'running'))).toEqual(['side']);
  });

  it('is told of the end with the others, and ends after them', () => {
    const cluster = oneNode();
    run(
      cluster,
      'web',
      { image: 'busybox:1.36', command: ['sh', '-c', 'sleep 3600'] },
      {
        initContainers: [{ name: 'side', image: 'nginx:1.25', restartPolicy: 'Always' }],
        terminationGracePeriodSeconds: 10,
      },
    );
    cluster.advance(10_000);
    cluster.client().delete('pods', 'default', 'web');
    cluster.advance(5000);
    // pkg/kubelet/kuberuntime/kuberuntime_container.go `killContainer`: the event comes first.
    const killing = events(cluster, 'web').filter((text) => text.includes('Killing'));
    expect([...killing].sort()).toEqual([
      'Normal Killing Stopping container main',
      'Normal Killing Stopping container side',
    ]);
    const runtime = cluster.runtimes.get('node1');
    const states = () => runtime?.podContainers(pod(cluster, 'web').metadata.uid).map((one) => [one.name, one.state]);
    expect(states()).toEqual([
      ['side', 'running'],
      ['main', 'running'],
    ]);
    cluster.advance(8000);
    expect(cluster.client().get('pods', 'default', 'web')).toBeUndefined();
  });

  it('goes on until the others have ended, and then ends with the Pod', () => {
    const cluster = oneNode();
    run(
      cluster,
      'job',
      { image: 'busybox:1.36', command: ['sh', '-c', 'sleep 5'] },
      { initContainers: [{ name: 'side', image: 'nginx:1.25', restartPolicy: 'Always' }], restartPolicy: 'Never' },
    );
    cluster.advance(30_000);
    expect(pod(cluster, 'job').status.phase).toBe('Succeeded');
    expect(pod(cluster, 'job').status.initContainerStatuses?.[0]?.state?.terminated?.reason).toBe('Completed');
    // status/generate.go: once it has been initialized it stays so.
    const initialized = pod(cluster, 'job').status.conditions?.find(({ type }) => type === 'Initialized');
    expect(initialized).toMatchObject({ status: 'True', reason: 'PodCompleted' });
  });
});
