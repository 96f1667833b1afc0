import type { JsonObject } from '@/kubernetes/api/object';
import type { Recording } from './recording';

/** An object as it was sent, with the status that was set by hand afterwards. */
export interface SentObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string; readonly namespace?: string };
}

/** Seconds after the Pod's creation, and what was done then. */
export type TimedAction = readonly [
  number,
  {
    readonly create?: SentObject;
    readonly delete?: { readonly kind: string; readonly name: string; readonly grace?: number };
    readonly patch?: {
      readonly kind: string;
      readonly name: string;
      readonly body: JsonObject;
      readonly subresource?: string;
    };
  },
];

export interface Attempt {
  readonly t: number;
  readonly pod: string;
  readonly node?: string;
  readonly message?: string;
}

export interface QueueMove {
  readonly t: number;
  readonly pod: string;
  readonly event: string;
  readonly queue: string;
}

export interface SeenEvent {
  readonly t: number;
  readonly type: string;
  readonly pod: string;
  readonly reason: string;
  readonly note: string;
  readonly series_count?: number;
}

/** What became of one Pod. */
export interface PodResult {
  readonly node?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface SchedulingResult extends PodResult {
  /** All nodes seen over the recorded passes. */
  readonly nodes?: readonly string[];
  readonly scores?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The text of the event, where it is not the condition's. */
  readonly event?: string;
  readonly nominatedNodeName?: string;
  readonly victims?: Readonly<Record<string, { readonly condition: string; readonly event: string }>>;
  readonly alternatives?: readonly (
    { readonly nominatedNodeName: string; readonly victims: readonly string[] } | readonly (string | null)[]
  )[];
  readonly code?: number;
  readonly error?: string;
  readonly sequence?: readonly PodResult[];
  readonly attempts?: readonly Attempt[];
  readonly queue_moves?: readonly QueueMove[];
  readonly events?: readonly SeenEvent[];
  readonly final?: { readonly node: string | null; readonly message: string | null };
}

/** A case of tests/conformance/scheduling (its README has the meaning of every field). */
export interface SchedulingCase extends Recording {
  readonly extra?: readonly SentObject[];
  readonly nodes: readonly SentObject[];
  readonly pods: readonly SentObject[];
  readonly pod?: SentObject;
  readonly sequence?: readonly SentObject[];
  readonly actions?: readonly TimedAction[];
  readonly until?: number;
  readonly scheduler_flags?: readonly string[];
  readonly result: SchedulingResult;
}
