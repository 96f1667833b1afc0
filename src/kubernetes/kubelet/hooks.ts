import type { Container, LifecycleHandler } from '../api/generated/core-v1';
import type { Task } from '../clock/task';
import type { ContainerRecord } from '../runtime/records';
import type { KubeletHost } from './host';
import { probeOnce } from './prober/probe';

/**
 * Runs a lifecycle hook; the text of its failure, or undefined. Upstream: pkg/kubelet/lifecycle/handlers.go.
 */
export function* runHook(
  host: KubeletHost,
  container: Container,
  record: ContainerRecord,
  hook: LifecycleHandler,
  deadline = Infinity,
): Task<string | undefined> {
  if (hook.sleep) {
    yield { until: Math.min(deadline, host.now + hook.sleep.seconds * 1000) };
    return undefined;
  }
  const result = probeOnce(host, container, record, {
    httpGet: hook.httpGet,
    exec: hook.exec,
    tcpSocket: hook.tcpSocket,
  });
  return result.ok ? undefined : result.output;
}
