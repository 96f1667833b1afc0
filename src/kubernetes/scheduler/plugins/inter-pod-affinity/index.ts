import type { Node, Pod } from '../../../api/generated/core-v1';
import { type AffinityTerm, type NamespaceLabels, termMatches } from '../../framework/affinity-term';
import type { QueueingHint } from '../../framework/cluster-event';
import type { Plugin } from '../../framework/plugin';
import { PodInfo } from '../../framework/pod-info';
import { affinityFilter, matchesAll } from './filter';
import { affinityScore } from './score';

/** Hints look at no namespaces; a selector on their labels then matches only if it is empty. */
const anyNamespace: NamespaceLabels = () => undefined;

/** Upstream: plugin.go `isSchedulableAfterPodChange` */
const podChange: QueueingHint = (waiting, event) => {
  // Events of Pods carry Pods.
  const [old, now] = [event.old as Pod | undefined, event.new as Pod | undefined];
  if (now?.metadata.uid === waiting.uid) return true;
  if ((old && !old.spec.nodeName) || (now && !now.spec.nodeName)) return false;
  const attracts = (pod: Pod) => matchesAll(waiting.requiredAffinity, pod, anyNamespace);
  const repels = (pod: Pod) => waiting.requiredAntiAffinity.some((term) => termMatches(term, pod, anyNamespace));
  if (old && now) return (!attracts(old) && attracts(now)) || (repels(old) && !repels(now));
  if (now) return attracts(now);
  // The Pod that went may have been in the way, or it may itself have refused the company of this one.
  return (
    !!old &&
    (repels(old) || new PodInfo(old).requiredAntiAffinity.some((term) => termMatches(term, waiting.pod, anyNamespace)))
  );
};

/** Upstream: plugin.go `isSchedulableAfterNodeChange` */
const nodeChange: QueueingHint = (waiting, event) => {
  // Events of nodes carry Nodes.
  const [old, now] = [event.old as Node | undefined, event.new as Node | undefined];
  const { requiredAffinity, requiredAntiAffinity } = waiting;
  const before = ({ topologyKey }: AffinityTerm) => old?.metadata.labels?.[topologyKey];
  const after = ({ topologyKey }: AffinityTerm) => now?.metadata.labels?.[topologyKey];
  if (requiredAffinity.some((term) => after(term) !== undefined && after(term) !== before(term))) return true;
  // A new node has nobody on it who could be in the way.
  if (!old) return requiredAntiAffinity.length > 0 || requiredAffinity.length === 0;
  return requiredAntiAffinity.some((term) => before(term) !== undefined && after(term) !== before(term));
};

/** Company that a Pod wants or refuses, and that others refuse it. */
export const interPodAffinity: Plugin = {
  name: 'InterPodAffinity',
  weight: 2,
  preFilter: affinityFilter,
  preScore: affinityScore,
  events: [
    { resource: 'Pod', actions: ['Add', 'UpdatePodLabel', 'Delete'], hint: podChange },
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel'], hint: nodeChange },
  ],
};
