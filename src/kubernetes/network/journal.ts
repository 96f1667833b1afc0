import type { Millis } from '../clock/clock';

/** How a kernel writes history: every change is a revision of the cluster, and whoever waits for one is told. */
export interface Journal {
  /** Begins a write now and returns its revision. */
  write(): number;
  /** Told when the ways between machines may have changed: addresses, routes, rules of a machine itself. */
  rewired(): void;
  /** The moment, and the last revision, without a write. */
  now(): { readonly at: Millis; readonly revision: number };
}
