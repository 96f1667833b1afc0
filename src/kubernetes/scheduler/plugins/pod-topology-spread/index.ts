import type { Node, Pod } from '../../../api/generated/core-v1';
import { matchesLabelSelector } from '../../../api/label-selector';
import { deepEqual } from '../../../api/object';
import type { QueueingHint } from '../../framework/cluster-event';
import type { Plugin } from '../../framework/plugin';
import { hasAllKeys, ownConstraints } from './constraint';
import { spreadFilter } from './filter';
import { spreadScore } from './score';

/** Upstream: plugin.go `isSchedulableAfterPodChange` */
const podChange: QueueingHint = ({ pod, uid }, event) => {
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  // Events of Pods carry Pods.
  const [old, now] = [event.old as Pod | undefined, event.new as Pod | undefined];
  const isInvolved = (other: Pod) =>
    other.metadata.uid === uid || (!!other.spec.nodeName && other.metadata.namespace === pod.metadata.namespace);
  if ((old && !isInvolved(old)) || (now && !isInvolved(now))) return false;
  if (old && now) {
    const newToleration = event.action === 'UpdatePodToleration' && now.metadata.uid === uid;
    if (newToleration && constraints.some((one) => one.honorsNodeTaints)) return true;
    return constraints.some(
      ({ selector }) =>
        matchesLabelSelector(selector, old.metadata.labels) !== matchesLabelSelector(selector, now.metadata.labels),
    );
  }
  const other = now ?? old;
  return !!other && constraints.some(({ selector }) => matchesLabelSelector(selector, other.metadata.labels));
};

/** Upstream: plugin.go `isSchedulableAfterNodeChange` */
const nodeChange: QueueingHint = ({ pod }, event) => {
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  // Events of nodes carry Nodes.
  const [old, now] = [event.old as Node | undefined, event.new as Node | undefined];
  const matched = old !== undefined && hasAllKeys(old.metadata.labels ?? {}, constraints);
  const matches = now !== undefined && hasAllKeys(now.metadata.labels ?? {}, constraints);
  if (!old || !now) return matched || matches;
  if (matched !== matches) return true;
  const moved = constraints.some(
    ({ topologyKey }) => old.metadata.labels?.[topologyKey] !== now.metadata.labels?.[topologyKey],
  );
  return matches && (moved || !deepEqual(old.spec.taints, now.spec.taints));
};

/** Spreads Pods over hosts, zones and whatever else nodes are labelled with. */
export const podTopologySpread: Plugin = {
  name: 'PodTopologySpread',
  weight: 2,
  preFilter: spreadFilter,
  preScore: spreadScore,
  events: [
    { resource: 'Pod', actions: ['Add', 'UpdatePodLabel', 'UpdatePodToleration', 'Delete'], hint: podChange },
    { resource: 'Node', actions: ['Add', 'Delete', 'UpdateNodeLabel', 'UpdateNodeTaint'], hint: nodeChange },
  ],
};
