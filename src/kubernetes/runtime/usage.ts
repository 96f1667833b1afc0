import type { Pod } from '../api/generated/core-v1';
import { wholeValue } from '../api/quantity';
import type { Process } from '../network/kernel';
import { podFolder } from './host-mounts';
import type { ContainerRecord } from './records';
import type { Runtime } from './runtime';

/** Bytes: how many there are, and how many of them nobody needs. */
export interface Amount {
  readonly capacity: number;
  readonly available: number;
}

const Mi = 1024 ** 2;
/** A file takes whole blocks. */
const block = 4096;
/** The folders and mount points of a container's own layer, into which nobody has written. */
const emptyLayer = 11 * block;
/** What containerd writes before each line of a log: time, stream, whether it is whole. */
const logPrefix = 41;
/** The working set of a program of which its image says nothing: a shell that sleeps. */
const smallest = 356 * 1024;

/** What the machine itself needs, unless its world says so: system, kubelet, runtime; system and programs on its disk. */
const ownMemory = 600 * Mi;
const ownDisk = 0.2;

/**
 * What is in use of a machine's memory and disk. Of programs only the size of their working set is known, of big files
 * only theirs; caches count for nothing. Upstream: what the kubelet hears from cAdvisor and the runtime
 * (pkg/kubelet/stats); for the kernel, mm/oom_kill.c.
 */
export class Usage {
  constructor(private readonly runtime: Runtime) {}

  memory(): Amount {
    const { node } = this.runtime;
    const capacity = wholeValue(node.capacity?.memory ?? '8131544Ki');
    let used = node.used?.memory === undefined ? Math.min(ownMemory, capacity / 4) : wholeValue(node.used.memory);
    for (const record of this.running()) used += baseOf(record);
    for (const { pid } of this.runtime.kernel.processes()) used += this.runtime.kernel.memoryOf(pid);
    return { capacity, available: Math.max(0, capacity - used) };
  }

  /** Images, containers and the machine's own files lie on one file system. */
  disk(): Amount {
    const { node, kernel, images } = this.runtime;
    const capacity = wholeValue(node.capacity?.['ephemeral-storage'] ?? '51473868Ki');
    const own = node.used?.['ephemeral-storage'];
    let used = own === undefined ? blocks(capacity * ownDisk) : wholeValue(own);
    for (const image of images.values()) used += blocks(image.size);
    for (const [, bytes] of kernel.files.sized('/')) used += blocks(bytes);
    for (const record of this.containers()) used += this.layer(record) + this.logs(record);
    return { capacity, available: Math.max(0, capacity - used) };
  }

  /** The working set of a container. */
  memoryOf(record: ContainerRecord): number {
    const { kernel } = this.runtime;
    let used = baseOf(record);
    for (const process of kernel.processes()) if (process.container === record.id) used += kernel.memoryOf(process.pid);
    return used;
  }

  /** What a container has written into its own file system. */
  layer({ id }: ContainerRecord): number {
    const root = this.runtime.kernel.root(id);
    let used = emptyLayer;
    for (const [path, bytes] of root?.files.sized('/') ?? [])
      if (root?.files.read(path) !== root?.root.files[path] || root?.files.reserved(path)) used += blocks(bytes);
    return used;
  }

  logs({ id }: ContainerRecord): number {
    const lines = this.runtime.logs.get(id)?.lines ?? [];
    return block + blocks(lines.reduce((sum, { text }) => sum + text.length + logPrefix, 0));
  }

  /** What lies in an emptyDir of a Pod. */
  volume({ metadata }: Pod, name: string): number {
    let used = block;
    const folder = `${podFolder(metadata.uid ?? '')}/volumes/kubernetes.io~empty-dir/${name}`;
    for (const [, bytes] of this.runtime.kernel.files.sized(folder)) used += blocks(bytes);
    return used;
  }

  /**
   * A process takes memory until it holds so many bytes. False: the kernel has killed it, because its container or the
   * whole machine had no more.
   */
  take(pid: number, bytes: number): boolean {
    const { kernel } = this.runtime;
    kernel.takeMemory(pid, bytes);
    const container = this.containerOf(kernel.process(pid));
    if (container && this.memoryOf(container) > (container.config.memoryLimit ?? Infinity)) {
      this.killOne(kernel.processes().filter((one) => one.container === container.id));
    }
    while (this.memory().available === 0 && kernel.isUsed) {
      const victim = this.killOne(kernel.processes());
      if (!victim) break;
      // The kubelet tells of those alone that no limit of a container was the reason of.
      this.runtime.tellOutOfMemory(victim);
    }
    return kernel.process(pid) !== undefined;
  }

  /** Kills the worst of some processes, and with cgroups of version 2 all that is in its container (`memory.oom.group`). */
  private killOne(processes: readonly Process[]): Process | undefined {
    const { kernel, cluster } = this.runtime;
    let victim: Process | undefined;
    let most = 0;
    for (const process of processes) {
      const points = this.badness(process);
      if (points > most) [victim, most] = [process, points];
    }
    const container = this.containerOf(victim);
    if (!victim) return undefined;
    if (container) {
      const whole = cluster.world.cgroups === 'v2' || container.pid === victim.pid;
      this.runtime.outOfMemory(container.id, whole);
      if (whole) return victim;
    }
    kernel.exit(victim.pid);
    return victim;
  }

  /** `oom_badness`: thousandths of the machine's memory, and what the kubelet adds to that. */
  private badness(process: Process): number {
    const { kernel } = this.runtime;
    const container = this.containerOf(process);
    const held = kernel.memoryOf(process.pid) + (container?.pid === process.pid ? baseOf(container) : 0);
    if (held === 0) return 0;
    return Math.max(0, (held / this.memory().capacity) * 1000 + (container?.config.oomScoreAdj ?? 0));
  }

  private containerOf(process: Process | undefined): ContainerRecord | undefined {
    return process?.container === undefined ? undefined : this.runtime.container(process.container);
  }

  private running(): ContainerRecord[] {
    return this.containers().filter(({ state }) => state === 'running');
  }

  private containers(): ContainerRecord[] {
    return this.runtime.podReferences().flatMap(({ uid }) => this.runtime.podContainers(uid));
  }
}

function baseOf({ image }: ContainerRecord): number {
  const { memory } = image.file ?? {};
  return memory === undefined ? smallest : wholeValue(memory);
}

function blocks(bytes: number): number {
  return Math.ceil(bytes / block) * block;
}
