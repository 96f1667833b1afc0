import type { Container, LifecycleHandler, Pod } from '../api/generated/core-v1';
import type { Task } from '../clock/task';
import type { ContainerRecord } from '../runtime/records';
import type { KubeletHost } from './host';
import { formatPod } from './pod-text';
import { execSync } from './prober/exec';
import { httpGet } from './prober/http';

/** How long an HTTP hook waits for its answer: the client of hooks has no limit of its own, its connection has. */
const httpTimeout = 30_000;

/**
 * Runs a lifecycle hook; the text of its failure, or undefined. Upstream: pkg/kubelet/lifecycle/handlers.go. Any answer
 * to an HTTP hook is good, whatever its status says.
 */
export function* runHook(
  host: KubeletHost,
  pod: Pod,
  container: Container,
  record: ContainerRecord,
  hook: LifecycleHandler,
  deadline = Infinity,
): Task<string | undefined> {
  const about = `for Container ${JSON.stringify(container.name)} in Pod ${JSON.stringify(formatPod(pod))} failed - error:`;
  if (hook.sleep) {
    yield { until: Math.min(deadline, host.now + hook.sleep.seconds * 1000) };
    return undefined;
  }
  if (hook.exec) {
    const argv = hook.exec.command ?? [];
    const outcome = yield* execSync(host, record, argv, deadline - host.now);
    // What has not ended when the grace period has is left alone, and nothing is said of it.
    if ('late' in outcome || ('code' in outcome && outcome.code === 0)) return undefined;
    const hookText = `Exec lifecycle hook ([${argv.join(' ')}])`;
    if ('error' in outcome) return `${hookText} ${about} ${outcome.error}, message: ""`;
    const { code, output, errors } = outcome;
    // k8s.io/cri-client/pkg/remote_runtime.go
    const error = `command '${argv.join(' ')}' exited with ${code}: ${errors}`;
    return `${hookText} ${about} ${error}, message: ${JSON.stringify(output)}`;
  }
  if (hook.httpGet) {
    const timeout = Math.min(httpTimeout, deadline - host.now);
    const answer = yield* httpGet(host, { container, record, action: hook.httpGet, timeout, asker: 'lifecycle' });
    if (!('error' in answer)) return undefined;
    return `HTTP lifecycle hook (${hook.httpGet.path ?? ''}) ${about} ${answer.error}`;
  }
  // `tcpSocket` is kept for old manifests alone: nothing runs it.
  return 'Cannot run handler: invalid handler';
}
