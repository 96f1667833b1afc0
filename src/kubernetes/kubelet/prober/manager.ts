import type { Container, Pod, Probe } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import type { Draws } from '../../clock/random';
import type { Task } from '../../clock/task';
import type { Readiness } from '../container-status';
import type { ContainerRecord } from '../../runtime/records';
import type { KubeletHost } from '../host';
import { containerReference, isSidecar } from '../pod-text';
import { newest, restartsAfter } from '../restart';
import { type ProbeOutcome, runProbe } from './probe';

export type ProbeType = 'liveness' | 'readiness' | 'startup';

interface Worker {
  readonly key: string;
  pod: Pod;
  readonly container: Container;
  readonly type: ProbeType;
  readonly probe: Probe;
  /** The container whose results these are. */
  containerId: string | undefined;
  /** After a failure that ends the container nothing is asked until there is a new one. */
  onHold: boolean;
  lastResult: boolean | undefined;
  run: number;
  turn: number;
  /** A try that has not ended yet. */
  trying: Try | undefined;
}

interface Try {
  readonly task: Task<ProbeOutcome>;
  readonly record: ContainerRecord;
  /** Whether the time of the next one came meanwhile. */
  missed: boolean;
}

/** What the manager asks of its kubelet. */
export interface ProbeDoors {
  schedule(delay: Millis, key: string, turn: number): void;
  /** A result that changes what the Pod's status says, or that ends a container. */
  changed(uid: string, type: ProbeType, ok: boolean): void;
}

/** The turn of a try that was asked for, and of one that goes on. */
const [onDemand, goesOn] = [-1, -2];

const types: readonly ProbeType[] = ['startup', 'readiness', 'liveness'];

/**
 * One worker per probe of every container. Results are kept by container id.
 * Upstream: pkg/kubelet/prober/prober_manager.go and worker.go.
 */
export class ProbeManager {
  private readonly workers = new Map<string, Worker>();
  /** Undefined: upstream's Unknown, of a container that has been asked too little whether it has started. */
  private readonly results = new Map<string, boolean | undefined>();
  private turns = 0;

  constructor(
    private readonly doors: ProbeDoors,
    private readonly draws: Draws,
    private readonly startedAt: Millis,
  ) {}

  /** Grows with everything that `readiness` may answer differently after, its own wish to try at once among it. */
  get changes(): number {
    return this.turns;
  }

