import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import { Exit, KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import { containerLogs } from '../kubelet-door';
import { typedAs } from '../resource/typed';

/** Upstream: attach.go `Run`. */
export const attachHint = `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`;

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
  // Of a Pod that has ended by now there is nothing but its log.
  if (current.status.phase === 'Running' && !options.quiet) invocation.err(attachHint);
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
  const { exitCode = 0, reason = '', message } = current.status.containerStatuses?.[0]?.state?.terminated ?? {};
  if (options.remove) {
    invocation.request('delete', mapping, { namespace, name });
    if (!options.quiet) invocation.out(`pod "${name}" deleted from ${namespace ?? 'default'} namespace\n`);
  }
  // Upstream: run.go `Run`.
  const ended = `pod ${namespace ?? 'default'}/${name} terminated (${reason})${message ? `\n${message}` : ''}`;
  if (current.status.phase === 'Failed') throw new Exit(exitCode, ended);
  return exitCode;
}
