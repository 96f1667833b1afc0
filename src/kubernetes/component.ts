import type { ObjectReference, ResourceName } from './api/object';
import type { Client } from './apiserver/client';
import type { WatchEvent } from './apiserver/store';
import type { Millis, Timers } from './clock/clock';
import type { Random } from './clock/random';
import type { World } from './world';

/** A fact a decision rests on: a sentence, and the objects it is about. */
export interface Fact {
  readonly text: string;
  readonly about?: readonly ObjectReference[];
}

/** Who decided what, and looking at what. "Why?" in the playground is nothing but these. */
export interface Decision {
  readonly at: Millis;
  readonly revision: number;
  readonly component: string;
  readonly subject: ObjectReference;
  readonly verdict: string;
  readonly because: readonly Fact[];
  /** Structured detail for views: the scheduler's table of nodes and plugins, for instance. */
  readonly data?: unknown;
}

/** Where components write their decisions down. */
export interface DecisionLog {
  record(decision: Omit<Decision, 'at' | 'revision'>): void;
}

/** Writes Event objects the way client-go's recorders do (aggregation, spam filter, series). */
export interface EventRecorder {
  event(
    about: ObjectReference,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    annotations?: Readonly<Record<string, string>>,
  ): void;
}

/** What every component is given. `P` is the union of the payloads of its own timers. */
export interface ComponentContext<P> {
  readonly client: Client;
  readonly timers: Timers<P>;
  readonly random: Random;
  readonly decisions: DecisionLog;
  readonly world: World;
  /** A recorder whose events carry `source` (and `host`, for a kubelet). */
  recorder(source: string, host?: string): EventRecorder;
  /** RFC 3339 of a moment of virtual time (now, if none is given). */
  timestamp(at?: Millis): string;
  microTimestamp(at?: Millis): string;
  /** Virtual time of a timestamp. */
  parseTime(timestamp: string | undefined): Millis | undefined;
}

/**
 * A component as a real control plane has it: it sees writes, it has timers, and it talks to nobody but the API
 * server. It keeps no truth that a restart could not rebuild from the store, so it can be stopped and started.
 */
export interface Component<P = unknown> {
  /** Unique in the cluster: `kube-scheduler`, `kubelet/node1`. Timers are addressed by it. */
  readonly name: string;
  /** The resources whose writes it wants to see. */
  readonly watches: readonly ResourceName[];
  /** Its watch on Pods takes those of this node alone: the field selector `spec.nodeName`. */
  readonly podsOf?: string;
  /** Whether a write is worth telling it; asked at the moment of the write. Without: every one is. */
  heeds?(event: WatchEvent): boolean;
  /** Called once when it begins (or begins again): list what is there and carry on. */
  start(): void;
  /** Lists everything anew after it was cut off, where that is not what its start does. */
  relist?(): void;
  /** A write, delivered after the world's watch latency. */
  observe(event: WatchEvent): void;
  /** A timer of its own has come due. */
  fire(payload: P): void;
}
