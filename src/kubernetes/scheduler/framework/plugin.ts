import type { Fact } from '../../component';
import type { EventRegistration } from './cluster-event';
import type { NodeInfo } from './node-info';
import type { PodInfo } from './pod-info';
import type { Snapshot } from './snapshot';

/** The best score a plugin gives before its weight is applied. */
export const maxNodeScore = 100;

/**
 * A plugin's no to a node (or, from a PreFilter, to all of them).
 * Upstream: staging/src/k8s.io/kube-scheduler/framework/interface.go `Status`
 */
export interface Refusal {
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** True = `Unschedulable`: evicting Pods could help. False = `UnschedulableAndUnresolvable`. */
  readonly resolvable: boolean;
}

/** What a plugin found out about a Pod before it looks at single nodes. */
export interface FilterStep {
  /** The only nodes worth looking at, where the plugin can name them. */
  readonly nodeNames?: ReadonlySet<string>;
  filter?(node: NodeInfo): Refusal | undefined;
  /** Keep what was counted beforehand right while preemption and nominated Pods are tried out. */
  addPod?(added: PodInfo, node: NodeInfo): void;
  removePod?(removed: PodInfo, node: NodeInfo): void;
  /** Who and what stands behind the refusal of `node`. Asked for only when somebody wants to know. */
  because?(node: NodeInfo): readonly Fact[];
}

/** A plugin's way to score the feasible nodes of one cycle. */
export interface ScoreStep {
  score(node: NodeInfo): number;
  /** Brings the scores to 0 … 100, in place; `nodes` are the scored nodes, in the same order. */
  normalize?(scores: number[], nodes: readonly NodeInfo[]): void;
}

/**
 * One plugin, at all the extension points it has. What lasts for one cycle is in the steps it returns, so a plugin
 * itself has no state.
 * Upstream: staging/src/k8s.io/kube-scheduler/framework/interface.go
 */
export interface Plugin {
  readonly name: string;
  /** Weight of the score; absent where it gives none. */
  readonly weight?: number;
  /** What may help a Pod that this plugin refused (`EventsToRegister`). */
  readonly events?: readonly EventRegistration[];
  /** Keeps a Pod out of the active queue. */
  preEnqueue?(pod: PodInfo): Refusal | undefined;
  /** Undefined = nothing to check for this Pod (`Skip`). */
  preFilter?(pod: PodInfo, snapshot: Snapshot): FilterStep | Refusal | undefined;
  /** Undefined = no score in this cycle (`Skip`). */
  preScore?(pod: PodInfo, snapshot: Snapshot, feasible: readonly NodeInfo[]): ScoreStep | undefined;
}

/** Whether a plug-in said no. */
export function isRefusal(result: object): result is Refusal {
  return 'reasons' in result;
}

/**
 * Scales scores to 0 … 100 by the highest, or turns them round.
 * Upstream: pkg/scheduler/framework/plugins/helper/normalize_score.go
 */
export function normalizeByHighest(scores: number[], reverse: boolean): void {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  for (let i = 0; i < scores.length; i++) {
    const share = highest === 0 ? 0 : Math.trunc((maxNodeScore * (scores[i] ?? 0)) / highest);
    scores[i] = reverse ? maxNodeScore - share : share;
  }
}
