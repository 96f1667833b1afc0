/** The cluster-wide counter of writes, shared by the API store and the kernels: one number names one moment. */
export class Revisions {
  private value = 0;
  /** The virtual time at which each revision was written, by revision. */
  private readonly times: number[] = [-Infinity];

  get current(): number {
    return this.value;
  }

  advance(now: number): number {
    this.times.push(now);
    return ++this.value;
  }

  /** Begins where another counter stands. */
  continueFrom(other: Revisions): void {
    this.value = other.value;
    this.times.splice(0, this.times.length, ...other.times);
  }

  /** The last revision written at or before `time` (virtual milliseconds). */
  at(time: number): number {
    let low = 0;
    let high = this.times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.times[middle] ?? Infinity) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

interface Version<V> {
  readonly revision: number;
  readonly value: V | undefined;
}

/**
 * A map that remembers: every write keeps the revision it was made at, and any revision can be read. Values are
 * never changed in place, so versions share what did not change. Iteration is in the order of first insertion.
 */
export class VersionedMap<V> {
  private readonly versions = new Map<string, Version<V>[]>();
  private readonly live = new Map<string, V>();

  get size(): number {
    return this.live.size;
  }

  /** Writes `value` (undefined deletes) at `revision`, which may not be lower than the last one written. */
  set(key: string, value: V | undefined, revision: number): void {
    const list = this.versions.get(key);
    if (list) list.push({ revision, value });
    else this.versions.set(key, [{ revision, value }]);
    if (value === undefined) this.live.delete(key);
    else this.live.set(key, value);
  }

  /** A map of the same past that goes its own way from here. */
  fork(): VersionedMap<V> {
    const made = new VersionedMap<V>();
    for (const [key, versions] of this.versions) made.versions.set(key, [...versions]);
    for (const [key, value] of this.live) made.live.set(key, value);
    return made;
  }

  get(key: string, revision?: number): V | undefined {
    if (revision === undefined) return this.live.get(key);
    const list = this.versions.get(key);
    if (!list) return undefined;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.revision ?? Infinity) <= revision) low = middle + 1;
      else high = middle;
    }
    return list[low - 1]?.value;
  }

  *values(revision?: number): IterableIterator<V> {
    if (revision === undefined) {
      yield* this.live.values();
      return;
    }
    for (const key of this.versions.keys()) {
      const value = this.get(key, revision);
      if (value !== undefined) yield value;
    }
  }

  *entries(revision?: number): IterableIterator<[string, V]> {
    if (revision === undefined) {
      yield* this.live.entries();
      return;
    }
    for (const key of this.versions.keys()) {
      const value = this.get(key, revision);
      if (value !== undefined) yield [key, value];
    }
  }
}
