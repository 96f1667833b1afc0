import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { LabelSelector } from '@/kubernetes/api/generated/meta-v1';
import { matchesLabelSelector } from '@/kubernetes/api/label-selector';
import { isObject } from '@/kubernetes/api/object';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import type { Task } from '@/kubernetes/clock/task';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import type { Info } from '../resource/info';
import { mappingFor } from '../resource/mapping';
import { typedAs, typedList } from '../resource/typed';

/**
 * The Pods an object stands for: itself, or those its selector chooses; waits for the first as long as the command's
 * `--pod-running-timeout` says. Upstream: kubectl/pkg/polymorphichelpers/{attachablepodforobject,helpers}.go
 */
export function* podsOf(invocation: Invocation, info: Info, failure = 'cannot attach to'): Task<Pod[]> {
  // An info of the resource `pods` holds a Pod.
  if (info.mapping.name === 'pods') return [typedAs<Pod>(info.object)];
  const selector = selectorOf(info, failure);
  const mapping = mappingFor('pods', invocation.minor);
  const { clock } = invocation.context.cluster;
  const until = clock.now + invocation.flags.number('pod-running-timeout');
  for (;;) {
    // The resource listed is that of Pods.
    const all = typedList<Pod>(invocation.list(mapping, { namespace: info.namespace }));
    const found = all.filter((pod) => matchesLabelSelector(selector, pod.metadata.labels));
    if (found.length > 0) return found;
    if (clock.now >= until) throw new KubectlError('timed out waiting for the condition');
    yield { change: true, until };
  }
}

const selecting = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Deployment', 'Job', 'ReplicationController', 'Service'];

/** Upstream: helpers.go `SelectorsForObject`. */
function selectorOf({ mapping, name, object }: Info, failure: string): LabelSelector {
  const type = `*${mapping.group === '' || mapping.version === 'v1' ? 'v1' : mapping.version}.${mapping.kind}`;
  const refuse = (why: string) => new KubectlError(`${failure} ${type}: ${why}`);
  if (!selecting.includes(mapping.kind)) throw refuse(`selector for ${type} not implemented`);
  const selector = isObject(object.spec) && isObject(object.spec.selector) ? object.spec.selector : {};
  // Services and ReplicationControllers have a plain map of labels, every other kind a LabelSelector.
  if (mapping.kind !== 'Service' && mapping.kind !== 'ReplicationController') return selector;
  if (mapping.kind === 'Service' && Object.keys(selector).length === 0) {
    throw refuse(`invalid service '${name}': Service is defined without a selector`);
  }
  return { matchLabels: selector as Record<string, string> }; // the API server lets nothing else in
}

const phases: Readonly<Record<string, number>> = { Running: 0, Unknown: 1, Pending: 2 };

/** The best Pod first. Upstream: kubectl/pkg/util/podutils `ByLogging`; for exec, `ActivePods` reversed. */
export function bestFirst(pods: readonly Pod[], moreRestartsFirst: boolean): Pod[] {
  return [...pods].sort(
    (a, b) =>
      Number(!a.spec.nodeName) - Number(!b.spec.nodeName) ||
      (phases[a.status.phase ?? ''] ?? 0) - (phases[b.status.phase ?? ''] ?? 0) ||
      Number(!readySince(a)) - Number(!readySince(b)) ||
      (readySince(a) ?? 0) - (readySince(b) ?? 0) ||
      (moreRestartsFirst ? restarts(b) - restarts(a) : restarts(a) - restarts(b)) ||
      created(a) - created(b),
  );
}

function readySince({ status }: Pod): number | undefined {
  const ready = status.conditions?.find((one) => one.type === 'Ready' && one.status === 'True');
  return ready ? (parseRfc3339(ready.lastTransitionTime ?? '') ?? 1) : undefined;
}

function restarts({ status }: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map((one) => one.restartCount));
}

function created({ metadata }: Pod): number {
  return parseRfc3339(metadata.creationTimestamp ?? '') ?? 0;
}
