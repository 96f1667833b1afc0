import type { Task } from '@/kubernetes/clock/task';
import type { Flag } from './flags/flag';
import type { Invocation } from './invocation';

/** A command of kubectl, or a group of them. */
export interface CommandDefinition {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Words that mean this command, though it is not called so. */
  readonly suggestFor?: readonly string[];
  /** Left out of lists. */
  readonly hidden?: boolean;
  /** The line a group's help prints beside the name. */
  readonly short: string;
  /** The first paragraphs of a group's help, where they are longer than `short`. */
  readonly long?: string;
  /** Lines of a group's help between its purpose and its commands. */
  readonly examples?: string;
  /** The words after the command's path in its usage line. */
  readonly usage?: string;
  readonly flags?: readonly Flag[];
  /** Flags without which the command refuses to run. */
  readonly required?: readonly string[];
  /** What is said of a flag it does not have; else that `--help` tells more. */
  readonly flagHint?: string;
  /** The exit code then; else 1. */
  readonly flagErrorCode?: number;
  /** Its `--help` prints nothing. */
  readonly silentHelp?: boolean;
  /** A group that, called alone, prints its help to stdout, and with which exit code; others print it to stderr. */
  readonly helpCode?: number;
  readonly commands?: readonly CommandDefinition[];
  /** Exit code 0 unless it says otherwise; failures are thrown (errors.ts). A group may have none. */
  readonly run?: ((invocation: Invocation) => Task<number>) | ((invocation: Invocation) => Task<void>);
}
