// Upstream: pkg/kubelet/eviction/{eviction_manager,helpers}.go; the texts and their order are those of a real v1.36.2 kubelet.
import { describe, expect, it } from 'vitest';
import type { Container } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import type { NodeFile } from '@/kubernetes/world';
import { events, oneNode, pod, run } from './play';

const Mi = 1024 ** 2;
const node = (file: Partial<NodeFile>): Cluster =>
  oneNode({ nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24', ...file }] });
const sleeps: Partial<Container> = { image: 'busybox', command: ['sleep', '3600'] };
const asks = (memory: string): Partial<Container> => ({ ...sleeps, resources: { requests: { memory } } });

/** A process of the machine takes so much memory. */
function take(cluster: Cluster, bytes: number): number {
  const { kernel, usage } = runtimeOf(cluster);
  const common = { namespace: 'host', pidNamespace: 'host', uid: 0, capabilities: [] };
  const { pid } = kernel.spawn({ ...common, command: ['stress'], comm: 'stress' });
  usage.take(pid, bytes);
  return pid;
}

function runtimeOf(cluster: Cluster) {
  const found = cluster.runtimes.get('node1');
  if (!found) throw new Error('no runtime');
  return found;
}

/** Events of evictions, oldest first. */
function evictions(cluster: Cluster) {
  const found = cluster
    .client()
    .list('events')
    .filter((one) => one.reason === 'Evicted');
  return found.sort((a, b) => ((a.firstTimestamp ?? '') < (b.firstTimestamp ?? '') ? -1 : 1));
}

function condition(cluster: Cluster, type: string) {
  const found = cluster
    .client()
    .get('nodes', undefined, 'node1')
    ?.status.conditions?.find((one) => one.type === type);
  return found && `${found.status} ${found.reason} ${found.message}`;
}

describe('a node with too little memory', () => {
  /** Of what the system itself does not need, 60 MiB are left. */
  const tooMuch = 8131544 * 1024 - 660 * Mi;

  it('ends one Pod, which says what was too little and who used more than it had asked for', () => {
    const cluster = oneNode();
    run(cluster, 'greedy', sleeps);
    run(cluster, 'modest', asks('16Mi'));
    cluster.advance(15_000);
    take(cluster, tooMuch);
    cluster.advance(12_000);
    const { status } = pod(cluster, 'greedy');
    const available = '60728Ki';
    const message = `The node was low on resource: memory. Threshold quantity: 100Mi, available: ${available}. Container main was using 356Ki, request is 0, has larger consumption of memory. `;
    expect(status).toMatchObject({ phase: 'Failed', reason: 'Evicted', message });
    expect(status.conditions?.map((one) => `${one.type}=${one.status} ${one.reason ?? ''}`)).toEqual([
      'DisruptionTarget=True TerminationByKubelet',
      'PodReadyToStartContainers=False ',
      'Initialized=True ',
      'Ready=False PodFailed',
      'ContainersReady=False PodFailed',
      'PodScheduled=True ',
    ]);
    expect(status.conditions?.[0]?.message).toBe(message);
    // Grace of 1 s, and at least 2 s before SIGKILL.
    expect(status.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
    expect(events(cluster, 'greedy').slice(-2)).toEqual([
      `Warning Evicted ${message}`,
      'Normal Killing Stopping container main',
    ]);
    const about = cluster
      .client()
      .list('events')
      .find((one) => one.reason === 'Evicted');
    expect(about?.metadata.annotations).toEqual({
      offending_containers: 'main',
      offending_containers_usage: '356Ki',
      starved_resource: 'memory',
    });
    expect(events(cluster, 'node1')).toContain('Warning EvictionThresholdMet Attempting to reclaim memory');
  });

  it('takes the next Pod as soon as the place of the last one is clean, those that ask for more than they use last', () => {
    const cluster = oneNode();
    run(cluster, 'modest', asks('16Mi'));
    run(cluster, 'greedy', sleeps);
    cluster.advance(15_000);
    take(cluster, tooMuch);
    cluster.advance(40_000);
    const evicted = evictions(cluster);
    expect(evicted.map((one) => one.involvedObject.name)).toEqual(['greedy', 'modest']);
    const [first = '', second = ''] = evicted.map((one) => one.firstTimestamp ?? '');
    expect(Date.parse(second) - Date.parse(first)).toBeLessThanOrEqual(5000);
    expect(pod(cluster, 'modest').status.message).toBe(
      'The node was low on resource: memory. Threshold quantity: 100Mi, available: 61084Ki. ',
    );
  });

  it('tells of it in its conditions, taint and events, and for five minutes after', () => {
    const cluster = oneNode();
    cluster.advance(15_000);
    const pid = take(cluster, tooMuch);
    cluster.advance(25_000);
    expect(condition(cluster, 'MemoryPressure')).toBe(
      'True KubeletHasInsufficientMemory kubelet has insufficient memory available',
    );
    expect(condition(cluster, 'DiskPressure')).toBe('False KubeletHasNoDiskPressure kubelet has no disk pressure');
    const taints = () =>
      cluster
        .client()
        .get('nodes', undefined, 'node1')
        ?.spec.taints?.map(({ key, effect }) => `${key}:${effect}`);
    expect(taints()).toEqual(['node.kubernetes.io/memory-pressure:NoSchedule']);
    expect(events(cluster, 'node1')).toContain(
      'Normal NodeHasInsufficientMemory Node node1 status is now: NodeHasInsufficientMemory',
    );
    runtimeOf(cluster).kernel.exit(pid);
    cluster.advance(290_000);
    expect(condition(cluster, 'MemoryPressure')).toMatch(/^True/);
    cluster.advance(30_000);
    expect(condition(cluster, 'MemoryPressure')).toBe(
      'False KubeletHasSufficientMemory kubelet has sufficient memory available',
    );
    expect(taints()).toBeUndefined();
    expect(events(cluster, 'node1')).toContain(
      'Normal NodeHasSufficientMemory Node node1 status is now: NodeHasSufficientMemory',
    );
  });

  it('refuses Pods that promise nothing of their use, and takes others', () => {
    const cluster = oneNode();
    cluster.advance(15_000);
    take(cluster, tooMuch);
    cluster.advance(15_000);
    run(cluster, 'late', sleeps);
    run(cluster, 'tolerant', sleeps, {
      tolerations: [{ key: 'node.kubernetes.io/memory-pressure', operator: 'Exists' }],
    });
    run(cluster, 'asks', asks('1Mi'));
    run(cluster, 'critical', sleeps, { priorityClassName: 'system-node-critical' });
    cluster.advance(300);
    expect(pod(cluster, 'late').status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Pod was rejected: The node had condition: [MemoryPressure]. ',
    });
    expect(events(cluster, 'late')).toEqual(['Warning Evicted The node had condition: [MemoryPressure]. ']);
    for (const name of ['tolerant', 'asks', 'critical']) expect(pod(cluster, name).status.phase).toBe('Pending');
  });

  it('ends Pods of lower priority first, and critical ones never', () => {
    const cluster = oneNode();
    run(cluster, 'critical', sleeps, { priorityClassName: 'system-node-critical' });
    run(cluster, 'low', sleeps);
    cluster.client().create('priorityclasses.scheduling.k8s.io', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'high' },
      value: 1000,
    });
    run(cluster, 'high', sleeps, { priorityClassName: 'high' });
    cluster.advance(15_000);
    take(cluster, tooMuch);
    cluster.advance(60_000);
    const evicted = evictions(cluster);
    expect(evicted.map((one) => one.involvedObject.name)).toEqual(['low', 'high']);
    expect(pod(cluster, 'critical').status.phase).toBe('Running');
  });

  it('stays as it is while nothing is counted: no look is due', () => {
    const cluster = oneNode();
    run(cluster, 'web', sleeps);
    cluster.advance(600_000);
    expect(pod(cluster, 'web').status.phase).toBe('Running');
  });
});

