import type { ResourceName } from '../api/object';
import type { Pod, PodStatus } from '../api/generated/core-v1';
import type { Client } from '../apiserver/client';
import type { WatchEvent } from '../apiserver/store';
import type { Millis } from '../clock/clock';
import { Draws } from '../clock/random';
import type { Component, ComponentContext, EventRecorder } from '../component';
import type { Process } from '../network/kernel';
import type { Runtime } from '../runtime/runtime';
import type { NodeFile, World } from '../world';
import { Backoff } from './backoff';
import { ApiConnection } from './connection';
import { EvictionManager } from './eviction/manager';
import type { KubeletHost } from './host';
import { ImageManager } from './image-manager';
import { NodeReporter } from './node-reporter';
import { leaseEvery, statusEvery } from './node-status';
import { PodIntake } from './pod-intake';
import { PodWorkers, type WorkerDoors, type WorkerTimer } from './pod-workers';
import { ProbeManager } from './prober/manager';
import { ResizeManager } from './resize/manager';
import { StaticPods } from './static-pods';
import { StatusManager } from './status-manager';

/** A kubelet's timers. `life` counts its starts: timers of a life before the last one do nothing. */
export type KubeletTimer = { readonly life: number } & (
  | WorkerTimer
  | { readonly kind: 'probe'; readonly key: string; readonly turn: number }
  | { readonly kind: 'mirror' | 'orphan'; readonly pod: Pod }
  | { readonly kind: 'resizes'; readonly turn: number }
  | { readonly kind: 'refused'; readonly pod: Pod; readonly status: PodStatus }
  | { readonly kind: 'lease' | 'status' | 'runtime' | 'files' | 'pressure' }
);

/**
 * From a refusal to its status in the API. A ReplicaSet replaces refused Pods at once, so this is what keeps such a
 * loop at the ten Pods a second that a real cluster reaches (its clients limit their requests).
 */
const refusalDelay: Millis = 94;

/** From the deletion of a static Pod's mirror to its return: a sync of the Pod finds that it is gone. */
const mirrorDelay: Millis = 150;

/** From a write in the folder of manifests, of which the kernel tells, until it is read (pkg/kubelet/config/file_linux.go). */
const filesDelay: Millis = 5;

// pkg/kubelet/kubelet.go
const housekeepingPeriod: Millis = 2000;

/** The kubelet of one node. Upstream: pkg/kubelet/kubelet.go. */
export class Kubelet implements Component<KubeletTimer>, KubeletHost {
  readonly name: string;
  readonly watches: readonly ResourceName[] = ['pods'];
  readonly node: string;
  readonly podsOf: string;
  readonly machineName: string;
  readonly client: Client;
  readonly world: World;
  readonly recorder: EventRecorder;
  readonly images: ImageManager;
  readonly timestamp: (at?: Millis) => string;
  crashBackoff = new Backoff();
  probes: ProbeManager;
  readonly statuses: StatusManager;
  readonly resizes: ResizeManager;
  private readonly reporter: NodeReporter;
  private readonly statics: StaticPods;
  private readonly workers: PodWorkers;
  private readonly draws: Draws;
  private readonly intake: PodIntake;
  private readonly connection: ApiConnection;
  private readonly eviction: EvictionManager;
  private life = 0;
  /** Whether it reached the API server when it last tried. */
  private online = true;
  private startedAt: Millis = 0;

