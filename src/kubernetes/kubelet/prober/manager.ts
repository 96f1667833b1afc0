import type { Container, Pod, Probe } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import type { Draws } from '../../clock/random';
import type { Readiness } from '../container-status';
import type { ContainerRecord } from '../../runtime/records';
import type { KubeletHost } from '../host';
import { containerReference, isSidecar } from '../pod-text';
import { newest } from '../restart';
import { probeOnce } from './probe';

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
}

/** What the manager asks of its kubelet. */
export interface ProbeDoors {
  schedule(delay: Millis, key: string, turn: number): void;
  /** A result that changes what the Pod's status says, or that ends a container. */
  changed(uid: string, type: ProbeType, ok: boolean): void;
}

/** The turn of a try that was asked for. */
const onDemand = -1;

const types: readonly ProbeType[] = ['startup', 'readiness', 'liveness'];

/**
 * One worker per probe of every container. Results are kept by container id.
 * Upstream: pkg/kubelet/prober/prober_manager.go and worker.go.
 */
export class ProbeManager {
  private readonly workers = new Map<string, Worker>();
  private readonly results = new Map<string, boolean>();
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
    if (turn === onDemand) {
      this.tick(host, worker);
      return;
    }
    if (worker.turn !== turn) return;
    worker.turn++;
    if (this.tick(host, worker)) this.doors.schedule((worker.probe.periodSeconds ?? 10) * 1000, key, worker.turn);
    else this.drop(key);
  }

  /** What the API shows of a running container. The first look at one without a result asks its probe at once. */
  readiness(pod: Pod, container: Container, record: ContainerRecord): Readiness {
    const uid = pod.metadata.uid ?? '';
    const startup = this.workers.get(`${uid}/${container.name}/startup`);
    const started = !startup || this.results.get(resultKey(record.id, 'startup')) === true;
    if (!started) return { ready: false, started };
    const worker = this.workers.get(`${uid}/${container.name}/readiness`);
    // Before its workers are there (a kubelet that has just started) a probed container keeps what it last was said to be.
    if (!worker) return { ready: container.readinessProbe === undefined, started };
    const known = this.results.get(resultKey(record.id, 'readiness'));
    if (known === undefined || !known) this.askNow(worker);
    return { ready: known ?? false, started };
  }

  /** The probe for which a running container has to go. */
  failedProbe(record: ContainerRecord): 'liveness' | 'startup' | undefined {
    if (this.results.get(resultKey(record.id, 'liveness')) === false) return 'liveness';
    if (this.results.get(resultKey(record.id, 'startup')) === false && this.failed.has(record.id)) return 'startup';
    return undefined;
  }

  private readonly failed = new Set<string>();

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
      worker.onHold = false;
      worker.run = 0;
      worker.lastResult = undefined;
      this.set(worker, type === 'liveness', true);
    }
    if (worker.onHold) return true;
    if (record.state !== 'running') {
      this.set(worker, false);
      return pod.spec.restartPolicy !== 'Never';
    }
    if (host.now - (record.startedAt ?? 0) < (probe.initialDelaySeconds ?? 0) * 1000) return true;
    const started = this.results.get(resultKey(record.id, 'startup'));
    const hasStartup = this.workers.has(`${pod.metadata.uid ?? ''}/${container.name}/startup`);
    if (type === 'startup' ? started === true : hasStartup && started !== true) return true;
    this.judge(host, worker, record);
    return true;
  }

  private judge(host: KubeletHost, worker: Worker, record: ContainerRecord): void {
    const { pod, container, type, probe } = worker;
    const outcome = probeOnce(host, container, record, probe, probe.timeoutSeconds ?? 1);
    if (!outcome.ok) {
      const name = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' }[type];
      const message = `${name} probe failed: ${outcome.output}`;
      host.recorder.event(containerReference(pod, container.name), 'Warning', 'Unhealthy', message);
    }
    worker.run = worker.lastResult === outcome.ok ? worker.run + 1 : 1;
    worker.lastResult = outcome.ok;
    const threshold = outcome.ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
    if (worker.run < threshold) return;
    if (!outcome.ok && type !== 'readiness') {
      worker.onHold = true;
      worker.run = 0;
      this.failed.add(record.id);
    }
    this.set(worker, outcome.ok);
  }

  private set(worker: Worker, ok: boolean, initial = false): void {
    const key = resultKey(worker.containerId ?? '', worker.type);
    const before = this.results.get(key);
    this.results.set(key, ok);
    this.turns++;
    if (before !== ok && !initial) this.doors.changed(worker.pod.metadata.uid ?? '', worker.type, ok);
    else if (initial) return;
    else if (!ok && worker.type !== 'readiness') this.doors.changed(worker.pod.metadata.uid ?? '', worker.type, ok);
  }
}

function resultKey(containerId: string, type: ProbeType): string {
  return `${containerId}/${type}`;
}
