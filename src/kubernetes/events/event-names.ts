import type { ObjectReference } from '../api/object';
import type { Millis } from '../clock/clock';

/**
 * Names of events: the object's name and the time in nanoseconds since 1970, in hexadecimal. Virtual time is coarser, so
 * below the millisecond the events of one object are counted; those of other objects do not shift them.
 * Upstream: staging/src/k8s.io/client-go/tools/record/event.go `makeEvent`
 */
export class EventNames {
  private readonly last = new Map<string, { at: Millis; count: number }>();

  /** `place` tells apart recorders that write about the same objects: 0 or 1. */
  constructor(private readonly place: 0 | 1) {}

  /** `at`: milliseconds since 1970. */
  next({ namespace = '', name }: ObjectReference, at: number): string {
    const key = `${namespace}/${name}`;
    const last = this.last.get(key);
    const count = last?.at === at ? last.count + 1 : 0;
    this.last.set(key, { at, count });
    return `${name}.${(BigInt(at) * 1_000_000n + BigInt(2 * count + this.place)).toString(16)}`;
  }
}
