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

/**
 * What one ReplicaSet found out about Pods. A stored Pod never changes, so each is looked at once; a ReplicaSet that
 * selects otherwise or makes other Pods begins anew.
 */
export class SeenPods {
  private known = new WeakMap<Pod, SeenPod>();
  /** Most often the same Pods stand at the same places as the last time. */
  private last: readonly SeenPod[] = [];
  private uid: string | undefined;
  private selector: LabelSelector | undefined;
  private labels: Labels | undefined;

  of({ metadata, spec }: ReplicaSet, pods: readonly Pod[]): readonly SeenPod[] {
    const labels = spec.template?.metadata?.labels;
    if (this.uid !== metadata.uid || this.selector !== spec.selector || this.labels !== labels) {
      this.known = new WeakMap();
      this.last = [];
      this.uid = metadata.uid;
      this.selector = spec.selector;
      this.labels = labels;
    }
    const before = this.last;
    const seen = pods.map((pod, i) => {
      const there = before[i];
      return there?.pod === pod ? there : (this.known.get(pod) ?? this.look(pod));
    });
    this.last = seen;
    return seen;
  }

  private look(pod: Pod): SeenPod {
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
