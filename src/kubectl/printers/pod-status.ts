import type { ContainerStatus, Pod } from '@/kubernetes/api/generated/core-v1';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import { humanDuration } from '../output/duration';

/** READY, STATUS and RESTARTS of a Pod. */
export interface PodSummary {
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
}

/** Upstream: pkg/printers/internalversion/printers.go `printPod`. `now` = milliseconds since 1970. */
export function podSummary(pod: Pod, now: number): PodSummary {
  const { spec, status } = pod;
  const sidecars = new Set(
    (spec.initContainers ?? []).filter((one) => one.restartPolicy === 'Always').map((one) => one.name),
  );
  const conditions = status.conditions ?? [];
  let reason = status.reason || (status.phase ?? '');
  if (conditions.some((one) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated'))
    reason = 'SchedulingGated';
  const total = spec.containers.length + sidecars.size;
  let ready = 0;
  let restarts = 0;
  let sidecarRestarts = 0;
  let last = 0;
  let lastSidecar = 0;
  let initializing = false;

  for (const [i, one] of (status.initContainerStatuses ?? []).entries()) {
    restarts += one.restartCount;
    last = Math.max(last, finishedAt(one));
    if (sidecars.has(one.name)) {
      sidecarRestarts += one.restartCount;
      lastSidecar = Math.max(lastSidecar, finishedAt(one));
    }
    const { terminated, waiting } = one.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecars.has(one.name) && one.started) {
      if (one.ready) ready++;
      continue;
    }
    initializing = true;
    if (terminated) reason = `Init:${terminationText(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${i}/${spec.initContainers?.length ?? 0}`;
    break;
  }

  if (!initializing || conditions.some((one) => one.type === 'Initialized' && one.status === 'True')) {
    restarts = sidecarRestarts;
    last = lastSidecar;
    let running = false;
    let failure = '';
    for (const one of [...(status.containerStatuses ?? [])].reverse()) {
      restarts += one.restartCount;
      last = Math.max(last, finishedAt(one));
      const { terminated, waiting, running: runs } = one.state ?? {};
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) {
        reason = terminationText(terminated);
        if (terminated.exitCode !== 0) failure = reason;
      } else if (one.ready && runs) {
        running = true;
        ready++;
      }
    }
    if (reason === 'Completed') {
      if (running && conditions.some((one) => one.type === 'Ready' && one.status === 'True')) reason = 'Running';
      else if (failure) reason = failure;
      else if (running) reason = 'NotReady';
    }
  }

  if (pod.metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
  }
  const ago = restarts !== 0 && last > 0 ? ` (${humanDuration(now - last)} ago)` : '';
  return { ready: `${ready}/${total}`, status: reason, restarts: `${restarts}${ago}` };
}

function terminationText(terminated: { reason?: string; signal?: number; exitCode: number }): string {
  if (terminated.reason) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
}

function finishedAt(status: ContainerStatus): number {
  const at = status.lastState?.terminated?.finishedAt;
  return (at ? parseRfc3339(at) : undefined) ?? 0;
}
