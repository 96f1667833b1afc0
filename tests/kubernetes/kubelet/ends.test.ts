import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { terminatedStatus } from '@/kubernetes/kubelet/terminated-status';
import { events, oneNode, pod, run } from './play';

const shell = (text: string) => ({ image: 'busybox:1.36', command: ['sh', '-c', text] });

describe('the message of an end', () => {
  const message = (name: string, cluster: ReturnType<typeof oneNode>) =>
    pod(cluster, name).status.containerStatuses?.[0]?.state?.terminated?.message;

  // pkg/kubelet/kuberuntime/kuberuntime_container.go `getTerminationMessage`
  it('is what the container has written for it, or the end of its log if its policy says so', () => {
    const cluster = oneNode();
    const spec = { restartPolicy: 'Never' };
    const fromLog = { terminationMessagePolicy: 'FallbackToLogsOnError' };
    run(cluster, 'told', shell('echo bye > /dev/termination-log; exit 3'), spec);
    run(cluster, 'silent', shell('echo one; exit 3'), spec);
    run(cluster, 'logged', { ...shell('echo one; echo two; exit 3'), ...fromLog }, spec);
    run(cluster, 'well', { ...shell('echo one'), ...fromLog }, spec);
    cluster.advance(20_000);
    expect(message('told', cluster)).toBe('bye\n');
    expect(message('silent', cluster)).toBeUndefined();
    expect(message('logged', cluster)).toBe('one\ntwo\n');
    expect(message('well', cluster)).toBeUndefined();
  });
});

describe('a Pod that may be active for some time only', () => {
  // pkg/kubelet/active_deadline.go
  it('is ended when that is over, and has failed', () => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25' }, { activeDeadlineSeconds: 20 });
    cluster.advance(18_000);
    expect(pod(cluster, 'web').status.phase).toBe('Running');
    cluster.advance(10_000);
    const text = 'Pod was active on the node longer than the specified deadline';
    expect(pod(cluster, 'web').status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded', message: text });
    expect(events(cluster, 'web')).toContain(`Normal DeadlineExceeded ${text}`);
    expect(pod(cluster, 'web').status.containerStatuses?.[0]?.state?.terminated).toBeDefined();
  });
});

describe('the last status of a Pod', () => {
  // pkg/kubelet/status/status_manager.go `TerminatePod`
  it('says of containers that are not known to have ended that they have failed', () => {
    const waiting = { name: 'main', state: { waiting: { reason: 'ErrImagePull' } } };
    const one = {
      spec: { containers: [{ name: 'main' }] },
      status: { phase: 'Pending', containerStatuses: [waiting] },
    };
    const status = terminatedStatus(one as unknown as Pod, false);
    expect(status.phase).toBe('Failed');
    expect(status.containerStatuses?.[0]?.state?.terminated).toMatchObject({
      exitCode: 137,
      reason: 'ContainerStatusUnknown',
      message: 'The container could not be located when the pod was terminated',
    });
    const succeeded = { ...one, status: { phase: 'Succeeded' } };
    expect(terminatedStatus(succeeded as unknown as Pod, false).phase).toBe('Succeeded');
    expect(terminatedStatus(one as unknown as Pod, true).phase).toBe('Pending');
  });
});

describe('images', () => {
  it('are pulled one after the other', () => {
    const cluster = oneNode();
    run(cluster, 'a', { image: 'nginx:1.25' });
    run(cluster, 'b', { image: 'busybox:1.36', command: ['sleep', '60'] });
    cluster.advance(10_000);
    const pulled = ['a', 'b'].flatMap((name) => events(cluster, name).filter((text) => text.includes(' Pulled ')));
    expect(pulled[0]).toMatch(/in 900ms \(900ms including waiting\)/);
    expect(pulled[1]).toMatch(/in 900ms \(1\.8s including waiting\)/);
  });

  // github.com/distribution/reference/normalize.go
  it.each([
    ['Nginx:1.27', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
    ['registry.example.com/Team/web', 'invalid reference format: repository name (Team/web) must be lowercase'],
    ['nginx:', 'invalid reference format'],
  ])('named %s are no images', (image, error) => {
    const cluster = oneNode();
    run(cluster, 'web', { image });
    cluster.advance(3000);
    const text = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${error}`;
    expect(events(cluster, 'web')).toContain(`Warning InspectFailed ${text}`);
    expect(events(cluster, 'web')).toContain('Warning Failed Error: InvalidImageName');
  });

  // pkg/kubelet/kubelet_pods.go `getPullSecretsForPod`
  it('are pulled without the secrets that are not there, which is told', () => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25' }, { imagePullSecrets: [{ name: 'a' }, { name: 'b' }] });
    cluster.advance(3000);
    expect(events(cluster, 'web')).toContain(
      'Warning FailedToRetrieveImagePullSecret Unable to retrieve some image pull secrets (a, b); attempting to pull the image may not succeed.',
    );
  });
});

describe('a Pod whose containers have all ended', () => {
  // pkg/kubelet/status/status_manager.go `mergePodStatus`: what it holds is free by then.
  it('is told to be over only once nothing of it can run any more', () => {
    const cluster = oneNode();
    const runtime = cluster.runtimes.get('node1');
    const seen: { phase?: string; ended: boolean; sandbox: boolean }[] = [];
    cluster.store.watch(({ object }) => {
      if (object.kind !== 'Pod') return;
      const { metadata, status } = object as Pod;
      const ended = status.containerStatuses?.[0]?.state?.terminated !== undefined;
      const sandbox = runtime?.podSandboxes(metadata.uid ?? '').some(({ ready }) => ready) ?? false;
      seen.push({ ...(status.phase ? { phase: status.phase } : {}), ended, sandbox });
    });
    run(cluster, 'once', shell('echo done'), { restartPolicy: 'Never' });
    cluster.advance(10_000);
    expect(seen).toContainEqual({ phase: 'Running', ended: true, sandbox: true });
    expect(seen.filter(({ phase }) => phase === 'Succeeded').every(({ sandbox }) => !sandbox)).toBe(true);
    expect(pod(cluster, 'once').status.phase).toBe('Succeeded');
  });

  it('lets the next one have its host port without a refusal', () => {
    const cluster = oneNode();
    const port = { ...shell('sleep 2'), ports: [{ containerPort: 80, hostPort: 8080 }] };
    run(cluster, 'one', port, { restartPolicy: 'Never' });
    cluster.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'two', namespace: 'default' },
      spec: { containers: [{ name: 'main', ...port }] },
    });
    cluster.advance(20_000);
    expect(events(cluster, 'two').filter((text) => text.includes('NodePorts'))).toEqual([]);
    expect(pod(cluster, 'two').spec.nodeName).toBe('node1');
  });
});
