import type { Fact } from '../component';
import type { QueueName } from './queue/queued-pod';

/** What one plugin said to one node. A real cycle asks no further after the first no. */
export interface PluginVerdict {
  readonly plugin: string;
  readonly verdict: 'passed' | 'refused' | 'not asked';
  /** What it says, or would have said. */
  readonly reasons: readonly string[];
}

/** A row of the table nodes × plugins. */
export interface NodeVerdict {
  readonly node: string;
  readonly refusedBy?: string;
  readonly reasons: readonly string[];
  /** False: no eviction could help. */
  readonly resolvable: boolean;
  readonly because: readonly Fact[];
  readonly plugins: readonly PluginVerdict[];
  /** What preemption made of this node, where it was thought through. */
  readonly preemption?: readonly string[];
}

/** `data` of the scheduler's decisions about an attempt. */
export interface AttemptData {
  readonly kind: 'attempt';
  /** The node chosen. */
  readonly node?: string;
  /** The text of event and condition, whole. */
  readonly message?: string;
  /** The table, unless the cluster is too large for it. */
  readonly nodes: readonly NodeVerdict[];
  /** Per node and plugin, normalised and weighted, and `total`; where two or more nodes were feasible. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly nominatedNodeName?: string;
  readonly victims?: readonly string[];
}

/** `data` of the scheduler's decisions about the queue. */
export interface QueueMoveData {
  readonly kind: 'queue-move';
  readonly event: string;
  readonly queue: QueueName;
}

/** `data` of the scheduler's decisions about a Pod that has to make room. */
export interface PreemptionData {
  readonly kind: 'preemption';
  readonly preemptor: string;
  readonly node: string;
}

/** What `data` of the scheduler's decisions can be. */
export type SchedulerDecisionData = AttemptData | QueueMoveData | PreemptionData;
