/** The user asked for something that cannot be done as asked: one line on stderr, exit code 2. */
export class UsageError extends Error {}
