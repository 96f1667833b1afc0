import type { Invocation } from '../invocation';

/** What a describer is given beside the object. It may ask the server for what belongs to it (Pods, ReplicaSets …). */
export interface Describing {
  readonly invocation: Invocation;
  /** Whether the object's events are shown. */
  readonly events: boolean;
}

/** Writes one object down in full. */
export type Describer<T> = (object: T, describing: Describing) => string;
