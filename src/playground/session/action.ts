import type { Journey } from '@/shell/net/journey';

/** Everything that can be done to the cluster from the page. The list of these is the whole state of a session. */
export type Action =
  /**
   * `saved`: what the editor writes into the client's folder before the line is run, by file name. `open`: it is begun,
   * and goes on as time passes by what is done next; without, time passes until it ends.
   */
  | {
      readonly kind: 'run';
      readonly place: string;
      readonly line: string;
      readonly saved?: Readonly<Record<string, string>>;
      readonly open?: boolean;
    }
  /** Ctrl+C at a place: the command that runs there is broken off. */
  | { readonly kind: 'interrupt'; readonly place: string }
  /** The text that a command at a place waits for (`kubectl edit`) is saved. */
  | { readonly kind: 'edited'; readonly place: string; readonly text: string }
  /** The editor's text is saved as `file` on the client machine and applied from there. */
  | { readonly kind: 'apply'; readonly file: string; readonly text: string }
  /** Milliseconds. `running`: the clock was let run, nobody pressed a button for this step. */
  | { readonly kind: 'advance'; readonly by: number; readonly running?: boolean }
  /** Lets time pass until a moment, in virtual milliseconds; nothing when it is past already. */
  | { readonly kind: 'reach'; readonly at: number }
  | { readonly kind: 'next' }
  | { readonly kind: 'quiet' }
  /** A line that took the engine down with it: it is told, not run again. */
  | { readonly kind: 'killed'; readonly place: string; readonly line: string };

/** A piece of what a command printed. */
export interface Printed {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What an action printed, and when (virtual milliseconds) it began and ended. */
export interface Outcome {
  readonly place?: string;
  /** The line as it was typed at the place. */
  readonly line?: string;
  readonly output: readonly Printed[];
  readonly exitCode?: number;
  readonly from: number;
  readonly to: number;
  /** The number of a command that goes on: `Progress` names it. */
  readonly command?: number;
  /** The ways of the packets that it sent first, where it connected to somebody. */
  readonly journeys?: readonly Journey[];
}

/** What came of a command that goes on since it was last told. */
export interface Progress {
  readonly command: number;
  readonly output: readonly Printed[];
  /** It has ended. */
  readonly exitCode?: number;
  readonly to: number;
  readonly journeys?: readonly Journey[];
}

/** A loop may connect a thousand times; the first ways tell enough. */
export const mostJourneys = 20;

/** The outcome of a command with what came of it since. */
export function withProgress(outcome: Outcome, progress: Progress): Outcome {
  const { exitCode = outcome.exitCode, to } = progress;
  const journeys = [...(outcome.journeys ?? []), ...(progress.journeys ?? [])].slice(0, mostJourneys);
  const output = joined(outcome.output, progress.output);
  return { ...outcome, output, exitCode, to, ...(journeys.length > 0 ? { journeys } : {}) };
}

/** Whether a command goes on. */
export function isOpen({ command, exitCode }: Outcome): boolean {
  return command !== undefined && exitCode === undefined;
}

/** Pieces in a row that went to the same stream are one. */
function joined(before: readonly Printed[], after: readonly Printed[]): readonly Printed[] {
  const [first, ...rest] = after;
  const last = before.at(-1);
  if (!first) return before;
  if (last?.stream !== first.stream) return [...before, ...after];
  return [...before.slice(0, -1), { stream: last.stream, text: last.text + first.text }, ...rest];
}
