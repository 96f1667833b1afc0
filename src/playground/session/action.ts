/** Everything that can be done to the cluster from the page. The list of these is the whole state of a session. */
export type Action =
  /** `saved`: what the editor writes into the client's folder before the line is run, by file name. */
  | {
      readonly kind: 'run';
      readonly place: string;
      readonly line: string;
      readonly saved?: Readonly<Record<string, string>>;
    }
  /** The editor's text is saved as `file` on the client machine and applied from there. */
  | { readonly kind: 'apply'; readonly file: string; readonly text: string }
  /** Milliseconds. `running`: the clock was let run, nobody pressed a button for this step. */
  | { readonly kind: 'advance'; readonly by: number; readonly running?: boolean }
  /** Lets time pass until a moment, in virtual milliseconds; nothing when it is past already. */
  | { readonly kind: 'reach'; readonly at: number }
  | { readonly kind: 'next' }
  | { readonly kind: 'quiet' };

/** What an action printed, and when (virtual milliseconds) it began and ended. */
export interface Outcome {
  readonly place?: string;
  /** The prompt as the place shows it: `[root@node1 ~]#`. */
  readonly line?: string;
  readonly output: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  readonly exitCode?: number;
  readonly from: number;
  readonly to: number;
}
