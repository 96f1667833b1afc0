import type { Node, Pod } from '../../../api/generated/core-v1';
import { matchesLabelSelector } from '../../../api/label-selector';
import type { QueueingHint } from '../../framework/cluster-event';
import type { Plugin } from '../../framework/plugin';
import { hasAllKeys, ownConstraints, type SpreadConstraint } from './constraint';
import { spreadFilter } from './filter';
import { spreadScore } from './score';

function selects(constraints: readonly SpreadConstraint[], pod: Pod): boolean {
  return constraints.some(({ selector }) => matchesLabelSelector(selector, pod.metadata.labels));
}

/** Upstream: plugin.go `isSchedulableAfterPodChange` */
const podChange: QueueingHint = ({ pod }, event) => {
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  // Events of Pods carry Pods.
  const [old, now] = [event.old as Pod | undefined, event.new as Pod | undefined];
  if (now?.metadata.uid === pod.metadata.uid) return true;
  if ((now ?? old)?.metadata.namespace !== pod.metadata.namespace) return false;
  if (old && now) return selects(constraints, old) !== selects(constraints, now);
  if (now) return !!now.spec.nodeName && selects(constraints, now);
  return !!old?.spec.nodeName && selects(constraints, old);
};

/** Upstream: plugin.go `isSchedulableAfterNodeChange` */
const nodeChange: QueueingHint = ({ pod }, event) => {
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  // Events of nodes carry Nodes.
  const [old, now] = [event.old as Node | undefined, event.new as Node | undefined];
  const matched = old !== undefined && hasAllKeys(old.metadata.labels ?? {}, constraints);
  const matches = now !== undefined && hasAllKeys(now.metadata.labels ?? {}, constraints);
  if (!old || !now) return matched || matches;
  const moved = constraints.some(
    (one) => old.metadata.labels?.[one.topologyKey] !== now.metadata.labels?.[one.topologyKey],
  );
  const tainted = event.action === 'UpdateNodeTaint' && constraints.some((one) => one.honorsNodeTaints);
  return matched !== matches || (matches && (moved || tainted));
};

/** Spreads Pods over hosts, zones and whatever else nodes are labelled with. */
export const podTopologySpread: Plugin = {
  name: 'PodTopologySpread',
  weight: 2,
  preFilter: spreadFilter,
  preScore: spreadScore,
  events: [
    { resource: 'Pod', actions: ['Add', 'UpdatePodLabel', 'Delete'], hint: podChange },
    { resource: 'Node', actions: ['Add', 'Delete', 'UpdateNodeLabel', 'UpdateNodeTaint'], hint: nodeChange },
  ],
};
