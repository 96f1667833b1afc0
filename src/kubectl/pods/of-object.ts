import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { LabelSelector } from '@/kubernetes/api/generated/meta-v1';
import { matchesLabelSelector } from '@/kubernetes/api/label-selector';
import { findResource } from '@/kubernetes/api/registry';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import { selectorText } from '../printers/selector-text';
import type { Info } from '../resource/info';
import { typedAs, typedList } from '../resource/typed';

/** The Pods an object stands for: itself, or those its selector chooses. */
export function podsOf(invocation: Invocation, info: Info): Pod[] {
  // An info of the resource `pods` holds a Pod.
  if (info.mapping.name === 'pods') return [typedAs<Pod>(info.object)];
  const { spec } = info.object as { spec?: { selector?: unknown } };
  const selector = selectorOf(info, spec?.selector);
  const mapping = findResource('pods', '');
  if (!selector || !mapping) {
    throw new KubectlError(
      `cannot get the logs from ${info.mapping.plural}: selector of ${info.mapping.kind} cannot be read`,
    );
  }
  // The resource listed is that of Pods.
  const all = typedList<Pod>(invocation.list(mapping, { namespace: info.namespace }));
  const found = all.filter((pod) => matchesLabelSelector(selector, pod.metadata.labels));
  if (found.length === 0) {
    throw new KubectlError(`timed out waiting for the condition: no pods match ${selectorText(selector)}`);
  }
  return found;
}

function selectorOf(info: Info, selector: unknown): LabelSelector | undefined {
  if (typeof selector !== 'object' || selector === null) return undefined;
  // Services and ReplicationControllers have a plain map of labels, every other kind a LabelSelector.
  const plain = ['services', 'replicationcontrollers'].includes(info.mapping.name);
  return plain ? { matchLabels: selector as Record<string, string> } : (selector as LabelSelector);
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
