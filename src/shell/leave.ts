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
