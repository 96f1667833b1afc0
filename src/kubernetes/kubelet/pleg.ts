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
  /** Without an origin: the last look that found anything. */
  private last: Millis = -Infinity;

  /** Looks that take `duration` each, one of them at `origin`; without one, each is half a period away. */
  constructor(
    duration: Millis,
    private readonly origin: Millis | undefined,
  ) {
    this.period = relistPeriod + duration;
  }

  /** The first look after `time`. */
  after(time: Millis): Millis {
    const beat = this.beatNear(time);
    if (beat === undefined) return time + this.period / 2;
    return beat + (Math.floor((time - beat) / this.period) + 1) * this.period;
  }

  /** A look has found something: those that follow soon come in its beat. */
  found(time: Millis): void {
    this.last = time;
  }

  /** The last look that had been taken at `time`. */
  upTo(time: Millis): Millis {
    const beat = this.beatNear(time);
    if (beat === undefined) return time - this.period / 2;
    return beat + Math.floor((time - beat) / this.period) * this.period;
  }

  /** A look from which those around `time` can be counted. */
  private beatNear(time: Millis): Millis | undefined {
    if (this.origin !== undefined) return this.origin;
    return time - this.last < keptBeats * this.period ? this.last : undefined;
  }
}
