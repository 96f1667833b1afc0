import type { Task } from '../../clock/task';
import type { ContainerRecord } from '../../runtime/records';
import type { KubeletHost } from '../host';

/** What came of a command in a container: all that it wrote, and what of it went to its standard error. */
export type ExecOutcome =
  | { readonly code: number; readonly output: string; readonly errors: string }
  /** It did not end in time. */
  | { readonly late: true }
  /** It could not be started at all. */
  | { readonly error: string };

/** How often it is looked whether a container still runs in which a command waits. */
const look = 100;

/**
 * `ExecSync`: runs a command inside a running container until it ends, `timeout` milliseconds are over, or its
 * container ends. Upstream: k8s.io/cri-client `remote_runtime.go`.
 */
export function* execSync(
  host: KubeletHost,
  record: ContainerRecord,
  argv: readonly string[],
  timeout: number,
): Task<ExecOutcome> {
  const { runtime } = host;
  const command = runtime.exec(record.id, argv);
  if (typeof command === 'string') return { error: command };
  const deadline = host.now + timeout;
  for (;;) {
    const step = command.task.next();
    if (step.done) return { code: step.value, ...command.written() };
    const { until = Infinity, change = false } = step.value;
    do {
      yield { until: Math.min(until, deadline, host.now + (change ? look : look * 10)) };
      // SIGKILL, as all else in its PID namespace.
      if (runtime.container(record.id)?.state !== 'running') return { code: 137, ...command.written() };
      if (host.now >= deadline) return { late: true };
    } while (!change && host.now < until);
  }
}
