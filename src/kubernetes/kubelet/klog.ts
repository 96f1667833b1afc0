import type { Pod } from '../api/generated/core-v1';
import type { LogRecord } from '../runtime/records';
import type { Runtime } from '../runtime/runtime';
import type { SyncError } from './host';
import { formatPod } from './pod-text';

/** An error in the kubelet's own log, at the `-v=0` it runs with. `place` is the file and line of the program, v1.36. */
export function logError(runtime: Runtime, place: string, message: string, values: LogRecord['values']): void {
  runtime.journal.push({ at: runtime.cluster.clock.now, place, message, values });
}

/** A sync that did not succeed. Upstream: pkg/kubelet/pod_workers.go `podWorkerLoop`. */
export function logFailedSync(runtime: Runtime, { metadata }: Pod, errors: readonly SyncError[]): void {
  const texts: string[] = [];
  for (const { text } of errors) if (text !== undefined) texts.push(text);
  if (texts.length === 0) return;
  // apimachinery/pkg/util/errors `aggregate.Error`
  const err = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const pod = `${metadata.namespace ?? ''}/${metadata.name}`;
  logError(runtime, 'pod_workers.go:1324', 'Error syncing pod, skipping', { err, pod, podUID: metadata.uid ?? '' });
}

/** A container that did not start; who still waits for an image is not logged again. Upstream: kuberuntime_manager.go. */
export function logFailedStart(runtime: Runtime, pod: Pod, container: string, reason: string, message: string): void {
  if (reason === 'CrashLoopBackOff' || reason === 'ImagePullBackOff') return;
  const err = `container ${container} start failed in pod ${formatPod(pod)}: ${reason}: ${message}`;
  logError(runtime, 'kuberuntime_manager.go:1727', 'Unhandled Error', { err, logger: 'UnhandledError' });
}

/** A sandbox that could not be made: what the runtime said, and each of those who heard it. Returns the sync's error. */
export function logFailedSandbox(runtime: Runtime, pod: Pod, error: string): string {
  const err = `rpc error: code = Unknown desc = ${error}`;
  const name = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  logError(runtime, 'remote_runtime.go:237', 'RunPodSandbox from runtime service failed', { err });
  logError(runtime, 'kuberuntime_sandbox.go:70', 'Failed to create sandbox for pod', { err, pod: name });
  logError(runtime, 'kuberuntime_manager.go:1614', 'CreatePodSandbox for pod failed', { err, pod: name });
  const message = `Failed to create sandbox for pod ${JSON.stringify(formatPod(pod))}: ${err}`;
  return `failed to "CreatePodSandbox" for ${JSON.stringify(formatPod(pod))} with CreatePodSandboxError: ${JSON.stringify(message)}`;
}
