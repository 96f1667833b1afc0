import type { Node, Toleration } from '../../api/generated/core-v1';
import type { KubeObject } from '../../api/object';
import { referenceTo } from '../../api/object';
import type { Plugin, Refusal } from '../framework/plugin';
import { untoleratedTaint } from '../../placement/tolerations';

const name = 'NodeUnschedulable';

// pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go
const refusal: Refusal = { plugin: name, reasons: ['node(s) were unschedulable'], resolvable: false };

/** A cordon is overcome by tolerating the taint that goes with it, whether that taint is there or not. */
function toleratesCordon(tolerations: readonly Toleration[] | undefined): boolean {
  return !untoleratedTaint([{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }], tolerations);
}

function isCordoned(node: KubeObject | undefined): boolean {
  // Events of nodes carry Nodes.
  return (node as Node | undefined)?.spec.unschedulable === true;
}

/** Refuses cordoned nodes. */
export const nodeUnschedulable: Plugin = {
  name,
  preFilter({ pod }) {
    if (toleratesCordon(pod.spec.tolerations)) return undefined;
    return {
      filter: (node) => (node.node?.spec.unschedulable ? refusal : undefined),
      because: (node) =>
        node.node
          ? [{ text: `${node.name} is cordoned (spec.unschedulable: true)`, about: [referenceTo(node.node)] }]
          : [],
    };
  },
  events: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeTaint'],
      hint: (_, event) => !isCordoned(event.new) && (event.old === undefined || isCordoned(event.old)),
    },
    {
      resource: 'Pod',
      actions: ['UpdatePodToleration'],
      hint: (pod, event) => event.new?.metadata.uid === pod.uid && toleratesCordon(pod.pod.spec.tolerations),
    },
  ],
};
