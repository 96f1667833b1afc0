import type { KubeObject, ResourceName } from '../api/object';
import type { Client, Result } from '../apiserver/client';
import type { Status } from '../apiserver/status';
import type { WatchEvent } from '../apiserver/store';
import type { Component, ComponentContext, EventRecorder } from '../component';
import { type BackOff, type QueueTimer, WorkQueue } from './work-queue';

/** Ends a sync that has failed; the key comes back after its back-off. */
export class SyncFailed extends Error {}

/** A refusal of the API server that ends a sync. */
export class RequestRefused extends SyncFailed {
  constructor(readonly status: Status) {
    super(status.message ?? status.reason ?? 'refused');
  }
}

/** The object of an answer; throws `RequestRefused` when the server refused. */
export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new RequestRefused(result.status);
  return result.object;
}

/**
 * What all controllers have in common: a work queue of keys (`namespace/name`), a recorder, and a `sync` that brings
 * one object closer to what it asks for. A sync that throws `SyncFailed` is tried again after the back-off.
 */
export abstract class Controller implements Component<QueueTimer> {
  abstract readonly watches: readonly ResourceName[];
  protected readonly client: Client;
  protected readonly queue: WorkQueue;
  protected readonly recorder: EventRecorder;
  /** Writes of this sync that took no time of their own: they were made at the same time as another. */
  protected atOnce = 0;

  constructor(
    readonly name: string,
    protected readonly context: ComponentContext<QueueTimer>,
    backOff?: BackOff,
    source = name,
  ) {
    this.client = context.client;
    this.queue = new WorkQueue(context.timers, backOff);
    this.recorder = context.recorder(source);
  }

  /** Puts everything there is into the queue. */
  start(): void {
    this.queue.clear();
    this.enqueueAll();
  }

  abstract observe(event: WatchEvent): void;

  fire(timer: QueueTimer): void {
    const key = this.queue.take(timer);
    if (key === undefined) return;
    const before = this.client.revision;
    this.atOnce = 0;
    try {
      this.sync(key);
      this.queue.forget(key);
    } catch (error) {
      if (!(error instanceof SyncFailed)) throw error;
      this.queue.addRateLimited(key);
    }
    this.queue.done(key, this.client.revision - before - this.atOnce);
  }

  protected abstract enqueueAll(): void;

  protected abstract sync(key: string): void;

  protected enqueue(object: KubeObject): void {
    this.queue.add(keyOf(object));
  }

  protected get now(): number {
    return this.context.timers.now;
  }
}

/** `namespace/name`, or `name` for what has no namespace. */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** `default/web` as its two parts; the namespace is empty of what stands outside of all. */
export function splitKey(key: string): [namespace: string, name: string] {
  const slash = key.indexOf('/');
  return slash < 0 ? ['', key] : [key.slice(0, slash), key.slice(slash + 1)];
}
