import type { Millis } from '../../clock/clock';
import type { Runtime } from '../../runtime/runtime';
import type { PodWorkers } from '../pod-workers';

/** How often images are looked at, and how old one must be to go: `ImageGCPeriod`, `ImageMinimumGCAge`. */
export const imagesEvery: Millis = 300_000;
const minimumAge: Millis = 120_000;
// pkg/kubelet/apis/config/v1beta1/defaults.go
const highPercent = 85;
const lowPercent = 80;

/** What a kubelet takes back from its node before any Pod has to go. Upstream: pkg/kubelet/images/image_gc_manager.go. */
export class Reclaimer {
  constructor(
    private readonly runtime: Runtime,
    private readonly workers: PodWorkers,
    private readonly startedAt: Millis,
  ) {}

  /** Dead containers, then all images that nobody uses. */
  all(now: Millis): void {
    this.deadContainers();
    this.images(now, Infinity);
  }

  /**
   * The look at the images that comes every five minutes: above 85 % of the disk, images go until 80 % are left. What
   * there is to say if that does not help; undefined when all is well.
   */
  collectImages(now: Millis): string | undefined {
    const { capacity, available } = this.runtime.usage.disk();
    const used = 100 - Math.trunc((available * 100) / capacity);
    if (used < highPercent) return undefined;
    const wanted = Math.trunc((capacity * (100 - lowPercent)) / 100) - available;
    const freed = this.images(now, wanted);
    if (freed >= wanted) return undefined;
    return (
      `Insufficient free disk space on the node's image filesystem (${used}% of ${sizeText(capacity)} used). ` +
      `Failed to free sufficient space by deleting unused images (freed ${freed} bytes). ` +
      'Investigate disk usage, as it could be used by active images, logs, volumes, or other data.'
    );
  }

  /** `DeleteAllUnusedContainers`: of Pods of which nothing will run again. */
  private deadContainers(): void {
    for (const { uid } of this.runtime.podReferences()) {
      const phase = this.workers.get(uid)?.phase;
      if (phase === 'syncing' || phase === 'terminating') continue;
      for (const sandbox of this.runtime.podSandboxes(uid)) this.runtime.removeSandbox(sandbox.id);
    }
  }

  /** Deletes images that no container is made from, until so many bytes are free; returns how many are. */
  private images(now: Millis, wanted: number): number {
    const { images, pulledAt } = this.runtime;
    const containers = this.runtime.podReferences().flatMap(({ uid }) => this.runtime.podContainers(uid));
    const inUse = new Set(containers.map(({ image }) => image.reference));
    let freed = 0;
    for (const { reference, size } of [...images.values()]) {
      if (freed >= wanted) break;
      const isPinned = reference.startsWith('registry.k8s.io/pause:');
      if (isPinned || inUse.has(reference) || now - this.seenFirst(pulledAt.get(reference), now) < minimumAge) continue;
      images.delete(reference);
      freed += size;
    }
    return freed;
  }

  /** An image is noticed at the look after it was pulled, and that may be this one. */
  private seenFirst(pulled: Millis | undefined, now: Millis): Millis {
    if (pulled === undefined || pulled <= this.startedAt) return this.startedAt;
    const looks = Math.ceil((pulled - this.startedAt) / imagesEvery);
    return Math.min(now, this.startedAt + looks * imagesEvery);
  }
}

/** `formatSize`: `49.1 GiB` */
function sizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let [size, step] = [bytes, 0];
  while (size >= 1024 && step < units.length - 1) [size, step] = [size / 1024, step + 1];
  return `${step === 0 ? size : size.toFixed(1)} ${units[step]}`;
}
