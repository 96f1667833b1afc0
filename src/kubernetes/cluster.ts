import type { KubeObject, ResourceName } from './api/object';
import { changes } from './apiserver/changes';
import { Client } from './apiserver/client';
import type { Store, WatchEvent } from './apiserver/store';
import { BareServer, type BareServerOptions } from './bare-server';
import type { Millis, Timers } from './clock/clock';
import type { Task } from './clock/task';
import type { Component, ComponentContext, Decision } from './component';
import { components, nodeComponents } from './components';
import { Power } from './power';
import { eventRecorder } from './events/broadcaster';
import { bootObjects, type RefusedObject } from './boot';
import { Network } from './network/network';
import { PolicyEnforcer } from './network/policy/enforcer';
import { Reachability } from './network/reachability';
import { ImageCatalogue } from './runtime/catalogue';
import type { CommandRunner } from './runtime/programs/script';
import { Runtime } from './runtime/runtime';
import { provideUncommon } from './uncommon';
import { type Running, Watchers } from './watchers';
import type { NodeFile, WorldFile } from './world';

export interface ClusterOptions extends BareServerOptions {
  /** The images that can be simulated. Without: every image sleeps. */
  readonly images?: ImageCatalogue;
  /**
   * How long the cluster has been running at virtual time 0, in milliseconds: its nodes are ready then, and the events of
   * its beginning are gone. Default 0: it begins at time 0.
   */
  readonly settled?: Millis;
  /** Reads a manifest that lies on a node (static Pods). Without: such files stand for nothing. */
  readonly readManifest?: (text: string) => KubeObject | undefined;
  /** Runs the scripts and tools of containers that no image file describes. Without: the simplest of them only. */
  readonly runCommand?: CommandRunner;
  /** A moment of another cluster that this one shows: to be looked at, never moved. */
  readonly past?: { readonly of: Cluster; readonly at: Millis };
}

/** The events of a cluster's own beginning are long gone in one that has been running. */
function forgetEvents(store: Store): void {
  for (const { metadata } of store.list('events')) store.remove('events', metadata.namespace, metadata.name);
}

// A cluster may meet any kind; only a server without one does without the rules of the rarer ones.
provideUncommon();

/**
 * A cluster: a store, the components around it, and the one queue that moves them. Deterministic: the same world,
 * seed and actions give the same bytes. Time moves only through `step`, `advance`, `untilQuiet` and `run`.
 */
export class Cluster extends BareServer {
  readonly network: Network;
  private readonly reachability: Reachability;
  readonly images: ImageCatalogue;
  readonly readManifest: (text: string) => KubeObject | undefined;
  readonly runCommand: CommandRunner | undefined;
  /** The container runtime of every node, by the node's name. */
  readonly runtimes = new Map<string, Runtime>();
  readonly decisions: Decision[] = [];
  readonly power: Power;
  /** Objects of its world that are missing, because its API server refuses them. */
  readonly refused: readonly RefusedObject[];
  private readonly running = new Map<string, Running>();
  /** Who watches a resource, in the order in which they came. Made when asked for. */
  private readonly watchersOf = new Map<ResourceName, Watchers>();
  private readonly deliveries: Timers<WatchEvent>;
  private readonly reconnections: Timers<string>;
  private changed = false;

  constructor(world: WorldFile, options: ClusterOptions = {}) {
    super(world, options, changes);
    const { settled = 0, past } = options;
    this.deliveries = this.clock.timers(watchQueue);
    this.reconnections = this.clock.timers(reconnectQueue);
    this.store.watch((event) => this.deliver(event));
    const changed = () => {
      this.changed = true;
    };
    this.network = new Network(this.world, this.revisions, this.clock, this.random, changed, past?.of.network);
    if (this.world.networkPolicy === 'enforced') this.network.policies = new PolicyEnforcer(this.store);
    this.images = options.images ?? new ImageCatalogue();
    this.runCommand = options.runCommand;
    this.readManifest = options.readManifest ?? (() => undefined);
    this.reachability = new Reachability(this.network);
    this.power = new Power(this);
    if (past) {
      for (const [name, runtime] of past.of.runtimes) this.runtimes.set(name, new Runtime(this, runtime.node, runtime));
      this.decisions.push(...past.of.decisions.filter((decision) => decision.at <= past.at));
      this.refused = past.of.refused;
      return;
    }
    this.refused = bootObjects(this);
    for (const node of this.world.nodes) this.addRuntime(node);
    for (const make of components(this)) this.add(make);
    this.add(this.power);
    if (settled > 0) {
      this.advanceTo(0);
      forgetEvents(this.store);
    }
  }

  /**
   * The cluster as it stood at a moment of virtual time: objects, kernels, containers and logs. It shares this one's past;
   * no component runs in it, nothing can be written, and time does not move.
   */
  asOf(at: Millis): Cluster {
    const { images, readManifest, runCommand } = this;
    return new Cluster(this.world, {
      seed: this.random.seed,
      images,
      readManifest,
      runCommand,
      past: { of: this, at },
    });
  }

  /** Puts a component into the cluster and starts it. */
  add(component: Component): void {
    const onNode = this.reachability.isOnNode(component.name);
    this.running.set(component.name, { component, onNode, stopped: false });
    this.watchersOf.clear();
    component.start();
  }

  /** The container runtime of a node of the world, or of one that comes later. */
  addRuntime(node: NodeFile): Runtime {
    const runtime = new Runtime(this, node);
    this.runtimes.set(node.name, runtime);
    this.add(runtime);
    return runtime;
  }

