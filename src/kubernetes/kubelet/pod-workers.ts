import { type ObjectReference, referenceTo } from '../api/object';
import type { Pod } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';
import { Draws, type Random } from '../clock/random';
import type { Task } from '../clock/task';
import { isOver, removeDeadContainers } from './garbage';
import type { KubeletHost } from './host';
import { repeatIdle } from './idle-sync';
import { killPod } from './kill';
import { logFailedSync } from './klog';
import { podFolder } from '../runtime/host-mounts';
import { Relists } from './pleg';
import { newWorker, type PodWorker, type Verdict } from './pod-worker';
import { type SyncOutcome, syncPod } from './sync-pod';
import { jitterFactor, nextSync, nextTick, nextTry } from './work-queue';
import { serverFacts } from '../api/versions/server-facts';

/** The timers of the workers. */
export type WorkerTimer =
  | { readonly kind: 'look'; readonly uid: string }
  | { readonly kind: 'turn'; readonly uid: string; readonly turn: number }
  | { readonly kind: 'sync'; readonly uid: string };

export interface WorkerDoors {
  at(time: Millis, timer: WorkerTimer): number;
  cancel(timer: number): void;
  /** A static Pod that had to wait may begin. */
  released(pod: Pod): void;
  /** Nothing is left of a Pod. */
  ended(pod: Pod): void;
}

/** From the end of a Pod's containers until its volumes are gone. */
const unmounting: Millis = 250;
// pkg/kubelet/volumemanager/volume_manager.go `podAttachAndMountRetryInterval`
const unmountRetry: Millis = 300;
/** Its groups, its last status and its removal from the API. */
const tearDown: Millis = 60;

/** One worker per Pod: sync, terminate, finish, one after the other. Upstream: pkg/kubelet/pod_workers.go. */
export class PodWorkers {
  private readonly workers = new Map<string, PodWorker>();
  /** Where in each second the queue is looked at. */
  private readonly phase: Millis | undefined;
  private readonly relists: Relists;
  private readonly draws: Draws;

  constructor(
    private readonly host: KubeletHost,
    private readonly doors: WorkerDoors,
    random: Random,
  ) {
    const { chance, latency } = host.world;
    const drawn = (what: string) =>
      chance === 'drawn' ? random.stream(`${what}/${host.node}`).below(1000) : undefined;
    this.phase = drawn('phase');
    this.relists = new Relists(latency.containerEvent, drawn('relist'));
    this.draws = new Draws(random);
  }

  get(uid: string | undefined): PodWorker | undefined {
    return this.workers.get(uid ?? '');
  }

  all(): PodWorker[] {
    return [...this.workers.values()];
  }

  /** Forgets everything, as a kubelet that starts. */
  clear(): void {
    this.workers.clear();
  }

  add(pod: Pod): PodWorker {
    const lots = this.draws.next(`waits/${this.host.node}/${pod.metadata.uid}`);
    const worker = newWorker(pod, this.host.runtime.snapshot(referenceTo(pod)), lots);
    this.workers.set(worker.uid, worker);
    return worker;
  }

  /** Begins the next piece of work of a Pod, or notes that there is some. */
  dispatch(worker: PodWorker): void {
    if (worker.after !== undefined && worker.phase === 'syncing' && this.waitsForOther(worker)) return;
    if (worker.task || worker.phase === 'finished') {
      worker.pending = true;
      return;
    }
    const { now } = this.host;
    const looked = Math.max(worker.lookedAt, this.relists.upTo(now, worker.found));
    if (worker.lastSync !== undefined && looked <= worker.lastSync) {
      worker.waitsForLook = true;
      this.lookAt(worker, this.relists.after(Math.max(now, worker.lastSync), worker.found));
      return;
    }
    worker.pending = false;
    worker.waitsForLook = false;
    const again = worker.phase === 'syncing' ? repeatIdle(this.host, worker) : undefined;
    if (again) {
      this.synced(worker, again);
      return;
    }
    worker.task = this.work(worker);
    worker.turn++;
    this.step(worker);
  }

