import type { Millis } from '../clock/clock';

// pkg/kubelet/kubelet.go `genericPlegRelistPeriod`: counted from the end of one look to the beginning of the next.
const relistPeriod: Millis = 1000;

/** Looks keep their beat for about so many; their durations vary, so later ones come at any moment. */
const keptBeats = 10;

/**
 * When a kubelet looks at what its runtime has. It is not told that a container has ended: it finds out at its next
 * look, as it does before it takes up a Pod again that it has just dealt with (the cache's `GetNewerThan`).
 * Upstream: pkg/kubelet/pleg/generic.go.
 */
export class Relists {
  private readonly period: Millis;

  /** Looks that take `duration` each, one of them at `origin`; without one, each is half a period away. */
  constructor(
    duration: Millis,
    private readonly origin: Millis | undefined,
  ) {
    this.period = relistPeriod + duration;
  }

  /** The first look after `time`. `found`: the last one that found anything of the Pod, whose beat is kept for a while. */
  after(time: Millis, found?: Millis): Millis {
    const beat = this.beatNear(time, found);
    if (beat === undefined) return time + this.period / 2;
    return beat + (Math.floor((time - beat) / this.period) + 1) * this.period;
  }

  /** The last look that had been taken at `time`. */
  upTo(time: Millis, found?: Millis): Millis {
    const beat = this.beatNear(time, found);
    if (beat === undefined) return time - this.period / 2;
    return beat + Math.floor((time - beat) / this.period) * this.period;
  }

  /** A look from which those around `time` can be counted. */
  private beatNear(time: Millis, found = -Infinity): Millis | undefined {
    if (this.origin !== undefined) return this.origin;
    return time - found < keptBeats * this.period ? found : undefined;
  }
}