describe('a node with too little disk', () => {
  it('takes back images first, and ends nobody if that is enough', () => {
    const cluster = node({ used: { 'ephemeral-storage': '43400000Ki' } });
    cluster.advance(15_000);
    expect(condition(cluster, 'DiskPressure')).toMatch(/^False/);
    const { kernel, images, usage } = runtimeOf(cluster);
    run(cluster, 'web', { image: 'nginx' });
    cluster.advance(10_000);
    expect(images.size).toBe(1);
    run(cluster, 'other', { image: 'redis:7' });
    cluster.advance(10_000);
    cluster.client().delete('pods', 'default', 'other', { gracePeriodSeconds: 0 });
    // It is noticed at the look at images five minutes after the start, and must be two minutes old then.
    cluster.advance(400_000);
    const left = usage.disk().available - Math.trunc(usage.disk().capacity * Math.fround(0.15));
    kernel.files.reserve('/var/log/big', left + 4096);
    cluster.advance(30_000);
    expect([...images.keys()]).toEqual(['docker.io/library/nginx:latest']);
    expect(pod(cluster, 'web').status.phase).toBe('Running');
    expect(events(cluster, 'node1')).toContain('Warning EvictionThresholdMet Attempting to reclaim ephemeral-storage');
    expect(condition(cluster, 'DiskPressure')).toBe('True KubeletHasDiskPressure kubelet has disk pressure');
  });

  it('ends the Pod that has written most, and refuses every other that is not critical', () => {
    const cluster = oneNode();
    run(cluster, 'a', sleeps);
    run(cluster, 'writer', sleeps);
    cluster.advance(15_000);
    const { kernel } = runtimeOf(cluster);
    const id = runtimeOf(cluster).podContainers(pod(cluster, 'writer').metadata.uid)[0]?.id ?? '';
    kernel.root(id)?.files.reserve('/big', 36_000 * Mi);
    cluster.advance(12_000);
    const message = pod(cluster, 'writer').status.message ?? '';
    expect(message).toMatch(
      /^The node was low on resource: ephemeral-storage\. Threshold quantity: 5270924161, available: \d+Ki\. Container main was using 36864048Ki, request is 0, has larger consumption of ephemeral-storage\. $/,
    );
    expect(pod(cluster, 'a').status.phase).toBe('Running');
    run(cluster, 'late', asks('1Mi'));
    cluster.advance(500);
    expect(pod(cluster, 'late').status.message).toBe('Pod was rejected: The node had condition: [DiskPressure]. ');
  });

  it('says every five minutes that images are not to blame', () => {
    const cluster = node({ used: { 'ephemeral-storage': '43500000Ki' } });
    cluster.advance(605_000);
    const text =
      "Insufficient free disk space on the node's image filesystem (85% of 49.1 GiB used). Failed to free sufficient space by deleting unused images (freed 0 bytes). Investigate disk usage, as it could be used by active images, logs, volumes, or other data.";
    // The first look, at the kubelet's start, has failed too: nothing had been measured.
    expect(
      events(cluster, 'node1')
        .filter((one) => one.startsWith('Warning'))
        .sort(),
    ).toEqual([`Warning FreeDiskSpaceFailed ${text}`, `Warning ImageGCFailed ${text}`]);
    expect(condition(cluster, 'DiskPressure')).toMatch(/^False/);
  });
});

