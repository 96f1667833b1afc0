import type { Millis } from '../clock/clock';

// pkg/kubelet/kubelet.go `genericPlegRelistPeriod`: counted from the end of one look to the beginning of the next.
const relistPeriod: Millis = 1000;

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

  /** The first look after `time`. */
  after(time: Millis): Millis {
    if (this.origin === undefined) return time + this.period / 2;
    return this.origin + (Math.floor((time - this.origin) / this.period) + 1) * this.period;
  }

  /** The last look that had been taken at `time`. */
  upTo(time: Millis): Millis {
    if (this.origin === undefined) return time - this.period / 2;
    return this.origin + Math.floor((time - this.origin) / this.period) * this.period;
  }
}
