import type { ReplicaSet } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import type { LabelSelector } from '../../api/generated/meta-v1';
import { type Labels, matchesLabels, matchesLabelSelector } from '../../api/label-selector';
import { controllerOf } from '../../api/object';
import { isPodActive, isPodReady, isPodTerminating } from '../pod-state';

/** What a Pod is to a ReplicaSet. */
export interface SeenPod {
  readonly pod: Pod;
  /** Neither finished nor being deleted. */
  readonly active: boolean;
  /** Being deleted and not yet finished. */
  readonly terminating: boolean;
  readonly ready: boolean;
  /** The ReplicaSet is its controller. */
  readonly own: boolean;
  /** It has no controller. */
  readonly orphan: boolean;
  readonly selected: boolean;
  /** It has every label of the template. */
  readonly labelled: boolean;
}

/** How many Pods of a ReplicaSet there are. All but `terminating` count those alone that are active. */
export interface Counts {
  active: number;
  ready: number;
  /** With every label of the template. */
  labelled: number;
  terminating: number;
  /** Its own that it no longer selects, and others that it may adopt. */
  unsettled: number;
}

/**
 * What one ReplicaSet found out about Pods. A stored Pod never changes, so each is looked at once; a ReplicaSet that
 * selects otherwise or makes other Pods begins anew. A set of a thousand Pods is looked at with every step that one of
 * them takes, so only those are counted anew that have become others since.
 */
export class SeenPods {
  private known = new WeakMap<Pod, SeenPod>();
  /** What was looked at last, and what came of it at the same places. */
  private pods: readonly Pod[] = [];
  private seen: SeenPod[] = [];
  private counts = noPods();
  private uid: string | undefined;
  private selector: LabelSelector | undefined;
  private labels: Labels | undefined;

  /** Looks at all Pods of its namespace. What is returned holds until the next look. */
  look({ metadata, spec }: ReplicaSet, pods: readonly Pod[]): { all: readonly SeenPod[]; counts: Readonly<Counts> } {
    const labels = spec.template?.metadata?.labels;
    const isSame = this.uid === metadata.uid && this.selector === spec.selector && this.labels === labels;
    if (!isSame) {
      this.known = new WeakMap();
      this.uid = metadata.uid;
      this.selector = spec.selector;
      this.labels = labels;
    }
    if (isSame && pods.length === this.pods.length) this.replace(pods);
    else {
      this.seen = pods.map((pod) => this.of(pod));
      this.counts = noPods();
      for (const one of this.seen) count(this.counts, one, 1);
    }
    this.pods = pods;
    return { all: this.seen, counts: this.counts };
  }

  private replace(pods: readonly Pod[]): void {
    const before = this.pods;
    for (let i = 0; i < pods.length; i++) {
      const pod = pods[i];
      const old = this.seen[i];
      if (pod === before[i] || !pod || !old) continue;
      const next = this.of(pod);
      this.seen[i] = next;
      count(this.counts, old, -1);
      count(this.counts, next, 1);
    }
  }

  private of(pod: Pod): SeenPod {
    const there = this.known.get(pod);
    if (there) return there;
    const controller = controllerOf(pod);
    const seen = {
      pod,
      active: isPodActive(pod),
      terminating: isPodTerminating(pod),
      ready: isPodReady(pod),
      own: controller?.uid === this.uid,
      orphan: controller === undefined,
      selected: matchesLabelSelector(this.selector, pod.metadata.labels),
      labelled: matchesLabels(this.labels, pod.metadata.labels),
    };
    this.known.set(pod, seen);
    return seen;
  }
}

function noPods(): Counts {
  return { active: 0, ready: 0, labelled: 0, terminating: 0, unsettled: 0 };
}

function count(counts: Counts, pod: SeenPod, by: 1 | -1): void {
  if (pod.own && pod.terminating) counts.terminating += by;
  if (!pod.active) return;
  if (pod.own ? !pod.selected : pod.orphan && pod.selected) counts.unsettled += by;
  if (!pod.own) return;
  counts.active += by;
  if (pod.ready) counts.ready += by;
  if (pod.labelled) counts.labelled += by;
}
