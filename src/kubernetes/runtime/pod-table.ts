import type { ObjectReference } from '../api/object';
import { VersionedMap } from '../clock/history';

/** Records that belong to Pods, with their history, by id; those of one Pod are found without looking at the others. */
export class PodTable<T extends { readonly id: string; readonly pod: ObjectReference }> {
  private readonly all: VersionedMap<T>;
  /** By the Pod's UID; the past has none. */
  private readonly byPod: Map<string, Map<string, T>> | undefined;

  /** `past`: another table at a revision, to be read only. */
  constructor(past?: { readonly of: PodTable<T>; readonly revision: number }) {
    this.all = past?.of.all.asOf(past.revision) ?? new VersionedMap();
    this.byPod = past ? undefined : new Map();
  }

  asOf(revision: number): PodTable<T> {
    return new PodTable({ of: this, revision });
  }

  get(id: string, at?: number): T | undefined {
    return this.all.get(id, at);
  }

  /** Oldest first. */
  values(): IterableIterator<T> {
    return this.all.values();
  }

  /** Oldest first. */
  of(uid = '', at?: number): T[] {
    if (at === undefined && this.byPod) return [...(this.byPod.get(uid)?.values() ?? [])];
    return [...this.all.values(at)].filter((one) => (one.pod.uid ?? '') === uid);
  }

  put(record: T, revision: number): void {
    this.all.set(record.id, record, revision);
    const uid = record.pod.uid ?? '';
    const own = this.byPod?.get(uid);
    if (own) own.set(record.id, record);
    else this.byPod?.set(uid, new Map([[record.id, record]]));
  }

  drop(id: string, revision: number): void {
    const uid = this.all.get(id)?.pod.uid ?? '';
    this.all.set(id, undefined, revision);
    const own = this.byPod?.get(uid);
    own?.delete(id);
    if (own?.size === 0) this.byPod?.delete(uid);
  }
}