describe('limits of a Pod to what it writes on its node', () => {
  const reserve = (cluster: Cluster, name: string, path: string, bytes: number) => {
    const { kernel } = runtimeOf(cluster);
    const { uid } = pod(cluster, name).metadata;
    kernel.files.reserve(`/var/lib/kubelet/pods/${uid ?? ''}/volumes/kubernetes.io~empty-dir/${path}`, bytes);
  };
  const write = (cluster: Cluster, name: string, container: string, bytes: number) => {
    const runtime = runtimeOf(cluster);
    const record = runtime.podContainers(pod(cluster, name).metadata.uid).find((one) => one.name === container);
    runtime.kernel.root(record?.id ?? '')?.files.reserve('/f', bytes);
  };
  const limit = { resources: { limits: { 'ephemeral-storage': '1Mi' } } };

  it('an emptyDir: it is looked at once a minute or two', () => {
    const cluster = oneNode();
    const mounts = { volumeMounts: [{ name: 'cache', mountPath: '/cache' }] };
    run(cluster, 'e1', { ...sleeps, ...mounts }, { volumes: [{ name: 'cache', emptyDir: { sizeLimit: '1Mi' } }] });
    // The kubelet began half a minute before: its first full minute is over.
    cluster.advance(35_000);
    reserve(cluster, 'e1', 'cache/f', 3 * Mi);
    cluster.advance(80_000);
    expect(pod(cluster, 'e1').status.phase).toBe('Running');
    cluster.advance(15_000);
    const { status } = pod(cluster, 'e1');
    const message = 'Usage of EmptyDir volume "cache" exceeds the limit "1Mi". ';
    expect(status).toMatchObject({ phase: 'Failed', reason: 'Evicted', message });
    expect(status.conditions?.map(({ type }) => type)).not.toContain('DisruptionTarget');
    expect(events(cluster, 'e1').slice(-2)).toEqual([
      `Warning Evicted ${message}`,
      'Normal Killing Stopping container main',
    ]);
    // What it leaves goes at once.
    expect(runtimeOf(cluster).podContainers(pod(cluster, 'e1').metadata.uid)).toEqual([]);
  });

  it('the sum of its containers comes before each of them', () => {
    const cluster = oneNode();
    run(cluster, 'e2', { ...sleeps, ...limit });
    cluster.advance(5000);
    write(cluster, 'e2', 'main', 3 * Mi);
    cluster.advance(20_000);
    expect(pod(cluster, 'e2').status.message).toBe(
      'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ',
    );
  });

  it('a container beside one that may write more', () => {
    const cluster = oneNode();
    const created = cluster.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'e4', namespace: 'default' },
      spec: {
        nodeName: 'node1',
        containers: [
          { name: 'a', ...sleeps, ...limit },
          { name: 'b', ...sleeps, resources: { limits: { 'ephemeral-storage': '9Mi' } } },
        ],
      },
    });
    expect(created.ok).toBe(true);
    cluster.advance(5000);
    write(cluster, 'e4', 'a', 3 * Mi);
    cluster.advance(20_000);
    expect(pod(cluster, 'e4').status.message).toBe('Container a exceeded its local ephemeral storage limit "1Mi". ');
  });
});
