import type { Node, Taint } from '../../api/generated/core-v1';
import { type KubeObject, referenceTo } from '../../api/object';
import { normalizeByHighest, type Plugin, type Refusal } from '../framework/plugin';
import { untoleratedTaint, tolerates } from '../../placement/tolerations';
import type { PodInfo } from '../framework/pod-info';

const name = 'TaintToleration';

// pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go
const refusal: Refusal = { plugin: name, reasons: ['node(s) had untolerated taint(s)'], resolvable: false };

function isRefused(pod: PodInfo, node: KubeObject | undefined): boolean {
  // Events of nodes carry Nodes.
  return untoleratedTaint((node as Node).spec.taints, pod.pod.spec.tolerations) !== undefined;
}

/** `dedicated=x:NoSchedule`, as kubectl prints a taint. */
function taintText({ key, value, effect }: Taint): string {
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

/** Refuses nodes with taints that nothing tolerates; prefers those with few `PreferNoSchedule` ones. */
export const taintToleration: Plugin = {
  name,
  weight: 3,
  preFilter({ pod }) {
    const { tolerations } = pod.spec;
    return {
      filter: (node) => (node.taints.length > 0 && untoleratedTaint(node.taints, tolerations) ? refusal : undefined),
      because(node) {
        const taint = untoleratedTaint(node.taints, tolerations);
        if (!node.node || !taint) return [];
        const text = `${node.name} has the taint ${taintText(taint)}, which the Pod does not tolerate`;
        return [{ text, about: [referenceTo(node.node)] }];
      },
    };
  },
  preScore({ pod }) {
    const soft = (pod.spec.tolerations ?? []).filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
    const isDisliked = (taint: Taint) =>
      taint.effect === 'PreferNoSchedule' && !soft.some((toleration) => tolerates(toleration, taint));
    return {
      score: (node) => (node.taints.length === 0 ? 0 : node.taints.filter(isDisliked).length),
      normalize: (scores) => normalizeByHighest(scores, true),
    };
  },
  events: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeTaint'],
      hint: (pod, event) => !isRefused(pod, event.new) && (event.old === undefined || isRefused(pod, event.old)),
    },
    {
      resource: 'Pod',
      actions: ['UpdatePodToleration'],
      hint: (pod, event) => event.new?.metadata.uid === pod.uid,
    },
  ],
};
