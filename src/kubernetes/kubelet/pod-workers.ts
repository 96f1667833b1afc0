import { referenceTo } from '../api/object';
import type { Pod } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';
import { Draws, type Random } from '../clock/random';
import type { Task } from '../clock/task';
import type { RuntimeEvent } from '../runtime/runtime';
import { isOver, removeDeadContainers } from './garbage';
import type { KubeletHost } from './host';
import { killPod } from './kill';
import { newWorker, type PodWorker } from './pod-worker';
import { syncPod, writeStatus } from './sync-pod';
import { jitterFactor, nextSync } from './work-queue';

/** The timers of the workers. */
export type WorkerTimer =
  | { readonly kind: 'containers'; readonly event: RuntimeEvent }
  | { readonly kind: 'turn'; readonly uid: string; readonly turn: number }
  | { readonly kind: 'sync'; readonly uid: string };

export interface WorkerDoors {
  at(time: Millis, timer: WorkerTimer): number;
  cancel(timer: number): void;
}

/** From the last status of a Pod that is going to its removal: its volumes are taken down. */
const tearDown: Millis = 150;

/** One worker per Pod: sync, terminate, finish, one after the other. Upstream: pkg/kubelet/pod_workers.go. */
export class PodWorkers {
  private readonly workers = new Map<string, PodWorker>();
  /** Where in each second the queue is looked at. */
  private readonly phase: Millis;
  private readonly draws: Draws;

  constructor(
    private readonly host: KubeletHost,
    private readonly doors: WorkerDoors,
    random: Random,
  ) {
    this.phase = random.stream(`phase/${host.node}`).below(1000);
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
    if (worker.task || worker.phase === 'finished') {
      worker.pending = true;
      return;
    }
    // A report that knows of all that the last sync did is on its way, and will ask again.
    if (worker.phase === 'syncing' && worker.seen.sequence < worker.mustSee) return;
    worker.pending = false;
    worker.task = this.work(worker);
    worker.turn++;
    this.step(worker);
  }

  /** The Pod is to end, with `grace` seconds if any are named; a shorter grace than before is taken up. */
  terminate(worker: PodWorker, grace: number | undefined): void {
    const shorter = grace !== undefined && (worker.grace === undefined || grace < worker.grace);
    if (shorter) worker.grace = grace;
    if (worker.phase === 'finished') {
      this.finish(worker);
      return;
    }
    if (worker.phase === 'terminating' && !shorter) return;
    worker.phase = 'terminating';
    // What it was doing is broken off, as upstream cancels the context of the sync.
    worker.task = undefined;
    worker.turn++;
    this.dispatch(worker);
  }

  /** The Pod has left the API. */
  remove(worker: PodWorker, grace: number | undefined): void {
    worker.deleted = true;
    if (worker.phase === 'finished') this.cleanUp(worker);
    else this.terminate(worker, grace);
  }

  /** A change in the runtime: it is noticed a little later, and ends waits for it. */
  containersChanged(event: RuntimeEvent): void {
    const { now, world } = this.host;
    this.doors.at(now + world.latency.containerEvent, { kind: 'containers', event });
    const worker = this.get(event.pod.uid);
    if (worker?.task && worker.wait.change) this.wake(worker, now + 20);
  }

  fire(timer: WorkerTimer): void {
    if (timer.kind === 'containers') {
      this.delivered(timer.event);
      return;
    }
    const worker = this.get(timer.uid);
    if (!worker) return;
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

  private delivered(event: RuntimeEvent): void {
    const worker = this.get(event.pod.uid);
    if (!worker) return;
    worker.seen = event;
    removeDeadContainers(this.host.runtime, event);
    if (worker.phase === 'syncing') this.dispatch(worker);
  }

  private *work(worker: PodWorker): Task<void> {
    const { host } = this;
    if (worker.phase === 'syncing') {
      const { terminal, errors } = yield* syncPod(host, worker);
      worker.mustSee = host.runtime.lastChange(worker.uid);
      if (terminal) {
        worker.phase = 'terminating';
        worker.pending = true;
        return;
      }
      if (worker.timer !== undefined) this.doors.cancel(worker.timer);
      const at = nextSync(errors, host.now, this.phase, this.stretch(worker));
      worker.timer = this.doors.at(at, { kind: 'sync', uid: worker.uid });
      return;
    }
    host.probes.stopLiveness(worker.uid);
    worker.seen = host.runtime.snapshot(worker.seen.pod);
    worker.reasons.clear();
    writeStatus(host, worker, isOver(host.current(worker.pod)));
    yield* killPod(host, host.current(worker.pod), worker.grace);
    host.probes.removePod(worker.uid);
    yield { until: host.now + host.world.latency.containerEvent };
    worker.seen = host.runtime.snapshot(worker.seen.pod);
    writeStatus(host, worker, true);
    yield { until: host.now + tearDown };
    this.finish(worker);
  }

  /** The end of a Pod: it leaves the API if that waits for it. */
  private finish(worker: PodWorker): void {
    worker.phase = 'finished';
    const { deletionTimestamp, namespace, name, uid } = this.host.current(worker.pod).metadata;
    if (worker.deleted) this.cleanUp(worker);
    else if (deletionTimestamp) {
      this.host.client.delete('pods', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    }
  }

  private cleanUp(worker: PodWorker): void {
    this.workers.delete(worker.uid);
    this.host.probes.removePod(worker.uid);
    this.removeLeftovers(worker.uid);
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
