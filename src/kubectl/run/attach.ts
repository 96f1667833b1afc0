import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import { containerLogs } from '../kubelet-door';
import { typedAs } from '../resource/typed';

/**
 * `kubectl run --attach` / `-i`: waits for the container, prints what it writes until it ends, and removes the Pod with
 * `--rm`. Typing into it is not simulated. Upstream: kubectl/pkg/cmd/run/run.go `handleAttachPod`.
 */
export function* attachTo(
  invocation: Invocation,
  pod: KubeObject,
  options: { readonly remove: boolean; readonly quiet: boolean },
): Task<number> {
  const mapping = findResource('pods', '');
  if (!mapping) return 1;
  const { cluster } = invocation.context;
  const { name, namespace } = pod.metadata;
  // The resource read is that of Pods.
  const read = () => typedAs<Pod>(invocation.request('get', mapping, { namespace, name }));
  const limit = cluster.clock.now + invocation.flags.number('pod-running-timeout');
  let current = read();
  while (current.status.phase === 'Pending' && cluster.clock.now < limit) {
    yield { change: true, until: limit };
    current = read();
  }
  if (current.status.phase === 'Pending') {
    if (options.remove) invocation.request('delete', mapping, { namespace, name, gracePeriodSeconds: 0 });
    throw new KubectlError('timed out waiting for the condition');
  }
  const container = current.spec.containers[0]?.name ?? '';
  let printed = 0;
  for (;;) {
    current = read();
    const { lines = [], running } = containerLogs(cluster, current, container, false);
    for (const line of lines.slice(printed)) invocation.out(`${line.text}${line.ended ? '\n' : ''}`);
    printed = lines.length;
    if (!running || cluster.clock.nextAt() === undefined) break;
    yield { change: true, until: cluster.clock.now + 100 };
  }
  while (['Running', 'Pending'].includes(current.status.phase ?? '') && current.spec.restartPolicy === 'Never') {
    if (cluster.clock.nextAt() === undefined) break;
    yield { change: true };
    current = read();
  }
  const code = current.status.containerStatuses?.[0]?.state?.terminated?.exitCode ?? 0;
  if (options.remove) {
    invocation.request('delete', mapping, { namespace, name });
    if (!options.quiet) invocation.out(`pod "${name}" deleted from ${namespace ?? 'default'} namespace\n`);
  }
  return code;
}
