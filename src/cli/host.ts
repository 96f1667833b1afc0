/** The machine the command line runs on, as far as it may touch it. */
export interface Host {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The folder the user is in; relative names start there. */
  readonly cwd: string;
}
