import type { Millis } from './clock';

/**
 * What a running command waits for: a moment of virtual time, or any write to the API store or a kernel
 * (whichever comes first when both are named).
 */
export interface Wait {
  readonly until?: Millis;
  readonly change?: boolean;
}

/**
 * Something that takes virtual time: it yields what it waits for and is resumed by whoever moves the clock.
 * A command that needs no time simply never yields.
 */
export type Task<T> = Generator<Wait, T, void>;
