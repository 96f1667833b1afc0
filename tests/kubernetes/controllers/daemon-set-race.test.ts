import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { DaemonSet } from '@/kubernetes/api/generated/apps-v1';

/** `current/updated` of a DaemonSet's status, each once, while its Pod is replaced. */
function counts(kubelet: 'real' | 'fake'): string[] {
  const cluster = simulate({ name: 'ds', kubelet, nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
  const template = (version: string) => ({
    metadata: { labels: { app: 'agent' } },
    spec: { containers: [{ name: 'main', image: 'demo/echo:1', env: [{ name: 'VERSION', value: version }] }] },
  });
  const client = cluster.client();
  client.create('daemonsets.apps', {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'agent' } }, template: template('1') },
  });
  cluster.advance(20_000);
  const seen: string[] = [];
  cluster.store.watch(({ resource, object }) => {
    if (resource !== 'daemonsets.apps') return;
    const { currentNumberScheduled, updatedNumberScheduled = 0 } = (object as DaemonSet).status;
    seen.push(`${currentNumberScheduled}/${updatedNumberScheduled}`);
  });
  const set = client.get('daemonsets.apps', 'default', 'agent');
  if (!set) throw new Error('no DaemonSet agent');
  client.update('daemonsets.apps', { ...set, spec: { ...set.spec, template: template('2') } });
  cluster.advance(60_000);
  return seen.filter((one, i) => one !== seen[i - 1]);
}

// pkg/controller/daemon/daemon_controller.go `updateDaemonSetStatus` lists Pods anew after `syncNodes`
it('counts a Pod just made where kubelets are busy, and not where nothing else runs', () => {
  expect(counts('real')).toEqual(['1/1', '1/0', '1/1']);
  expect(counts('fake')).toEqual(['1/1', '1/0', '0/0', '1/1']);
});
