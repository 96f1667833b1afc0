import { ApiServer } from './apiserver/apiserver';
import type { Changes } from './apiserver/changes';
import { Client } from './apiserver/client';
import { Store } from './apiserver/store';
import { epochMillis, parseRfc3339 } from './clock/calendar';
import { Clock, type Millis } from './clock/clock';
import { Revisions } from './clock/history';
import { Random } from './clock/random';
import { completeWorld, type World, type WorldFile } from './world';

/** What may be chosen of an API server besides its world. */
export interface BareServerOptions {
  /** Seed of everything drawn by lot. Default 1. */
  readonly seed?: number;
  /** How long before virtual time 0 it began, in milliseconds. Default 0. */
  readonly settled?: Millis;
  /** A moment of another server that it shows instead of beginning anew: to be read, never written to. */
  readonly past?: { readonly of: BareServer; readonly at: Millis };
  /** Another server of the same world: what was worked out from the world is taken from it. */
  readonly like?: BareServer;
}

/**
 * An API server with its store, its clock and its lots, and nobody around it: enough to hear what it says to a new object.
 * Without `changes` it leaves objects that exist as they are. A `Cluster` is one with changes and components.
 */
export class BareServer {
  readonly world: World;
  readonly clock: Clock;
  readonly random: Random;
  readonly revisions: Revisions;
  readonly store: Store;
  readonly api: ApiServer;

  constructor(world: WorldFile, options: BareServerOptions = {}, changes?: Changes) {
    this.world = options.like?.world ?? completeWorld(world);
    this.clock = new Clock(
      options.like?.clock.epoch ?? parseRfc3339(this.world.startTime) ?? epochMillis(2026, 1, 5),
      options.past?.at ?? -(options.settled ?? 0),
    );
    this.random = new Random(options.seed ?? 1);
    const { past } = options;
    const revision = past?.of.revisions.at(past.at) ?? 0;
    this.revisions = past?.of.revisions.asOf(revision) ?? new Revisions();
    this.store = past?.of.store.asOf(revision, this.clock, this.revisions) ?? new Store(this.clock, this.revisions);
    const { kubernetes, administrator, serviceCIDR } = this.world;
    this.api = new ApiServer(
      this.store,
      this.clock,
      this.random,
      { kubernetes, administrator },
      { serviceCIDR, changes },
    );
  }

  /** A server that begins with what this one holds, as if this one's writes had been its own. */
  fork(): BareServer {
    const { seed } = this.random;
    const made = new BareServer(this.world, { seed, settled: -this.clock.now, like: this });
    made.revisions.continueFrom(this.revisions);
    made.store.continueFrom(this.store);
    return made;
  }

  /** The connection of kubectl and of everything else that acts as the cluster's administrator. */
  client(user = 'kubernetes-admin'): Client {
    return new Client(this.api, user);
  }
}
