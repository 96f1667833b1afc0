import { referenceTo } from '../../api/object';
import type { PodSpec } from '../../api/generated/core-v1';
import type { Plugin, Refusal } from '../framework/plugin';

const name = 'NodeDeclaredFeatures';

// pkg/scheduler/framework/plugins/nodedeclaredfeatures/nodedeclaredfeatures.go
const refusal: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't match Pod's required features"],
  resolvable: false,
};

/** What only some nodes can do, the node has to declare. */
export const nodeDeclaredFeatures: Plugin = {
  name,
  preFilter({ pod }) {
    const needed = featuresOf(pod.spec);
    if (needed.length === 0) return undefined;
    return {
      filter: ({ node }) => (needed.every((one) => node?.status.declaredFeatures?.includes(one)) ? undefined : refusal),
      because: () => [{ text: `the Pod needs ${needed.join(', ')}`, about: [referenceTo(pod)] }],
    };
  },
  events: [{ resource: 'Node', actions: ['Add'] }],
};

/** Upstream: staging/src/k8s.io/component-helpers/nodedeclaredfeatures/features `InferForScheduling` */
function featuresOf({ containers, initContainers = [] }: PodSpec): string[] {
  const restartsAll = [...containers, ...initContainers].some(({ restartPolicyRules }) =>
    restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'),
  );
  return restartsAll ? ['RestartAllContainersOnContainerExits'] : [];
}
