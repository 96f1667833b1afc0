import type { Clock } from '../clock/clock';
import { type Revisions, type Version, Versions } from '../clock/history';
import type { KubeObject, ResourceMap, ResourceName } from '../api/object';
import { PairMap } from '../api/pair-map';

export type WatchType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** A write as a watcher sees it. `previous` is what stood there before. */
export interface WatchEvent {
  readonly type: WatchType;
  readonly resource: ResourceName;
  readonly revision: number;
  readonly object: KubeObject;
  readonly previous?: KubeObject;
}

/** An object that is there: its key, and all that was ever written under it. */
interface Held {
  readonly key: string;
  readonly versions: Version<KubeObject>[];
  object: KubeObject;
}

/** The objects of one resource, and those that are there now in the order of their keys. */
interface Table {
  readonly versions: Versions<KubeObject>;
  readonly keys: string[];
  /** What stands under each key. */
  readonly items: KubeObject[];
  /** The same by namespace (empty where there is none) and name. */
  readonly named: PairMap<Held>;
  /** The revision of its last write. */
  changed: number;
  /** Another store holds it as well: whoever writes takes a copy first. */
  shared: boolean;
  /** It shows a moment of another store, and is not written to. */
  readonly past: boolean;
}

/**
 * What etcd is to a real API server: every write is a revision, every revision can be read again. The store knows
 * nothing of kinds; it is told which resource an object belongs to by the API server, the only one who writes here.
 */
export class Store {
  private readonly resources = new Map<ResourceName, Table>();
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
    const table = this.resources.get(resource);
    const past = revision !== undefined;
    return typed<R>(
      past ? table?.versions.get(keyOf(namespace, name), revision) : table?.named.get(namespace ?? '', name)?.object,
    );
  }

  /** The revision of the last write to a resource; 0 when there was none. */
  lastChange(resource: ResourceName): number {
    return this.resources.get(resource)?.changed ?? 0;
  }

  /** Objects in the order of their keys (`namespace/name`), as etcd lists them. */
  list<R extends ResourceName>(resource: R, namespace?: string, revision?: number): ResourceMap[R][] {
    const table = this.resources.get(resource);
    if (!table) return [];
    const { keys, items } = revision === undefined ? table : inOrder(table.versions.entries(revision));
    // The keys of a namespace stand together, and `0` comes after `/`.
    const part =
      namespace === undefined
        ? items.slice()
        : items.slice(placeOf(keys, `${namespace}/`), placeOf(keys, `${namespace}0`));
    return typedList<R>(part);
  }

  /** Writes `object` and gives it its resourceVersion. Returns what is now stored. */
  put(resource: ResourceName, object: KubeObject): KubeObject {
    const table = this.tableOf(resource);
    const { namespace, name } = object.metadata;
    const held = table.named.get(namespace ?? '', name);
    const previous = held?.object;
    const revision = this.revisions.advance(this.clock.now);
    table.changed = revision;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    if (held) {
      held.object = stored;
      held.versions.push({ revision, value: stored });
      table.items[placeOf(table.keys, held.key)] = stored;
    } else insert(table, stored, revision);
    this.notify({ type: previous ? 'MODIFIED' : 'ADDED', resource, revision, object: stored, previous });
    return stored;
  }

  remove(resource: ResourceName, namespace: string | undefined, name: string): KubeObject | undefined {
    const table = this.tableOf(resource);
    const { keys, items, named } = table;
    const held = named.get(namespace ?? '', name);
    if (!held) return undefined;
    const { object: previous, versions, key } = held;
    const revision = this.revisions.advance(this.clock.now);
    table.changed = revision;
    versions.push({ revision, value: undefined });
    named.delete(namespace ?? '', name);
    const place = placeOf(keys, key);
    keys.splice(place, 1);
    items.splice(place, 1);
    const object = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
    this.notify({ type: 'DELETED', resource, revision, object, previous });
    return object;
  }

  /** Takes over what another store holds, with its past; from here on each goes its own way. Copies nothing yet. */
  continueFrom(other: Store): void {
    for (const [resource, table] of other.resources) {
      table.shared = true;
      this.resources.set(resource, table);
    }
  }

  /** What the store held at a revision; it shares the past, and is not written to. */
  asOf(revision: number, clock: Clock, revisions: Revisions): Store {
    const past = new Store(clock, revisions);
    for (const [resource, { versions }] of this.resources) {
      const { keys, items } = inOrder(versions.entries(revision));
      const named = byName(items, versions);
      past.resources.set(resource, { versions, keys, items, named, changed: revision, shared: false, past: true });
    }
    return past;
  }

  /** Calls `watcher` on every write from now on, in order; returns the way to stop. */
  watch(watcher: (event: WatchEvent) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** The table of a resource, to be written to. */
  private tableOf(resource: ResourceName): Table {
    const existing = this.resources.get(resource);
    if (existing?.past) throw new Error('the past cannot be written to');
    if (existing && !existing.shared) return existing;
    const { keys, items, changed = 0 } = existing ?? {};
    const versions = existing?.versions.fork() ?? new Versions();
    const own: Table = {
      versions,
      keys: [...(keys ?? [])],
      items: [...(items ?? [])],
      named: byName(items ?? [], versions),
      changed,
      shared: false,
      past: false,
    };
    this.resources.set(resource, own);
    return own;
  }

  private notify(event: WatchEvent): void {
    for (const watcher of this.watchers) watcher(event);
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Objects with their keys, as etcd lists them. */
function inOrder(entries: Iterable<[string, KubeObject]>): Pick<Table, 'keys' | 'items'> {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { keys: sorted.map(([key]) => key), items: sorted.map(([, object]) => object) };
}

function byName(objects: readonly KubeObject[], versions: Versions<KubeObject>): Table['named'] {
  const named: Table['named'] = new PairMap();
  for (const object of objects) {
    const { namespace, name } = object.metadata;
    const key = keyOf(namespace, name);
    named.set(namespace ?? '', name, { key, versions: versions.of(key), object });
  }
  return named;
}

/** Puts an object where there is none. */
function insert({ versions, keys, items, named }: Table, object: KubeObject, revision: number): void {
  const { namespace, name } = object.metadata;
  const key = keyOf(namespace, name);
  const held: Held = { key, versions: versions.of(key), object };
  held.versions.push({ revision, value: object });
  named.set(namespace ?? '', name, held);
  const place = placeOf(keys, key);
  keys.splice(place, 0, key);
  items.splice(place, 0, object);
}

/** Where `key` stands among sorted keys, or would stand. */
function placeOf(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
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

function typedList<R extends ResourceName>(objects: KubeObject[]): ResourceMap[R][] {
  return objects as unknown as ResourceMap[R][]; // as above
}
