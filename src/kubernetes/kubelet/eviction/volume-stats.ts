import type { Millis } from '../../clock/clock';
import type { RandomStream } from '../../clock/random';
import type { Runtime } from '../../runtime/runtime';
import type { PodWorker } from '../pod-worker';
import { localVolumes } from './stats';

/** `volumeStatsAggPeriod` */
const period: Millis = 60_000;

interface Known {
  next: Millis;
  volumes: ReadonlyMap<string, number>;
}

const nothing: ReadonlyMap<string, number> = new Map();

/**
 * How full the volumes of Pods were found: this is looked at not when it is asked for but now and then, from the next
 * full minute after the kubelet's start on, and again after one to two minutes each time.
 * Upstream: pkg/kubelet/server/stats/{fs_resource_analyzer,volume_stat_calculator}.go
 */
export class VolumeStats {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly runtime: Runtime,
    private readonly startedAt: Millis,
    /** How far a wait is stretched, between 0 and 1. */
    private readonly stretch: (lots: RandomStream) => number,
  ) {}

  of({ uid, pod, lots }: PodWorker, now: Millis): ReadonlyMap<string, number> {
    let known = this.known.get(uid);
    if (!known) {
      const minutes = Math.ceil((now - this.startedAt) / period);
      known = { next: this.startedAt + minutes * period, volumes: nothing };
      this.known.set(uid, known);
    }
    if (now < known.next) return known.volumes;
    known.volumes = new Map(localVolumes(pod).map((name) => [name, this.runtime.usage.volume(pod, name)]));
    while (known.next <= now) known.next += period * (1 + this.stretch(lots));
    return known.volumes;
  }

  forget(uid: string): void {
    this.known.delete(uid);
  }
}
