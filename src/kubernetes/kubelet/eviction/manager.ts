import type { Pod } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import type { Millis } from '../../clock/clock';
import { untoleratedTaint } from '../../placement/tolerations';
import type { Refusal } from '../admission';
import { isCritical } from '../critical';
import { activePods } from '../active-pods';
import type { KubeletHost } from '../host';
import type { PodWorker } from '../pod-worker';
import type { PodWorkers } from '../pod-workers';
import { exceededLimit, limitsLocalStorage } from './local-storage';
import { evictionMessage } from './message';
import { ranked } from './rank';
import { imagesEvery, Reclaimer } from './reclaim';
import { podStats } from './stats';
import { isMet, type Observations, type Pressure, type Threshold, thresholds } from './thresholds';
import { VolumeStats } from './volume-stats';

/** `evictionMonitoringPeriod` */
const beat: Millis = 10_000;
/** `evictionPressureTransitionPeriod` */
const transition: Millis = 300_000;
const cleanUpPoll: Millis = 1000;
const cleanUpTimeout: Millis = 30_000;
/** `immediateEvictionGracePeriodSeconds` */
const grace = 1;

export interface EvictionDoors {
  /** Asks to be fired at a moment. */
  at(time: Millis): void;
  /** Says something about the node. */
  tell(reason: string, message: string): void;
}

/** A Pod that has to go: why, and what its event says beside that. */
interface Sentence {
  readonly worker: PodWorker;
  readonly message: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether it goes for the node's sake, and not for its own limits. */
  readonly disrupted: boolean;
}

/**
 * Looks every ten seconds whether the node runs out of memory or disk or a Pod goes over a limit of its own, and ends
 * Pods. As long as nothing that is counted is in use, there is nothing to look at, and it does not look.
 * Upstream: pkg/kubelet/eviction/eviction_manager.go
 */
export class EvictionManager {
  private startedAt: Millis = 0;
  /** The moment of the next look; undefined while none is due. */
  private next: Millis | undefined;
  /** Whether Pods are being ended. */
  private isEvicting = false;
  private cleanUp: { readonly workers: readonly PodWorker[]; readonly until: Millis } | undefined;
  private readonly lastObserved = new Map<Pressure, Millis>();
  private under: readonly Pressure[] = [];
  /** The number of the disk's last measurement: it is measured every ten seconds. */
  private measured = -1;
  private imageLook = 0;
  private imagesFailed = true;
  private volumes: VolumeStats;
  private reclaimer: Reclaimer;

  constructor(
    private readonly host: KubeletHost,
    private readonly workers: PodWorkers,
    private readonly doors: EvictionDoors,
  ) {
    [this.volumes, this.reclaimer] = this.parts();
  }

  /** What the node is short of. */
  get pressures(): readonly Pressure[] {
    return this.under;
  }

  /** The kubelet starts: it remembers nothing. */
  begin(): void {
    this.startedAt = this.host.now;
    this.next = undefined;
    this.isEvicting = false;
    this.cleanUp = undefined;
    this.lastObserved.clear();
    this.under = [];
    this.measured = -1;
    this.imageLook = 0;
    this.imagesFailed = true;
    [this.volumes, this.reclaimer] = this.parts();
    this.wake();
  }

  /** Something is in use that may not have been before. */
  wake(): void {
    if (this.next !== undefined || this.isEvicting || !this.isNeeded()) return;
    const { now } = this.host;
    this.imageLook = Math.floor((now - this.startedAt) / imagesEvery);
    if (this.imageLook > 0) this.imagesFailed = false;
    this.lookAt(this.startedAt + Math.ceil((now - this.startedAt) / beat) * beat);
  }

  /** A Pod has come. */
  added({ spec }: Pod): void {
    if (this.next === undefined && limitsLocalStorage(spec)) this.wake();
  }

  fire(): void {
    const { now } = this.host;
    if (this.next !== now) return;
    this.next = undefined;
    if (this.cleanUp) {
      const { workers, until } = this.cleanUp;
      if (now < until && !workers.every(({ phase }) => phase === 'finished')) {
        this.lookAt(now + cleanUpPoll);
        return;
      }
      this.cleanUp = undefined;
    }
    this.look();
  }