  /** Begins to probe a Pod; does nothing for probes that are there already. */
  addPod(pod: Pod, now: Millis): void {
    const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar);
    for (const container of [...pod.spec.containers, ...sidecars]) {
      for (const type of types) {
        const probe = container[`${type}Probe`];
        if (!probe) continue;
        const key = `${pod.metadata.uid ?? ''}/${container.name}/${type}`;
        const known = this.workers.get(key);
        if (known) {
          known.pod = pod;
          continue;
        }
        const worker: Worker = {
          key,
          pod,
          container,
          type,
          probe,
          containerId: undefined,
          onHold: false,
          lastResult: undefined,
          run: 0,
          turn: 0,
          trying: undefined,
        };
        this.workers.set(key, worker);
        this.turns++;
        // A kubelet that has just started spreads its first probes (worker.go `run`).
        const period = (probe.periodSeconds ?? 10) * 1000;
        const spread = period > now - this.startedAt ? this.draws.next(`probe/${key}`).below(period) : 0;
        this.doors.schedule(spread, key, 0);
      }
    }
  }

  removePod(uid: string | undefined): void {
    for (const key of [...this.workers.keys()]) if (key.startsWith(`${uid ?? ''}/`)) this.drop(key);
  }

  /** A Pod that ends is still asked whether it lives, but no more whether it has started. */
  stopLiveness(uid: string | undefined): void {
    for (const [key, worker] of [...this.workers]) {
      if (key.startsWith(`${uid ?? ''}/`) && worker.type !== 'readiness') this.drop(key);
    }
  }

  /** A worker's timer: tries once and asks for the next time. */
  fire(host: KubeletHost, key: string, turn: number): void {
    const worker = this.workers.get(key);
    if (!worker) return;
    if (turn === goesOn) {
      this.goOn(host, worker);
      return;
    }
    if (turn !== onDemand && worker.turn !== turn) return;
    // A try that was asked for begins a new row of regular ones (worker.go `run`).
    if (!worker.trying || turn !== onDemand) worker.turn++;
    if (worker.trying) worker.trying.missed = true;
    else if (!this.tick(host, worker)) {
      this.drop(key);
      return;
    }
    if (!worker.trying?.missed || turn !== onDemand) this.doors.schedule(periodOf(worker), key, worker.turn);
  }

  /**
   * What the API shows of a running container. `asking`: a sync has its probe tried at once as long as it is not ready
   * (prober_manager.go `UpdatePodStatus`).
   */
  readiness(pod: Pod, container: Container, record: ContainerRecord, asking = false): Readiness {
    const uid = pod.metadata.uid ?? '';
    const startup = this.workers.get(`${uid}/${container.name}/startup`);
    const started = !startup || this.results.get(resultKey(record.id, 'startup')) === true;
    if (!started) return { ready: false, started };
    const worker = this.workers.get(`${uid}/${container.name}/readiness`);
    // Before its workers are there (a kubelet that has just started) a probed container keeps what it last was said to be.
    if (!worker) return { ready: container.readinessProbe === undefined, started };
    const known = this.results.get(resultKey(record.id, 'readiness'));
    if (asking && !known) this.askNow(worker);
    return { ready: known ?? false, started };
  }

  /** The probe for which a running container has to go. */
  failedProbe(record: ContainerRecord): 'liveness' | 'startup' | undefined {
    if (this.results.size === 0) return undefined;
    if (this.results.get(resultKey(record.id, 'liveness')) === false) return 'liveness';
    if (this.results.get(resultKey(record.id, 'startup')) === false) return 'startup';
    return undefined;
  }

  /** `manualTriggerCh`: a try out of turn, which leaves the regular ones where they are. */
  private askNow(worker: Worker): void {
    this.turns++;
    this.doors.schedule(0, worker.key, onDemand);
  }

  private drop(key: string): void {
    this.workers.delete(key);
    this.turns++;
  }

  /** worker.go `doProbe`: whether the worker goes on. */
  private tick(host: KubeletHost, worker: Worker): boolean {
    const { pod, container, type, probe } = worker;
    const record = newest(host.runtime.podContainers(pod.metadata.uid), container.name);
    if (!record || record.state === 'created') return true;
    if (worker.containerId !== record.id) {
      worker.containerId = record.id;
      worker.trying = undefined;
      worker.onHold = false;
      this.set(worker, { liveness: true, readiness: false, startup: undefined }[type]);
    }
    if (worker.onHold) return true;
    if (record.state !== 'running') {
      this.set(worker, false);
      return restartsAfter(container, pod.spec, record.exitCode ?? 0);
    }
    // What the API says of its start is in whole seconds.
    const { epoch } = host.runtime.cluster.clock;
    const startedAt = Math.floor((epoch + (record.startedAt ?? 0)) / 1000) * 1000 - epoch;
    if (host.now - startedAt < (probe.initialDelaySeconds ?? 0) * 1000) return true;
    const started = this.results.get(resultKey(record.id, 'startup'));
    const hasStartup = this.workers.has(`${pod.metadata.uid ?? ''}/${container.name}/startup`);
    if (type === 'startup' ? started === true : hasStartup && started !== true) return true;
    this.try(host, worker, record);
    return true;
  }

  /** Begins a try; most of them end at once. */
  private try(host: KubeletHost, worker: Worker, record: ContainerRecord): void {
    worker.trying = { task: runProbe(host, worker.container, record, worker.probe), record, missed: false };
    this.goOn(host, worker);
  }

  private goOn(host: KubeletHost, worker: Worker): void {
    const { trying } = worker;
    if (!trying) return;
    const step = trying.task.next();
    if (!step.done) {
      this.doors.schedule(Math.max((step.value.until ?? host.now) - host.now, 0), worker.key, goesOn);
      return;
    }
    worker.trying = undefined;
    this.judge(host, worker, step.value);
    if (trying.missed && !this.tick(host, worker)) this.drop(worker.key);
  }

  private judge(host: KubeletHost, worker: Worker, outcome: ProbeOutcome): void {
    const { pod, container, type, probe } = worker;
    const name = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' }[type];
    const event = (reason: string, message: string) =>
      host.recorder.event(containerReference(pod, container.name), 'Warning', reason, message);
    if (outcome.result === 'unknown') {
      event('Unhealthy', `${name} probe errored and resulted in unknown state: ${outcome.error}`);
      return;
    }
    if (outcome.result === 'warning') event('ProbeWarning', `${name} probe warning: ${outcome.output}`);
    const ok = outcome.result !== 'failure';
    if (!ok) event('Unhealthy', `${name} probe failed: ${outcome.output}`);
    worker.run = worker.lastResult === ok ? worker.run + 1 : 1;
    worker.lastResult = ok;
    const threshold = ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
    if (worker.run < threshold) return;
    if (type === 'startup' || (type === 'liveness' && !ok)) {
      worker.onHold = true;
      worker.run = 0;
    }
    this.set(worker, ok);
  }

  /** A result that is new is told of, the first one of a container too (results/results_manager.go `Set`). */
  private set(worker: Worker, ok: boolean | undefined): void {
    const key = resultKey(worker.containerId ?? '', worker.type);
    const told = this.results.has(key) && this.results.get(key) === ok;
    this.results.set(key, ok);
    this.turns++;
    if (!told) this.doors.changed(worker.pod.metadata.uid ?? '', worker.type, ok === true);
  }
}

function resultKey(containerId: string, type: ProbeType): string {
  return `${containerId}/${type}`;
}

function periodOf({ probe }: Worker): Millis {
  return (probe.periodSeconds ?? 10) * 1000;
}
