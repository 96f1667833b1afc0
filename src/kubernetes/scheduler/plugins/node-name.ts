import { referenceTo } from '../../api/object';
import type { Plugin, Refusal } from '../framework/plugin';

const name = 'NodeName';

// pkg/scheduler/framework/plugins/nodename/node_name.go
const refusal: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't match the requested node name"],
  resolvable: false,
};

/** A Pod that names its node goes nowhere else (the kubelet asks this; bound Pods never come to the scheduler). */
export const nodeName: Plugin = {
  name,
  preFilter({ pod }) {
    const wanted = pod.spec.nodeName;
    if (!wanted) return undefined;
    return {
      filter: (node) => (node.name === wanted ? undefined : refusal),
      because: () => [{ text: `spec.nodeName is ${wanted}`, about: [referenceTo(pod)] }],
    };
  },
  events: [{ resource: 'Node', actions: ['Add'] }],
};
