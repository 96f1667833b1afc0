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

  /** The virtual time at which a revision was written. */
  timeOf(revision: number): number {
    return this.times[revision] ?? -Infinity;
  }

  /** The counter as it stood at `revision`. */
  asOf(revision: number): Revisions {
    const past = new Revisions();
    past.value = revision;
    past.times.splice(0, 1, ...this.times.slice(0, revision + 1));
    return past;
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

/** A write: what stood under a key from a revision on; undefined: nothing. */
export interface Version<V> {
  readonly revision: number;
  readonly value: V | undefined;
}

/**
 * All that was ever written under some keys. Values are never changed in place, so versions share what did not change.
 * Keys come in the order in which they were first written.
 */
export class Versions<V> {
  private readonly byKey = new Map<string, Version<V>[]>();

  /** The writes under a key, oldest first, to be added to: of a new one, none yet. */
  of(key: string): Version<V>[] {
    const known = this.byKey.get(key);
    if (known) return known;
    const made: Version<V>[] = [];
    this.byKey.set(key, made);
    return made;
  }

  /** What stood under a key at a revision. */
  get(key: string, revision: number): V | undefined {
    return standingAt(this.byKey.get(key), revision);
  }

  /** What stood there at a revision. */
  *entries(revision: number): IterableIterator<[string, V]> {
    for (const [key, versions] of this.byKey) {
      const value = standingAt(versions, revision);
      if (value !== undefined) yield [key, value];
    }
  }

  /** Every write after `revision`, in the order of keys; `value` undefined: it was removed. */
  *changesAfter(revision: number): IterableIterator<{ key: string; revision: number; value: V | undefined }> {
    for (const [key, versions] of this.byKey) {
      let first = versions.length;
      while (first > 0 && (versions[first - 1]?.revision ?? 0) > revision) first--;
      for (const version of versions.slice(first)) yield { key, ...version };
    }
  }

  /** The same past, which goes its own way from here. */
  fork(): Versions<V> {
    const made = new Versions<V>();
    for (const [key, versions] of this.byKey) made.byKey.set(key, [...versions]);
    return made;
  }
}

function standingAt<V>(versions: readonly Version<V>[] | undefined, revision: number): V | undefined {
  if (!versions) return undefined;
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((versions[middle]?.revision ?? Infinity) <= revision) low = middle + 1;
    else high = middle;
  }
  return versions[low - 1]?.value;
}

/**
 * A map that remembers: every write keeps the revision it was made at, and any revision can be read. Iteration is in the
 * order of first insertion.
 */
export class VersionedMap<V> {
  private readonly versions: Versions<V>;
  private readonly live = new Map<string, V>();
  /** The last revision that is seen; undefined: all of them. */
  private readonly end: number | undefined;

  /** `past`: what another map held at a revision, to be read only. */
  constructor(past?: { readonly of: VersionedMap<V>; readonly revision: number }) {
    this.versions = past?.of.versions ?? new Versions();
    this.end = past?.revision;
  }

  get size(): number {
    return this.end === undefined ? this.live.size : [...this.values()].length;
  }

  /** The map as it stood at `revision`. It shares the past, and is not written to. */
  asOf(revision: number): VersionedMap<V> {
    return new VersionedMap({ of: this, revision });
  }

  /** Every write after `revision`, in the order of keys; `value` undefined: it was removed. */
  changesAfter(revision: number): IterableIterator<{ key: string; revision: number; value: V | undefined }> {
    return this.versions.changesAfter(revision);
  }

  /** Writes `value` (undefined deletes) at `revision`, which may not be lower than the last one written. */
  set(key: string, value: V | undefined, revision: number): void {
    if (this.end !== undefined) throw new Error('the past cannot be written to');
    this.versions.of(key).push({ revision, value });
    if (value === undefined) this.live.delete(key);
    else this.live.set(key, value);
  }

  get(key: string, revision = this.end): V | undefined {
    return revision === undefined ? this.live.get(key) : this.versions.get(key, revision);
  }

  /** The revision of the last write under a key. */
  lastChange(key: string): number | undefined {
    return this.get(key) === undefined ? undefined : this.versions.of(key).at(-1)?.revision;
  }

  values(revision = this.end): IterableIterator<V> {
    return revision === undefined ? this.live.values() : this.pastValues(revision);
  }

  entries(revision = this.end): IterableIterator<[string, V]> {
    return revision === undefined ? this.live.entries() : this.versions.entries(revision);
  }

  private *pastValues(revision: number): IterableIterator<V> {
    for (const [, value] of this.versions.entries(revision)) yield value;
  }
}
