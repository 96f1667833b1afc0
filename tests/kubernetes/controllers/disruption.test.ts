import { describe, expect, it } from 'vitest';
import { runAll } from '@/cli/replay/driver';
import type { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';
import { create, deployment, events, fakeCluster, livePods } from './fixture';

function budget(cluster: Cluster, name: string, spec: object): void {
  cluster.client().create('poddisruptionbudgets.policy', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  });
}

const status = (cluster: Cluster, name: string) =>
  cluster.client().get('poddisruptionbudgets.policy', 'default', name)?.status;

function bare(cluster: Cluster): void {
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'solo', namespace: 'default', labels: { app: 'web' } },
    spec: { containers: [{ name: 'app', image: 'registry.example/web:1' }] },
  });
}

// pkg/controller/disruption/disruption.go
describe('a disruption budget', () => {
  it('of Pods that nobody owns says so, where it counts from the size of the owners', () => {
    const cluster = fakeCluster(2);
    bare(cluster);
    budget(cluster, 'share', { maxUnavailable: 1 });
    cluster.advance(3000);
    expect(events(cluster.client(), 'PodDisruptionBudget')).toEqual([
      'UnmanagedPods: Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.',
    ]);
    expect(status(cluster, 'share')).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0, currentHealthy: 1 });
  });

  it('of Pods that nobody owns takes a number as it is', () => {
    const cluster = fakeCluster(2);
    bare(cluster);
    budget(cluster, 'number', { minAvailable: 0 });
    cluster.advance(3000);
    expect(events(cluster.client(), 'PodDisruptionBudget')).toEqual([]);
    expect(status(cluster, 'number')).toMatchObject({ expectedPods: 1, disruptionsAllowed: 1, currentHealthy: 1 });
  });

  it('of Pods whose owner has no scale lets nobody go and says why', () => {
    const cluster = fakeCluster(2);
    create(cluster, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'work' },
      spec: {
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'registry.example/work:long' }] },
        },
      },
    });
    budget(cluster, 'share', { maxUnavailable: '50%' });
    cluster.advance(3000);
    expect(events(cluster.client(), 'PodDisruptionBudget')).toContain(
      'CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource',
    );
    expect(status(cluster, 'share')).toMatchObject({
      disruptionsAllowed: 0,
      conditions: [
        { status: 'False', reason: 'SyncFailed', message: 'jobs.batch does not implement the scale subresource' },
      ],
    });
  });

  it('goes stale where a Pod has two: only one of them hears of its changes', () => {
    const cluster = fakeCluster(2);
    create(cluster, deployment({ replicas: 2 }));
    budget(cluster, 'one', { minAvailable: 1 });
    budget(cluster, 'two', { maxUnavailable: 1 });
    cluster.advance(4000);
    const said = events(cluster.client(), 'Pod').filter((text) => text.startsWith('Multiple'));
    const [pod] = livePods(cluster.client());
    expect(said).toContain(
      `MultiplePodDisruptionBudgets: Pod "default"/"${pod?.metadata.name}" matches multiple PodDisruptionBudgets.  Chose "one" arbitrarily.`,
    );
    expect([status(cluster, 'one')?.currentHealthy, status(cluster, 'two')?.currentHealthy]).toEqual([2, 0]);
  });

  it('beside a second one forbids eviction with a code and a message, no reason', () => {
    const cluster = fakeCluster(2);
    create(cluster, deployment({ replicas: 2 }));
    budget(cluster, 'one', { minAvailable: 1 });
    budget(cluster, 'two', { maxUnavailable: 1 });
    cluster.advance(4000);
    const session = new Session(cluster, { kind: 'machine', name: 'client' });
    const { stderr } = cluster.run(runLine(session, 'kubectl drain node-1 --timeout=4s'));
    const text =
      'error when evicting pods/"[^"]+" -n "default": This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    expect(stderr).toMatch(new RegExp(`^There are pending pods in node "node-1" when an error occurred: ${text}\n`));
    expect(stderr).toMatch(new RegExp(`\n${text}\n$`));
  });

  // kubectl/pkg/cmd/drain/drain.go `deleteOrEvictPodsSimple`
  it('keeps a drain waiting that says nothing of Pods that are gone when its time is up', () => {
    const cluster = fakeCluster(1);
    create(cluster, deployment({ replicas: 1 }));
    budget(cluster, 'all', { minAvailable: 1 });
    cluster.advance(4000);
    const session = new Session(cluster, { kind: 'machine', name: 'client' });
    const line = (after: number, text: string) => ({
      at: cluster.clock.now + after,
      run: () => runLine(session, text),
    });
    const [drained] = runAll(cluster, [
      line(0, 'kubectl drain node-1 --timeout=3s'),
      line(1000, 'kubectl delete pods --all --wait=false'),
    ]);
    expect(drained?.value.stderr.split('\n').map((text) => text.replace(/web-[-a-z0-9]+/, 'POD'))).toEqual([
      'error when evicting pods/"POD" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.',
      'error: unable to drain node "node-1" due to error: error when evicting pods/"POD" -n "default": global timeout reached: 3s, continuing command...',
      'There are pending nodes to be drained:',
      ' node-1',
      'error when evicting pods/"POD" -n "default": global timeout reached: 3s',
      '',
    ]);
  });
});

// pkg/controller/resourcequota/resource_quota_monitor.go: everything that can be deleted is watched
describe('a quota', () => {
  it('counts anew when one of any kind is deleted', () => {
    const cluster = fakeCluster(1);
    const client = cluster.client();
    client.create('resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few', namespace: 'default' },
      spec: { hard: { 'count/deployments.apps': '2' } },
    });
    cluster.advance(1000);
    create(cluster, deployment({ replicas: 1 }));
    const used = () => client.get('resourcequotas', 'default', 'few')?.status?.used;
    expect(used()).toEqual({ 'count/deployments.apps': '1' });
    client.delete('deployments.apps', 'default', 'web');
    cluster.advance(1000);
    expect(used()).toEqual({ 'count/deployments.apps': '0' });
  });
});