  /** Of static Pods of one name only one runs at a time. Upstream: pod_workers.go `allowPodStart`. */
  private waitsForOther(worker: PodWorker): boolean {
    const other = this.get(worker.after);
    if (other && other.phase !== 'finished') {
      const at = nextTry(this.host.now, this.phase, this.stretch(worker));
      worker.timer ??= this.doors.at(at, { kind: 'sync', uid: worker.uid });
      return true;
    }
    worker.after = undefined;
    this.doors.released(worker.pod);
    return false;
  }

  /** The Pod is to end, with `grace` seconds if any are named; a shorter grace than before is taken up. */
  terminate(worker: PodWorker, grace: number | undefined): void {
    const shorter = grace !== undefined && (worker.grace === undefined || grace < worker.grace);
    if (shorter) worker.grace = grace;
    if (worker.phase === 'finished') {
      this.finish(worker);
      return;
    }
    if (worker.phase === 'terminated' || (worker.phase === 'terminating' && !shorter)) return;
    worker.phase = 'terminating';
    // What it was doing is broken off, as upstream cancels the context of the sync.
    if (worker.task) worker.lastSync = this.host.now;
    worker.task = undefined;
    worker.turn++;
    this.dispatch(worker);
  }

  /** The kubelet ends a Pod of its own accord; `killed` is told when nothing of it runs any more. Upstream: `killPodNow` */
  end(worker: PodWorker, verdict: Verdict, grace: number | undefined, killed: () => void): void {
    worker.verdict ??= verdict;
    if (worker.phase === 'terminated' || worker.phase === 'finished') {
      killed();
      return;
    }
    worker.killed = killed;
    this.terminate(worker, grace);
  }

  /** The Pod has left the API. */
  remove(worker: PodWorker, grace: number | undefined): void {
    worker.deleted = true;
    if (worker.phase === 'finished') this.cleanUp(worker);
    else this.terminate(worker, grace);
  }

  /** A change in the runtime: it is noticed at the next look, and ends waits for it. */
  containersChanged({ uid }: ObjectReference): void {
    const worker = this.get(uid);
    if (!worker) return;
    const { now } = this.host;
    this.lookAt(worker, this.relists.after(now, worker.found));
    if (worker.task && worker.wait.change) this.wake(worker, now + 20);
  }

  /** A look at one Pod out of turn: `RequestRelist`, since 1.36 (PLEGOnDemandRelist). */
  lookSoon(worker: PodWorker): void {
    const { now, world } = this.host;
    if (serverFacts[world.kubernetes].relistsOnDemand) {
      worker.ownLook = now + world.latency.containerEvent;
      this.lookAt(worker, worker.ownLook);
    }
  }

  fire(timer: WorkerTimer): void {
    const worker = this.get(timer.uid);
    if (!worker) return;
    if (timer.kind === 'look') {
      this.look(worker);
      return;
    }
    if (timer.kind === 'turn') {
      if (worker.task && worker.turn === timer.turn) this.step(worker);
      return;
    }
    worker.timer = undefined;
    this.dispatch(worker);
  }

  removeLeftovers(uid: string): void {
    const { runtime } = this.host;
    for (const sandbox of runtime.podSandboxes(uid)) runtime.removeSandbox(sandbox.id);
  }

  private lookAt(worker: PodWorker, at: Millis): void {
    if (worker.nextLook !== undefined && worker.nextLook <= at) return;
    worker.nextLook = at;
    this.doors.at(at, { kind: 'look', uid: worker.uid });
  }