  /** Why a Pod is not taken now. Upstream: `managerImpl.Admit` */
  admit(pod: Pod): Refusal | undefined {
    if (this.under.length === 0 || isCritical(pod)) return undefined;
    if (this.under.every((one) => one === 'MemoryPressure')) {
      if (pod.status.qosClass !== 'BestEffort') return undefined;
      const taint = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };
      if (!untoleratedTaint([taint], pod.spec.tolerations, ['NoSchedule'])) return undefined;
    }
    return { reason: 'Evicted', message: `The node had condition: [${this.under.join(' ')}]. ` };
  }

  /** Upstream: `synchronize` */
  private look(): void {
    this.lookAtImages();
    const observations = this.observe();
    const met = thresholds.filter((one) => isMet(one, observations));
    this.notePressure(met);
    const { now } = this.host;
    const measured = Math.floor((now - this.startedAt) / beat);
    const isNew = measured !== this.measured;
    this.measured = measured;
    const active = this.active();
    const local = active.flatMap((worker) => this.overLimit(worker));
    const starved = met.find(({ resource }) => resource === 'memory' || isNew);
    const sentenced = local.length > 0 ? local : starved ? this.relieve(starved, active, observations) : [];
    if (sentenced.length > 0) this.evict(sentenced);
    else if (this.isNeeded()) this.lookAt(now + beat);
  }

  /** Takes back what nobody needs; if that does not help, one Pod has to go. */
  private relieve(starved: Threshold, active: readonly PodWorker[], observations: Observations): Sentence[] {
    this.doors.tell('EvictionThresholdMet', `Attempting to reclaim ${starved.resource}`);
    if (starved.resource === 'ephemeral-storage') {
      this.reclaimer.all(this.host.now);
      const after = this.observe();
      if (!thresholds.some((one) => isMet(one, after))) return [];
    }
    const workers = new Map(active.map((worker) => [worker.uid, worker]));
    const stats = (pod: Pod) => {
      const worker = workers.get(pod.metadata.uid ?? '');
      return worker && this.statsOf(worker);
    };
    for (const pod of ranked(
      [...workers.values()].map((worker) => worker.pod),
      starved.resource,
      stats,
    )) {
      const worker = workers.get(pod.metadata.uid ?? '');
      if (worker && !isCritical(pod)) {
        return [{ worker, ...evictionMessage(pod, starved, observations, stats(pod)), disrupted: true }];
      }
    }
    return [];
  }

  /** Ends Pods one after the other, waits until their places are clean, and looks again at once. */
  private evict(sentenced: readonly Sentence[], done: readonly PodWorker[] = []): void {
    const [first, ...rest] = sentenced;
    this.isEvicting = first !== undefined;
    if (!first) {
      const { now } = this.host;
      this.cleanUp = { workers: done, until: now + cleanUpTimeout };
      this.lookAt(now + cleanUpPoll);
      return;
    }
    const { worker, message, annotations, disrupted } = first;
    this.volumes.forget(worker.uid);
    this.host.recorder.event(referenceTo(worker.pod), 'Warning', 'Evicted', message, annotations);
    const verdict = { reason: 'Evicted', message, ...(disrupted ? { disruption: message } : {}) };
    this.workers.end(worker, verdict, grace, () => this.evict(rest, [...done, worker]));
  }

  private overLimit(worker: PodWorker): Sentence[] {
    const { pod } = worker;
    if (!limitsLocalStorage(pod.spec) || isCritical(pod)) return [];
    const stats = this.statsOf(worker);
    const message = stats && exceededLimit(pod, stats);
    return message === undefined ? [] : [{ worker, message, disrupted: false }];
  }

  /** The condition of the node stays for five minutes after its reason was seen last. */
  private notePressure(met: readonly Threshold[]): void {
    const { now } = this.host;
    for (const { condition } of met) this.lastObserved.set(condition, now);
    for (const [condition, at] of this.lastObserved) if (now - at >= transition) this.lastObserved.delete(condition);
    const under = [...this.lastObserved.keys()];
    if (under.join() !== this.under.join()) this.under = under;
  }

  /** Upstream: pkg/kubelet/kubelet.go `StartGarbageCollection`. The first look, at the start, finds nothing measured. */
  private lookAtImages(): void {
    const { now } = this.host;
    const number = Math.floor((now - this.startedAt) / imagesEvery);
    if (number === this.imageLook) return;
    this.imageLook = number;
    const problem = this.reclaimer.collectImages(now);
    if (problem !== undefined) {
      this.doors.tell('FreeDiskSpaceFailed', problem);
      if (this.imagesFailed) this.doors.tell('ImageGCFailed', problem);
    }
    this.imagesFailed = problem !== undefined;
  }

  private observe(): Observations {
    const { usage } = this.host.runtime;
    const disk = usage.disk();
    return { 'memory.available': usage.memory(), 'nodefs.available': disk, 'imagefs.available': disk };
  }

  private statsOf(worker: PodWorker) {
    return podStats(this.host.runtime, worker.pod, this.volumes.of(worker, this.host.now));
  }

  private active(): PodWorker[] {
    const unsentenced = this.workers.all().filter(({ verdict }) => verdict === undefined);
    return activePods(unsentenced, this.host).map(({ worker }) => worker);
  }

  private isNeeded(): boolean {
    const { kernel, node } = this.host.runtime;
    if (this.under.length > 0 || kernel.isUsed || node.used !== undefined) return true;
    return this.workers.all().some(({ phase, pod }) => phase === 'syncing' && limitsLocalStorage(pod.spec));
  }

  private lookAt(time: Millis): void {
    this.next = time;
    this.doors.at(time);
  }

  private parts(): [VolumeStats, Reclaimer] {
    const { runtime, world } = this.host;
    const stretch = (lots: { next(): number }) => (world.chance === 'drawn' ? lots.next() : 0.5);
    return [new VolumeStats(runtime, this.startedAt, stretch), new Reclaimer(runtime, this.workers, this.startedAt)];
  }
}
