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

/** What is refused or changes nothing is not written to etcd: its answer comes sooner. A real server needs 2 ms instead of 5. */
const refusalShare = 0.4;

/**
 * Work that waits for answers of the API server: at each `yield` until what it has asked since the last one is answered.
 * What is asked between two was asked at the same time.
 */
export type Steps<T = void> = Generator<undefined, T, undefined>;

/**
 * What all controllers have in common: a work queue of keys (`namespace/name`), a recorder, and a `sync` that brings
 * one object closer to what it asks for. A sync that throws `SyncFailed` is tried again after the back-off. One that makes
 * several requests one after the other is a generator, so that virtual time passes between them.
 */
export abstract class Controller implements Component<QueueTimer> {
  abstract readonly watches: readonly ResourceName[];
  protected readonly client: Client;
  protected readonly queue: WorkQueue;
  protected readonly recorder: EventRecorder;
  /** Syncs that wait for an answer, by key. */
  private readonly underWay = new Map<string, Steps>();

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
    this.underWay.clear();
    this.enqueueAll();
  }

  abstract observe(event: WatchEvent): void;

  fire(timer: QueueTimer): void {
    const key = timer.kind === 'answer' ? timer.key : this.queue.take(timer);
    if (key === undefined) return;
    const { requests, revision } = this.client;
    /** From now to the last answer. */
    const untilAnswered = (inOneGo: boolean) => {
      const asked = this.client.requests - requests;
      const time = this.context.world.latency.request * (this.client.revision > revision ? 1 : refusalShare);
      return Math.ceil((inOneGo ? Math.min(1, asked) : asked) * time);
    };
    try {
      const steps = timer.kind === 'answer' ? this.underWay.get(key) : this.sync(key);
      if (steps && this.goOn(steps, requests)) {
        this.underWay.set(key, steps);
        this.queue.waitForAnswer(key, untilAnswered(true));
        return;
      }
      if (steps) this.underWay.delete(key);
      this.queue.forget(key);
      this.queue.done(key, untilAnswered(steps !== undefined));
    } catch (error) {
      if (!(error instanceof SyncFailed)) throw error;
      this.underWay.delete(key);
      this.queue.done(key, untilAnswered(false));
      this.queue.addRateLimited(key);
    }
  }

  /** Takes a sync to where it waits for an answer; false: it has ended. Nothing that was not asked is waited for. */
  private goOn(steps: Steps, before: number): boolean {
    for (;;) {
      if (steps.next().done) return false;
      if (this.client.requests > before) return true;
    }
  }

  protected abstract enqueueAll(): void;

  protected abstract sync(key: string): Steps | undefined;

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
