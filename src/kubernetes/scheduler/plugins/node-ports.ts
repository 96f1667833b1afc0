import type { Pod } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import { hostPortsOf, portsConflict, portText } from '../../placement/host-ports';
import type { Plugin, Refusal } from '../framework/plugin';

const name = 'NodePorts';

// pkg/scheduler/framework/plugins/nodeports/node_ports.go
const refusal: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  resolvable: true,
};

/**
 * Refuses nodes on which another Pod has *declared* one of the wanted host ports. It knows nothing of real sockets.
 */
export const nodePorts: Plugin = {
  name,
  preFilter({ pod, hostPorts }) {
    if (hostPorts.length === 0) return undefined;
    return {
      filter: (node) => (node.ports.isTaken(hostPorts) ? refusal : undefined),
      because: (node) =>
        node.ports.conflicts(hostPorts).map(({ held, holder }) => ({
          text: `${portText(held)} on ${node.name} is held by Pod ${holder.key}`,
          about: [referenceTo(holder.pod), ...(node.node ? [referenceTo(node.node)] : []), referenceTo(pod)],
        })),
    };
  },
  events: [
    {
      resource: 'Pod',
      actions: ['Delete'],
      hint(waiting, event) {
        // Events of Pods carry Pods.
        const gone = event.old as Pod;
        if (!gone.spec.nodeName && !gone.status.nominatedNodeName) return false;
        const freed = hostPortsOf(gone.spec);
        return waiting.hostPorts.some((wanted) => freed.some((port) => portsConflict(wanted, port)));
      },
    },
    { resource: 'Node', actions: ['Add'] },
  ],
};
