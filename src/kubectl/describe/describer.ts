import type { Invocation } from '../invocation';

/** Writes one object down in full. It may ask the server for what belongs to it (events, Pods, ReplicaSets). */
export type Describer<T> = (object: T, invocation: Invocation) => string;
