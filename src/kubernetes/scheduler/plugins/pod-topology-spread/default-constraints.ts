import type { Pod } from '../../../api/generated/core-v1';
import type { LabelSelector, LabelSelectorRequirement } from '../../../api/generated/meta-v1';
import { matchesLabels } from '../../../api/label-selector';
import { controllerOf } from '../../../api/object';
import type { ObjectReader } from '../../framework/snapshot';
import { hostnameLabel, type SpreadConstraint, zoneLabel } from './constraint';

/**
 * The selector of whatever runs this Pod: the Services that select it and the ReplicaSet, StatefulSet or
 * ReplicationController that owns it, taken together. Undefined where there is none.
 * Upstream: pkg/scheduler/framework/plugins/helper/spread.go `DefaultSelector`
 */
function defaultSelector(pod: Pod, objects: ObjectReader): LabelSelector | undefined {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: LabelSelectorRequirement[] = [];
  const { namespace, labels } = pod.metadata;
  for (const { spec } of objects.list('services', namespace)) {
    if (spec.selector && Object.keys(spec.selector).length > 0 && matchesLabels(spec.selector, labels)) {
      Object.assign(matchLabels, spec.selector);
    }
  }
  const owner = controllerOf(pod);
  if (owner?.kind === 'ReplicationController') {
    Object.assign(matchLabels, objects.get('replicationcontrollers', namespace, owner.name)?.spec.selector);
  } else if (owner?.kind === 'ReplicaSet' || owner?.kind === 'StatefulSet') {
    const resource = owner.kind === 'ReplicaSet' ? 'replicasets.apps' : 'statefulsets.apps';
    const selector = objects.get(resource, namespace, owner.name)?.spec.selector;
    if (selector && Object.keys(matchLabels).length === 0) return alone(selector);
    matchExpressions.push(...requirementsOf(selector));
  }
  const empty = Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
  return empty ? undefined : { matchLabels, matchExpressions };
}

/** Pairs of labels as requirements, then the requirements. */
function requirementsOf(selector: LabelSelector | undefined): LabelSelectorRequirement[] {
  const pairs = Object.entries(selector?.matchLabels ?? {});
  const equal = pairs.map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return [...equal, ...(selector?.matchExpressions ?? [])];
}

/** A ReplicaSet's selector where no Service adds to it: the same object for all of its Pods. */
function alone(selector: LabelSelector): LabelSelector | undefined {
  const known = made.get(selector);
  if (known) return known;
  const matchExpressions = requirementsOf(selector);
  if (matchExpressions.length === 0) return undefined;
  const result = { matchLabels: {}, matchExpressions };
  made.set(selector, result);
  return result;
}

const made = new WeakMap<LabelSelector, LabelSelector>();

/**
 * What a Pod without constraints of its own gets: spread a little over nodes, less over zones, never a reason to wait.
 * Upstream: pkg/scheduler/framework/plugins/podtopologyspread/plugin.go `systemDefaultConstraints`
 */
export function defaultConstraints(pod: Pod, objects: ObjectReader): SpreadConstraint[] {
  const selector = defaultSelector(pod, objects);
  if (!selector) return [];
  const shared = { selector, minDomains: 1, honorsNodeAffinity: true, honorsNodeTaints: false };
  return [
    { ...shared, topologyKey: hostnameLabel, maxSkew: 3 },
    { ...shared, topologyKey: zoneLabel, maxSkew: 5 },
  ];
}