  /** A machine of the network becomes a node: its runtime, kubelet and kube-proxy start. */
  addNode(node: NodeFile): void {
    this.addRuntime(node);
    for (const component of nodeComponents(this, node)) this.add(component);
  }

  /** A component stops: it sees no writes and no timers until it is started again. */
  stop(name: string): void {
    const entry = this.running.get(name);
    if (entry) entry.stopped = true;
  }

  start(name: string): void {
    const entry = this.running.get(name);
    if (!entry?.stopped) return;
    entry.stopped = false;
    entry.component.start();
  }

  isRunning(name: string): boolean {
    const entry = this.running.get(name);
    return entry !== undefined && !entry.stopped;
  }

  /** What a component called `name` is given. Timers are typed by the component's own payloads. */
  context<P>(name: string, user: string): ComponentContext<P> {
    const timers: Timers<P> = this.clock.timers(name);
    return {
      client: new Client(this.api, user, () => !this.reachability.isCut(name)),
      timers,
      random: this.random,
      world: this.world,
      decisions: {
        record: (decision) =>
          this.decisions.push({ ...decision, at: this.clock.now, revision: this.revisions.current }),
      },
      recorder: (source, host) => eventRecorder(this, user, source, host),
      timestamp: (at) => this.clock.timestamp(at),
      microTimestamp: (at) => this.clock.microTimestamp(at),
      parseTime: (timestamp) => this.clock.parse(timestamp),
    };
  }

  /** Fires the next timer; false when none is due until `limit`. */
  step(limit: Millis = Infinity): boolean {
    const timer = this.clock.take(limit);
    if (!timer) return false;
    if (timer.component === watchQueue) {
      const event = timer.payload as WatchEvent; // only these are put into this queue
      for (const entry of this.watchers(event.resource).of(event.object)) {
        if (entry.stopped) continue;
        if (entry.onNode && this.reachability.isCut(entry.component.name)) this.miss(entry);
        else {
          this.catchUp(entry);
          entry.component.observe(event);
        }
      }
      return true;
    }
    if (timer.component === reconnectQueue) {
      this.reconnect(timer.payload as string); // `miss` alone puts anything into this queue
      return true;
    }
    const entry = this.running.get(timer.component);
    if (entry && !entry.stopped) {
      this.catchUp(entry);
      entry.component.fire(timer.payload);
    }
    return true;
  }

  private miss(entry: Running): void {
    if (entry.missed) return;
    entry.missed = true;
    this.reconnections.after(reconnectEvery, entry.component.name);
  }

  private reconnect(name: string): void {
    const entry = this.running.get(name);
    if (!entry) return;
    if (!entry.stopped) this.catchUp(entry);
    if (entry.missed) this.reconnections.after(reconnectEvery, name);
  }

  /** A component that missed writes while its node was cut off lists everything anew, as a broken watch does. */
  private catchUp(entry: Running): void {
    if (!entry.missed || this.reachability.isCut(entry.component.name)) return;
    entry.missed = false;
    const { component } = entry;
    if (component.relist) component.relist();
    else component.start();
  }

  /** Moves virtual time forward by `duration` milliseconds, firing all that falls due. */
  advance(duration: Millis): void {
    this.advanceTo(this.clock.now + duration);
  }

  advanceTo(time: Millis): void {
    while (this.step(time));
    this.clock.moveTo(time);
  }

  /**
   * Steps until nothing has been written for `quiet` milliseconds of virtual time (heartbeats aside), or `limit` has
   * passed. Returns whether it became quiet.
   */
  untilQuiet(quiet: Millis = 15_000, limit: Millis = 3_600_000): boolean {
    const end = this.clock.now + limit;
    let lastWrite = this.clock.now;
    const stop = this.store.watch((event) => {
      if (event.resource !== 'leases.coordination.k8s.io' && event.resource !== 'nodes') lastWrite = this.clock.now;
    });
    let next = this.clock.nextAt();
    while (next !== undefined && next <= end && next - lastWrite <= quiet) {
      this.step();
      next = this.clock.nextAt();
    }
    stop();
    if (next !== undefined && next > end) this.clock.moveTo(end);
    else if (next === undefined || next - lastWrite > quiet) this.clock.moveTo(Math.min(end, lastWrite + quiet));
    return this.clock.now < end;
  }

  /** Runs a task to its end, moving time as it asks for it. */
  run<T>(task: Task<T>): T {
    let turn = task.next();
    while (!turn.done) {
      const { until, change } = turn.value;
      this.changed = false;
      for (;;) {
        if (change && this.changed) break;
        if (this.step(until)) continue;
        if (until !== undefined) this.clock.moveTo(until);
        break;
      }
      turn = task.next();
    }
    return turn.value;
  }

  private deliver(event: WatchEvent): void {
    this.changed = true;
    if (this.watchers(event.resource).heed(event)) this.deliveries.after(this.world.latency.watch, event);
  }

  private watchers(resource: ResourceName): Watchers {
    const known = this.watchersOf.get(resource);
    if (known) return known;
    const found = new Watchers(
      [...this.running.values()].filter(({ component }) => component.watches.includes(resource)),
      resource === 'pods',
    );
    this.watchersOf.set(resource, found);
    return found;
  }
}

/** Deliveries of writes stand in the same queue as timers, under this name. */
const watchQueue = 'watch';

/** Whose watch is broken tries again once a second, about as client-go's reflectors do. */
const reconnectQueue = 'reconnect';
const reconnectEvery: Millis = 1000;
