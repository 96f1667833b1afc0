import type { Pod } from '../../api/generated/core-v1';
import type { Runtime } from '../../runtime/runtime';

/** Bytes of what a Pod uses. */
export interface PodStats {
  /** Of what runs, in the order in which it was made. */
  readonly containers: readonly { readonly name: string; readonly memory: number; readonly disk: number }[];
  readonly memory: number;
  /** By name; those that have not been looked at yet are missing. */
  readonly volumes: ReadonlyMap<string, number>;
}

export type StatsOf = (pod: Pod) => PodStats | undefined;

/** The emptyDirs of a Pod that lie on the node's disk. Upstream: pkg/volume/util/util.go `IsLocalEphemeralVolume`. */
export function localVolumes({ spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap(({ name, emptyDir }) => (emptyDir && emptyDir.medium !== 'Memory' ? [name] : []));
}

/** What a Pod uses; undefined when nothing of it runs. */
export function podStats(runtime: Runtime, pod: Pod, volumes: ReadonlyMap<string, number>): PodStats | undefined {
  const { usage } = runtime;
  const running = runtime.podContainers(pod.metadata.uid).filter(({ state }) => state === 'running');
  if (running.length === 0) return undefined;
  const containers = running.map((record) => ({
    name: record.name,
    memory: usage.memoryOf(record),
    disk: usage.layer(record) + usage.logs(record),
  }));
  return { containers, memory: containers.reduce((sum, one) => sum + one.memory, 0), volumes };
}

/** What of a Pod's use counts where disk is short: its containers' layers and logs, and its volumes. */
export function diskOf({ containers, volumes }: PodStats): number {
  let used = containers.reduce((sum, { disk }) => sum + disk, 0);
  for (const bytes of volumes.values()) used += bytes;
  return used;
}
