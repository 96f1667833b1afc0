import type { Task } from '@/kubernetes/clock/task';
import { HOST } from '@/kubernetes/network/host';
import type { BindError, ListenOptions } from '@/kubernetes/network/kernel';
import type { ShellContext } from '../command';

/**
 * A program of the place that listens until it is ended: binds, then waits. In the background its process is the
 * job's own, so that `kill $!` ends it. `refusal` says what it prints when it cannot bind.
 */
export function* serve(
  { scene, session, stderr }: ShellContext,
  comm: string,
  options: ListenOptions,
  refusal: (error: BindError) => string,
): Task<number> {
  const { kernel, namespace, uid } = scene;
  const own = session.process;
  const capabilities = scene.process?.capabilities ?? ['NET_BIND_SERVICE'];
  const pidNamespace = scene.process?.pidNamespace ?? HOST;
  const pid =
    own !== undefined && kernel.process(own)
      ? own
      : kernel.spawn({ namespace, pidNamespace, command: [comm], comm, uid, capabilities }).pid;
  const socket = kernel.listen(pid, options);
  if (typeof socket === 'string') {
    stderr(`${refusal(socket)}\n`);
    if (pid !== own) kernel.exit(pid);
    return 1;
  }
  try {
    // Ends when it is killed.
    while (kernel.process(pid)) yield {};
    return 143;
  } finally {
    kernel.close(socket.id);
    if (pid !== own) kernel.exit(pid);
  }
}
