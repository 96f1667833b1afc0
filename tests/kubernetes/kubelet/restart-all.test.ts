import { describe, expect, it } from 'vitest';
import { restartsAfter } from '@/kubernetes/kubelet/restart';
import { events, oneNode, pod, run } from './play';

const sh = (script: string) => ({ image: 'busybox:1.36', command: ['sh', '-c', script] });
const all = {
  restartPolicy: 'Never',
  restartPolicyRules: [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [7] } }],
};

/** A Pod whose second container ends with 7 after some seconds, the first time. */
function playing(kubernetes: '1.35' | '1.36' = '1.36') {
  const cluster = oneNode({ kubernetes });
  const result = cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'ra', namespace: 'default' },
    spec: {
      nodeName: 'node1',
      restartPolicy: 'Never',
      volumes: [{ name: 'x', emptyDir: {} }],
      initContainers: [{ name: 'i', ...sh('exit 0') }],
      containers: [
        {
          name: 'r',
          ...sh('[ -f /x/once ] && sleep 3600; touch /x/once; sleep 6; exit 7'),
          volumeMounts: [{ name: 'x', mountPath: '/x' }],
          ...all,
        },
        { name: 'w', ...sh('sleep 3600') },
      ],
    },
  });
  if (!result.ok) throw new Error(result.status.message);
  return cluster;
}

// pkg/kubelet/kuberuntime/kuberuntime_manager.go `getContainersToReset`, pkg/kubelet/kubelet_pods.go; as a real node told it.
describe('RestartAllContainers', () => {
  it('ends and removes every container, and begins with the init containers again', () => {
    const cluster = playing();
    cluster.advance(30_000);
    const { status } = pod(cluster, 'ra');
    const message = 'The container is removed because RestartAllContainers in place';
    const lastState = {
      terminated: { exitCode: 137, finishedAt: null, startedAt: null, reason: 'RestartingAllContainers', message },
    };
    expect(status.containerStatuses).toMatchObject([
      { name: 'r', restartCount: 1, ready: true, lastState },
      { name: 'w', restartCount: 1, ready: true, lastState },
    ]);
    expect(status.initContainerStatuses).toMatchObject([{ restartCount: 1, ready: true, lastState }]);
    const condition = (type: string) => status.conditions?.find((one) => one.type === type);
    expect(condition('AllContainersRestarting')).toMatchObject({ status: 'False' });
    expect(condition('AllContainersRestarting')?.observedGeneration).toBeUndefined();
    expect(condition('Initialized')?.status).toBe('True');
    expect(status.phase).toBe('Running');
    expect(events(cluster, 'ra').filter((text) => text.includes('Killing'))).toEqual(['Normal Killing killing']);
  });

  it('keeps what is told of it while it goes on', () => {
    const cluster = playing();
    const told = () => pod(cluster, 'ra').status.conditions?.find((one) => one.type === 'AllContainersRestarting');
    for (let i = 0; i < 300 && told()?.status !== 'True'; i++) cluster.advance(100);
    expect(told()).toMatchObject({
      reason: 'RestartAllContainersStarted',
      message: 'container exited with restart policy rule',
      observedGeneration: 1,
    });
  });

  it('counts as a rule that starts the container again', () => {
    const container = { name: 'c', ...all };
    expect(restartsAfter(container, { containers: [], restartPolicy: 'Never' }, 7)).toBe(true);
    expect(restartsAfter(container, { containers: [], restartPolicy: 'Always' }, 8)).toBe(false);
  });
});

// pkg/kubelet/sysctl/allowlist.go
describe('settings of the kernel', () => {
  it.each([
    ['net.core.somaxconn', 'forbidden sysctl: "net.core.somaxconn" not allowlisted'],
    ['net/core/somaxconn', 'forbidden sysctl: "net.core.somaxconn" not allowlisted'],
  ])('%s is refused', (name, message) => {
    const cluster = oneNode();
    run(cluster, 'web', sh('sleep 3600'), { securityContext: { sysctls: [{ name, value: '1024' }] } });
    cluster.advance(5000);
    expect(pod(cluster, 'web').status).toMatchObject({
      phase: 'Failed',
      reason: 'SysctlForbidden',
      message: `Pod was rejected: ${message}`,
    });
    expect(events(cluster, 'web')).toEqual([`Warning SysctlForbidden ${message}`]);
  });

  it('that are safe are not', () => {
    const cluster = oneNode();
    const sysctls = [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }];
    run(cluster, 'web', sh('sleep 3600'), { securityContext: { sysctls } });
    cluster.advance(10_000);
    expect(pod(cluster, 'web').status.phase).toBe('Running');
  });
});

it('a node says what it can do', () => {
  const features = (kubernetes: '1.35' | '1.36') =>
    oneNode({ kubernetes }).client().get('nodes', undefined, 'node1')?.status.declaredFeatures;
  expect(features('1.35')).toBeUndefined();
  expect(features('1.36')).toEqual([
    'ExtendWebSocketsToKubelet',
    'InPlacePodLevelResourcesVerticalScaling',
    'InPlacePodVerticalScalingInitContainers',
    'RestartAllContainersOnContainerExits',
  ]);
});
