/**
 * Thrown to end a line as a whole, subshells and all, when it would take more than a machine has: the message says of
 * what. Only where a line or a background job began is it caught.
 */
export class Stopped extends Error {
  readonly code = 130;
}

/** Thrown into a stage of a pipeline whose reader has read enough: SIGPIPE. */
export class BrokenPipe extends Error {}

/** Thrown by `break`, `continue`, `return` and `exit` to leave what runs. */
export class Leave extends Error {
  constructor(
    readonly kind: 'break' | 'continue' | 'return' | 'exit',
    readonly code: number,
    /** How many loops: `break 2`. */
    readonly levels = 1,
  ) {
    super(kind);
  }
}
