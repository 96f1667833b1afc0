import type { Clock } from '../clock/clock';
import { type Revisions, VersionedMap } from '../clock/history';
import type { KubeObject, ResourceMap, ResourceName } from '../api/object';

export type WatchType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** A write as a watcher sees it. `previous` is what stood there before. */
export interface WatchEvent {
  readonly type: WatchType;
  readonly resource: ResourceName;
  readonly revision: number;
  readonly object: KubeObject;
  readonly previous?: KubeObject;
}

/**
 * What etcd is to a real API server: every write is a revision, every revision can be read again. The store knows
 * nothing of kinds; it is told which resource an object belongs to by the API server, the only one who writes here.
 */
export class Store {
  private readonly resources = new Map<ResourceName, VersionedMap<KubeObject>>();
  private readonly watchers = new Set<(event: WatchEvent) => void>();

  constructor(
    private readonly clock: Clock,
    private readonly revisions: Revisions,
  ) {}

  get revision(): number {
    return this.revisions.current;
  }

  get<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
    revision?: number,
  ): ResourceMap[R] | undefined {
    return typed<R>(this.resources.get(resource)?.get(keyOf(namespace, name), revision));
  }

  /** Objects in the order of their keys (`namespace/name`), as etcd lists them. */
  list<R extends ResourceName>(resource: R, namespace?: string, revision?: number): ResourceMap[R][] {
    const found: [string, KubeObject][] = [];
    for (const entry of this.resources.get(resource)?.entries(revision) ?? []) {
      if (namespace === undefined || entry[1].metadata.namespace === namespace) found.push(entry);
    }
    found.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return found.map(([, object]) => typed<R>(object));
  }

  /** Writes `object` and gives it its resourceVersion. Returns what is now stored. */
  put(resource: ResourceName, object: KubeObject): KubeObject {
    const map = this.mapFor(resource);
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const previous = map.get(key);
    const revision = this.revisions.advance(this.clock.now);
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    map.set(key, stored, revision);
    this.notify({ type: previous ? 'MODIFIED' : 'ADDED', resource, revision, object: stored, previous });
    return stored;
  }

  remove(resource: ResourceName, namespace: string | undefined, name: string): KubeObject | undefined {
    const map = this.mapFor(resource);
    const key = keyOf(namespace, name);
    const previous = map.get(key);
    if (!previous) return undefined;
    const revision = this.revisions.advance(this.clock.now);
    map.set(key, undefined, revision);
    const object = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
    this.notify({ type: 'DELETED', resource, revision, object, previous });
    return object;
  }

  /** Takes over what another store holds, with its past; from here on each goes its own way. */
  continueFrom(other: Store): void {
    for (const [resource, map] of other.resources) this.resources.set(resource, map.fork());
  }

  /** Calls `watcher` on every write from now on, in order; returns the way to stop. */
  watch(watcher: (event: WatchEvent) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private mapFor(resource: ResourceName): VersionedMap<KubeObject> {
    const existing = this.resources.get(resource);
    if (existing) return existing;
    const created = new VersionedMap<KubeObject>();
    this.resources.set(resource, created);
    return created;
  }

  private notify(event: WatchEvent): void {
    for (const watcher of this.watchers) watcher(event);
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * The one place where an object gets its static type: the API server puts nothing under a resource that it has not
 * decoded as that resource's kind.
 */
function typed<R extends ResourceName>(object: KubeObject): ResourceMap[R];
function typed<R extends ResourceName>(object: KubeObject | undefined): ResourceMap[R] | undefined;
function typed<R extends ResourceName>(object: KubeObject | undefined): ResourceMap[R] | undefined {
  return object as ResourceMap[R] | undefined;
}