  /** Takes up what has changed in the runtime; a Pod in which nothing has goes on only if it waited for this. */
  private look(worker: PodWorker): void {
    const { now, runtime } = this.host;
    if (worker.nextLook === now) worker.nextLook = undefined;
    worker.lookedAt = now;
    const changed = runtime.lastChange(worker.uid) > worker.seen.sequence;
    if (changed) {
      if (worker.ownLook !== now) worker.found = now;
      worker.seen = runtime.snapshot(worker.seen.pod);
    }
    if (changed || worker.verdict) removeDeadContainers(runtime, worker.seen, worker.verdict !== undefined);
    if (worker.waitsForLook || (changed && worker.phase === 'syncing')) this.dispatch(worker);
  }

  private *work(worker: PodWorker): Task<void> {
    const { host } = this;
    if (worker.phase === 'syncing') {
      this.synced(worker, yield* syncPod(host, worker));
      return;
    }
    host.probes.stopLiveness(worker.uid);
    worker.seen = host.runtime.snapshot(worker.seen.pod);
    worker.reasons.clear();
    host.statuses.write(worker, isOver(host.current(worker.pod)), true);
    yield* killPod(host, host.current(worker.pod), worker.grace);
    host.probes.removePod(worker.uid);
    yield { until: host.now + host.world.latency.containerEvent };
    worker.seen = host.runtime.snapshot(worker.seen.pod);
    worker.phase = 'terminated';
    host.statuses.write(worker, true);
    const stopped = host.now;
    worker.killed?.();
    yield { until: this.relists.after(stopped, worker.found) };
    yield { until: host.now + tearDown + (host.now - stopped < unmounting ? unmountRetry : 0) };
    this.finish(worker);
  }

  /** What follows a sync: the time of the next one, or the end. */
  private synced(worker: PodWorker, { terminal, acted, errors }: SyncOutcome): void {
    const { host } = this;
    worker.lastSync = host.now;
    if (errors.length > 0) logFailedSync(host.runtime, worker.pod, errors);
    if (acted && errors.length === 0) this.lookSoon(worker);
    if (terminal) {
      worker.phase = 'terminating';
      worker.pending = true;
      return;
    }
    if (worker.timer !== undefined) this.doors.cancel(worker.timer);
    const deadline = host.statuses.deadlineOf(worker.pod) ?? Infinity;
    const at = Math.min(nextSync(errors, host.now, this.phase, this.stretch(worker)), nextTick(deadline, this.phase));
    worker.timer = this.doors.at(at, { kind: 'sync', uid: worker.uid });
  }

  /** The end of a Pod: it leaves the API if that waits for it. */
  private finish(worker: PodWorker): void {
    worker.phase = 'finished';
    const { deletionTimestamp, namespace, name, uid } = this.host.current(worker.pod).metadata;
    if (!worker.deleted) this.host.statuses.terminate(worker);
    if (worker.deleted) this.cleanUp(worker);
    else if (deletionTimestamp) {
      this.host.client.delete('pods', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    }
  }

  private cleanUp(worker: PodWorker): void {
    this.workers.delete(worker.uid);
    this.host.probes.removePod(worker.uid);
    this.host.statuses.forget(worker.uid);
    this.removeLeftovers(worker.uid);
    this.host.runtime.kernel.files.remove(podFolder(worker.uid));
    this.doors.ended(worker.pod);
  }

  private step(worker: PodWorker): void {
    const { task } = worker;
    if (!task) return;
    const result = task.next();
    // The step may have broken off its own task.
    if (worker.task !== task) return;
    worker.turn++;
    if (!result.done) {
      worker.wait = result.value;
      if (result.value.until !== undefined) this.wake(worker, result.value.until);
      return;
    }
    worker.task = undefined;
    if (worker.pending) this.dispatch(worker);
  }

  /** Upstream draws it each time; unless a world asks for that it is the mean, so that one crash loop runs as another. */
  private stretch({ lots }: PodWorker): number {
    return jitterFactor * (this.host.world.chance === 'drawn' ? lots.next() : 0.5);
  }

  private wake({ uid, turn }: PodWorker, at: Millis): void {
    this.doors.at(at, { kind: 'turn', uid, turn });
  }
}
