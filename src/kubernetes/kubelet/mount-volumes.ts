import { referenceTo } from '../api/object';
import type { Pod } from '../api/generated/core-v1';
import type { Task } from '../clock/task';
import type { KubeletHost } from './host';
import type { PodWorker } from './pod-worker';
import { mountFailures } from './volumes';

/** Waits for what volumes are made from. The first attempt fails silently only when it is there at once. */
export function* mountVolumes(host: KubeletHost, worker: PodWorker, pod: Pod, mounted: boolean): Task<void> {
  let pause = 500;
  // They are never there at the first look; the second comes after `podAttachAndMountRetryInterval`.
  if (!mounted && (pod.spec.volumes?.length ?? 0) > 0) yield { until: host.now + 300 };
  for (;;) {
    if (!noteSources(host, worker, pod)) return;
    const failures = mountFailures(
      host.client,
      pod,
      { podIP: pod.status.podIP, hostIP: host.hostIP },
      host.runtime.kernel.files,
    );
    if (failures.length === 0) return;
    worker.mounted = undefined;
    for (const { volume, error } of failures) {
      const text = `MountVolume.SetUp failed for volume "${volume}" : ${error}`;
      host.recorder.event(referenceTo(pod), 'Warning', 'FailedMount', text);
    }
    // Doubles from 500 ms to 2 m 2 s: pkg/util/goroutinemap/exponentialbackoff.
    yield { until: host.now + pause };
    pause = Math.min(pause * 2, 122_000);
  }
}

/** Whether anything that volumes are made from has changed since they were last found to be there. */
function noteSources({ client }: KubeletHost, worker: PodWorker, { spec }: Pod): boolean {
  const { mounted } = worker;
  const configMaps = client.lastChange('configmaps');
  const secrets = client.lastChange('secrets');
  if (mounted?.spec === spec && mounted.configMaps === configMaps && mounted.secrets === secrets) return false;
  worker.mounted = { spec, configMaps, secrets };
  return true;
}
