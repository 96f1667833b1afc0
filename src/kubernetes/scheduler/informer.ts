import type { KubeObject, ResourceName } from '../api/object';
import type { ObjectReader } from './framework/snapshot';
import type { WatchEvent } from '../apiserver/store';

/** A write as it changes what was known: `old` without `now` is a deletion. */
export interface Change {
  readonly resource: ResourceName;
  readonly old: KubeObject | undefined;
  readonly now: KubeObject | undefined;
}

/**
 * Remembers what the watcher has been told, so that a list at the start and the writes that were under way then do
 * not count twice.
 * Upstream: staging/src/k8s.io/client-go/tools/cache/shared_informer.go
 */
export class Informer {
  private readonly seen = new Map<string, KubeObject>();

  /** Everything of these resources that is there now, as additions. */
  *list(reader: ObjectReader, resources: readonly ResourceName[]): Generator<Change> {
    this.seen.clear();
    for (const resource of resources) {
      for (const object of reader.list(resource)) {
        this.seen.set(keyOf(resource, object), object);
        yield { resource, old: undefined, now: object };
      }
    }
  }

  /** Undefined when the write is older than what is known. */
  accept({ type, resource, object, revision }: WatchEvent): Change | undefined {
    const key = keyOf(resource, object);
    const old = this.seen.get(key);
    if (old && Number(old.metadata.resourceVersion) >= revision) return undefined;
    if (type === 'DELETED') {
      this.seen.delete(key);
      return old && { resource, old, now: undefined };
    }
    this.seen.set(key, object);
    return { resource, old, now: object };
  }
}

function keyOf(resource: ResourceName, { metadata }: KubeObject): string {
  return `${resource}/${metadata.namespace ?? ''}/${metadata.name}`;
}