  constructor(
    file: NodeFile,
    podCIDR: string,
    private readonly context: ComponentContext<KubeletTimer>,
    readonly runtime: Runtime,
  ) {
    this.name = `kubelet/${file.name}`;
    this.node = file.name;
    this.podsOf = file.name;
    this.machineName = file.hostname ?? file.name;
    this.client = context.client;
    this.world = context.world;
    this.timestamp = context.timestamp;
    this.recorder = context.recorder('kubelet', file.name);
    this.images = new ImageManager(runtime, this.recorder, context.world);
    this.draws = new Draws(context.random);
    const { timers } = context;
    const doors: WorkerDoors = {
      at: (time, timer) => timers.at(time, { life: this.life, ...timer }),
      cancel: (id) => timers.cancel(id),
      released: (pod) => this.statics.renewMirror(pod),
      ended: (pod) => this.cleanUpMirror(pod),
    };
    this.connection = new ApiConnection(runtime.cluster, file);
    this.workers = new PodWorkers(this, doors, context.random);
    this.eviction = new EvictionManager(this, this.workers, {
      at: (time) => timers.at(time, { life: this.life, kind: 'pressure' }),
      tell: (reason, message) => this.reporter.tell(reason, message),
    });
    const pressures = () => this.eviction.pressures;
    // The reporter sets no timers of its own.
    this.reporter = new NodeReporter(file, podCIDR, context as ComponentContext<never>, runtime, pressures);
    this.statics = new StaticPods(this.client, file.name, runtime, this.timestamp);
    this.statuses = new StatusManager(this, this.statics, () => this.online);
    this.intake = new PodIntake(this, this.workers, this.statics, context.decisions, {
      node: () => this.client.get('nodes', undefined, this.node) ?? this.reporter.ownView,
      refused: (pod, status) => timers.after(refusalDelay, { life: this.life, kind: 'refused', pod, status }),
      evicts: (pod) => this.eviction.admit(pod),
      taken: (pod) => this.eviction.added(pod),
      mirrorGone: (pod) => timers.after(mirrorDelay, { life: this.life, kind: 'mirror', pod }),
      orphaned: (pod) => this.cleanUpMirror(pod),
    });
    this.resizes = new ResizeManager(this, {
      judge: (pod) => this.intake.judge(pod),
      dispatch: (worker) => this.workers.dispatch(worker),
      wake: (at, turn) => timers.at(at, { life: this.life, kind: 'resizes', turn }),
    });
    this.probes = this.newProbes();
    this.statics.watch(() => this.expectFiles());
    runtime.listen((pod) => this.workers.containersChanged(pod));
    runtime.kernel.used = () => this.eviction.wake();
    runtime.tellOutOfMemory = (victim) => this.tellOutOfMemory(victim);
  }

  get now(): Millis {
    return this.context.timers.now;
  }

  get hostIP(): string | undefined {
    return this.client.get('nodes', undefined, this.node)?.status.addresses?.find((one) => one.type === 'InternalIP')
      ?.address;
  }

  get networkReady(): boolean {
    return this.reporter.networkReady;
  }

  start(): void {
    this.begin();
    this.reporter.tellStart();
  }

  /** Its watch was broken: it takes up everything as it stands, without a word about it. */
  relist(): void {
    this.begin();
  }

