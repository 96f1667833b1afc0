import type { Plugin } from '../framework/plugin';

const name = 'SchedulingGates';

/**
 * Keeps a Pod with gates out of the active queue.
 * Upstream: pkg/scheduler/framework/plugins/schedulinggates/scheduling_gates.go
 */
export const schedulingGates: Plugin = {
  name,
  preEnqueue({ pod }) {
    const gates = pod.spec.schedulingGates ?? [];
    if (gates.length === 0) return undefined;
    const names = gates.map((gate) => gate.name).join(' ');
    return { plugin: name, reasons: [`waiting for scheduling gates: [${names}]`], resolvable: false };
  },
  events: [
    {
      resource: 'Pod',
      actions: ['UpdatePodSchedulingGatesEliminated'],
      hint: (pod, event) => event.new?.metadata.uid === pod.uid,
    },
  ],
};
