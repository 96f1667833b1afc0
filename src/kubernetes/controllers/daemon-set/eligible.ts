import type { DaemonSet } from '../../api/generated/apps-v1';
import type { Node, NodeSelectorTerm, Pod, PodSpec, PodTemplateSpec, Toleration } from '../../api/generated/core-v1';
import { matchesRequiredNodeAffinity } from '../../placement/node-selector';
import { untoleratedTaint } from '../../placement/tolerations';
import { withLabels } from '../pod-control';

export const hashLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';
const generationAnnotation = 'deprecated.daemonset.template.generation';

/** What every daemon Pod puts up with. Upstream: pkg/controller/daemon/util/daemonset_util.go */
const daemonTolerations: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];
const networkUnavailable: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** The template's tolerations and those that only daemon Pods get; on the host's network one more. */
function tolerationsOf(spec: PodSpec): Toleration[] {
  const own = spec.tolerations ?? [];
  const added = spec.hostNetwork ? [...daemonTolerations, networkUnavailable] : daemonTolerations;
  const missing = added.filter(
    (toleration) =>
      !own.some((one) => one.key === toleration.key && one.effect === toleration.effect && one.operator === 'Exists'),
  );
  return [...own, ...missing];
}

/** Whether a Pod should start on a node, and whether one that is there may stay: `NodeShouldRunDaemonPod`. */
export function eligibility(set: DaemonSet, node: Node): { shouldRun: boolean; mayStay: boolean } {
  const spec = set.spec.template.spec ?? { containers: [] };
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return { shouldRun: false, mayStay: false };
  if (!matchesRequiredNodeAffinity(spec, node)) return { shouldRun: false, mayStay: false };
  const tolerations = tolerationsOf(spec);
  const taints = node.spec.taints;
  if (untoleratedTaint(taints, tolerations)) {
    return { shouldRun: false, mayStay: !untoleratedTaint(taints, tolerations, ['NoExecute']) };
  }
  return { shouldRun: true, mayStay: true };
}

/** The template of a Pod for one node: pinned to it by name, labelled with its revision. */
export function templateFor(set: DaemonSet, node: string, hash: string): PodTemplateSpec {
  const { template } = set.spec;
  const spec = template.spec ?? { containers: [] };
  const generation = set.metadata.annotations?.[generationAnnotation];
  const labels = {
    ...template.metadata?.labels,
    ...(generation === undefined ? {} : { [generationLabel]: generation }),
    [hashLabel]: hash,
  };
  return {
    ...withLabels(template, labels),
    spec: { ...spec, affinity: pinned(spec, node), tolerations: tolerationsOf(spec) },
  };
}

/** `ReplaceDaemonSetPodNodeNameNodeAffinity`: the required terms become one that names the node. */
function pinned(spec: PodSpec, node: string): NonNullable<PodSpec['affinity']> {
  const term: NodeSelectorTerm = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] };
  return {
    ...spec.affinity,
    nodeAffinity: {
      ...spec.affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] },
    },
  };
}

/** The node a daemon Pod is on or pinned to: `GetTargetNodeName`. */
export function targetNode(pod: Pod): string | undefined {
  if (pod.spec.nodeName) return pod.spec.nodeName;
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const term of required?.nodeSelectorTerms ?? []) {
    for (const field of term.matchFields ?? []) if (field.key === 'metadata.name') return field.values?.[0];
  }
  return undefined;
}

/** Whether a Pod is of the present template: by hash, or by the older label of the template's generation. */
export function isUpdated(pod: Pod, set: DaemonSet, hash: string): boolean {
  const generation = set.metadata.annotations?.[generationAnnotation];
  const { labels } = pod.metadata;
  return labels?.[hashLabel] === hash || (generation !== undefined && labels?.[generationLabel] === generation);
}