  private begin(): void {
    this.life++;
    this.resizes.checkpoint(this.workers.all());
    this.workers.clear();
    this.intake.clear();
    this.crashBackoff = new Backoff();
    this.probes = this.newProbes();
    this.reporter.register();
    this.reporter.renewLease();
    this.every('lease', this.beat('lease', leaseEvery));
    this.every('status', this.beat('status', statusEvery));
    this.every('runtime', 5000);
    this.startedAt = this.now;
    if (this.statics.inUse) this.expectFiles();
    const pods = this.client.list('pods').filter((pod) => pod.spec.nodeName === this.node);
    pods.sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1));
    for (const pod of pods) this.intake.see(pod);
    this.resizes.retry();
    this.eviction.begin();
    for (const { uid } of this.runtime.podReferences()) {
      if (uid && !this.workers.get(uid) && !this.statics.has(uid)) this.workers.removeLeftovers(uid);
    }
  }

  observe({ type, object }: WatchEvent): void {
    // It watches pods alone.
    const pod = object as Pod;
    if (pod.spec.nodeName !== this.node || !this.online) return;
    if (type === 'DELETED') this.intake.gone(pod);
    else this.intake.see(pod);
  }

  fire(timer: KubeletTimer): void {
    if (timer.life !== this.life) return;
    switch (timer.kind) {
      case 'look':
      case 'turn':
      case 'sync':
        this.workers.fire(timer);
        break;
      case 'probe':
        this.probes.fire(this, timer.key, timer.turn);
        break;
      case 'mirror': {
        const own = this.statics.mirrorGone(timer.pod);
        const worker = own && this.workers.get(own.metadata.uid);
        if (worker) this.statuses.write(worker, false);
        break;
      }
      case 'resizes':
        this.resizes.fire(timer.turn);
        break;
      case 'orphan':
        if (this.statics.isOrphan(timer.pod)) this.statics.deleteMirror(timer.pod);
        break;
      case 'refused':
        this.statuses.set(timer.pod, timer.status);
        break;
      case 'lease':
        if (this.online) this.reporter.renewLease();
        this.every('lease', leaseEvery);
        break;
      case 'status':
        if (this.online) this.reporter.report();
        this.every('status', statusEvery);
        break;
      case 'runtime':
        this.reporter.lookAtRuntime();
        this.tryConnection();
        this.every('runtime', 5000);
        break;
      case 'pressure':
        this.eviction.fire();
        break;
      case 'files':
        this.intake.lookAtFiles();
    }
  }

  current(pod: Pod): Pod {
    return this.statuses.current(pod);
  }

  /** Cut off, it hears of nothing; connected again, it lists anew and tells what happened meanwhile. */
  private tryConnection(): void {
    const before = this.online;
    this.online = this.connection.reaches;
    if (before || !this.online) return;
    this.reporter.renewLease();
    this.reporter.report();
    const pods = this.client.list('pods').filter((pod) => pod.spec.nodeName === this.node);
    const known = new Set(pods.map((pod) => pod.metadata.uid));
    for (const worker of this.workers.all())
      if (!known.has(worker.uid) && !this.statics.has(worker.uid)) this.intake.gone(worker.pod);
    for (const pod of pods) this.intake.see(pod);
    for (const worker of this.workers.all()) this.workers.dispatch(worker);
  }

  /** pkg/kubelet/oom/oom_watcher_linux.go */
  private tellOutOfMemory({ comm, pid }: Process): void {
    if (!this.runtime.cluster.isRunning(this.name)) return;
    this.reporter.tell('SystemOOM', `System OOM encountered, victim process: ${comm}, pid: ${pid}`);
  }

  /**
   * Upstream stretches these periods a little each time; after an hour the phase is anyone's guess. Where it is not
   * drawn, it is one in which no beat falls together with a look of the node monitor, which comes every 5 s.
   */
  private beat(kind: 'lease' | 'status', period: Millis): Millis {
    return this.world.chance === 'drawn' ? this.draws.next(`beat/${this.node}/${kind}`).below(period) : period / 4;
  }

  private every(kind: 'lease' | 'status' | 'runtime', period: Millis): void {
    this.context.timers.after(period, { life: this.life, kind });
  }

  private newProbes(): ProbeManager {
    return new ProbeManager(
      {
        schedule: (delay, key, turn) => this.context.timers.after(delay, { life: this.life, kind: 'probe', key, turn }),
        changed: (uid, type, ok) => {
          const worker = this.workers.get(uid);
          if (!worker || worker.phase !== 'syncing' || (type === 'liveness' && ok)) return;
          if (type !== 'liveness') this.statuses.write(worker, false);
          this.workers.dispatch(worker);
        },
      },
      this.draws,
      this.now,
    );
  }

  /** Static Pods: told of a change in the folder, the kubelet reads it again. */
  private expectFiles(): void {
    this.context.timers.after(filesDelay, { life: this.life, kind: 'files' });
  }

  /** The mirror of a static Pod that has ended goes with the next cleaning up (kubelet_pods.go `HandlePodCleanups`). */
  private cleanUpMirror(pod: Pod): void {
    if (!this.statics.isOrphan(pod)) return;
    const rounds = Math.floor((this.now - this.startedAt) / housekeepingPeriod) + 1;
    this.context.timers.at(this.startedAt + rounds * housekeepingPeriod, { life: this.life, kind: 'orphan', pod });
  }
}
