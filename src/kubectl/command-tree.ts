import type { Task } from '@/kubernetes/clock/task';
import type { Flag } from './flags/flag';
import type { Invocation } from './invocation';

/** A command of kubectl, or a group of them. */
export interface CommandDefinition {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** The line a group's help prints beside the name. */
  readonly short: string;
  /** The first paragraphs of a group's help, where they are longer than `short`. */
  readonly long?: string;
  /** The words after the command's path in its usage line. */
  readonly usage?: string;
  readonly flags?: readonly Flag[];
  /** Flags without which the command refuses to run. */
  readonly required?: readonly string[];
  /** A group that, called alone, prints its help and is content with that; others print it as a mistake. */
  readonly printsHelp?: boolean;
  readonly commands?: readonly CommandDefinition[];
  /** Exit code 0 unless it says otherwise; failures are thrown (errors.ts). A group may have none. */
  readonly run?: ((invocation: Invocation) => Task<number>) | ((invocation: Invocation) => Task<void>);
}
