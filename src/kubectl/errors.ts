import type { Status } from '@/kubernetes/apiserver/status';

/** A failure of kubectl's own: printed as `error: <text>`. */
export class KubectlError extends Error {}

/** An unknown resource type where kubectl prints the sentence without `error: `. */
export class NoResourceMatch extends Error {}

/** A refusal by the API server. Commands may rewrite the message as AddSourceToErr does. */
export class StatusError extends Error {
  constructor(readonly status: Status) {
    super(status.message ?? '');
  }
}

/** Several failures of one run. */
export class SeveralErrors extends Error {
  constructor(readonly errors: readonly Error[]) {
    super(aggregateMessage(errors));
  }
}

/** Ends the command with an exit code and prints `text` as it is (nothing, when empty). */
export class Exit extends Error {
  constructor(
    readonly code: number,
    text = '',
  ) {
    super(text);
  }
}

/** The error itself, or all of them, or nothing. */
export function throwAll(errors: readonly Error[]): void {
  const [first] = errors;
  if (first === undefined) return;
  throw errors.length === 1 ? first : new SeveralErrors(errors);
}

/** Whether the API server refused for that reason: `NotFound`. */
export function isReason(error: unknown, reason: string): error is StatusError {
  return error instanceof StatusError && error.status.reason === reason;
}

/** `error when creating "web.yaml": …`. Upstream: kubectl/pkg/cmd/util/helpers.go `AddSourceToErr`. */
export function withSource(verb: string, source: string, error: Error): Error {
  if (source === '') return error;
  return withPrefix(`error when ${verb} "${source}": `, error);
}

/** The same error with words before it. */
export function withPrefix(prefix: string, error: Error): Error {
  if (error instanceof StatusError) return new StatusError({ ...error.status, message: prefix + error.message });
  return new KubectlError(prefix + error.message);
}

/** What is printed to stderr, and the exit code. Upstream: kubectl/pkg/cmd/util/helpers.go `checkErr`. */
export function render(error: unknown): { readonly text: string; readonly code: number } {
  // A list of one stands for its only member; a list inside a list stays one.
  if (error instanceof SeveralErrors && error.errors.length === 1) return renderOne(error.errors[0]);
  return renderOne(error);
}

function renderOne(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof Exit) return { text: ended(error.message), code: error.code };
  if (error instanceof SeveralErrors) {
    return { text: error.errors.map((one) => `${standardMessage(one) ?? one.message}\n`).join(''), code: 1 };
  }
  if (error instanceof StatusError && error.status.reason === 'Invalid') {
    return { text: ended(invalidText(error.status)), code: 1 };
  }
  if (error instanceof NoResourceMatch) return { text: ended(error.message), code: 1 };
  if (!(error instanceof Error)) throw error;
  if (!(error instanceof StatusError) && !(error instanceof KubectlError)) throw error;
  const standard = standardMessage(error);
  if (standard !== undefined) return { text: ended(standard), code: 1 };
  return { text: ended(error.message.startsWith('error: ') ? error.message : `error: ${error.message}`), code: 1 };
}

function standardMessage(error: Error): string | undefined {
  if (!(error instanceof StatusError)) return undefined;
  const { reason } = error.status;
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
  return reason ? `Error from server (${reason}): ${error.message}` : `Error from server: ${error.message}`;
}

function invalidText(status: Status): string {
  const { details } = status;
  const message = status.message ?? '';
  if (!details) return message ? `The request is invalid: ${message}` : 'The request is invalid';
  const causes = [...new Set((details.causes ?? []).map((cause) => `${cause.field ?? ''}: ${cause.message}`))];
  let text = 'The request is invalid';
  if (details.kind || details.name) text = `The ${details.kind ?? ''} "${details.name ?? ''}" is invalid`;
  else if (message && causes.length === 0) text += `: ${message}`;
  if (causes.length === 0) return text;
  // A line break of the cause's own stays: it shows as an empty line.
  if (causes.length === 1) return `${text}: ${causes[0]}\n`;
  return [`${text}: `, ...causes.map((cause) => `* ${cause}`), ''].join('\n');
}

/** Upstream: apimachinery/pkg/util/errors/errors.go `aggregate.Error`: repeated texts once, several in brackets. */
function aggregateMessage(errors: readonly Error[]): string {
  const texts = [...new Set(errors.map((error) => error.message))];
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
