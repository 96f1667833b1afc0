import { referenceTo } from '../../api/object';
import type { Container, Pod, PodCondition } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import type { Task } from '../../clock/task';
import { effectiveSpec } from '../../placement/effective-spec';
import { podRequests } from '../../placement/resources';
import { isOver } from '../garbage';
import type { Refusal } from '../admission';
import type { KubeletHost, SyncError } from '../host';
import { formatPod } from '../pod-text';
import type { PodWorker } from '../pod-worker';
import { newest } from '../restart';
import { isInProgress, isPodWaiting, resizeAction } from './actions';
import { limitOf, memoryProblem } from './memory';
import { resizeMessage } from './messages';
import { earlierResize } from './order';
import { grantedBy, isSame, type Resize, withContainers, withGranted } from './state';

/** What the manager asks of its kubelet. */
export interface ResizeDoors {
  /** Whether the node has room for the Pod as it asks now. */
  judge(pod: Pod): Refusal | undefined;
  dispatch(worker: PodWorker): void;
  /** `turn` tells whether the wish still holds then. */
  wake(at: Millis, turn: number): void;
}

// pkg/kubelet/allocation/allocation_manager.go `retryDelay`
const retryDelay: Millis = 180_000;
/** Until the runtime has written a container's cgroups. */
const updating: Millis = 30;

/** What a kubelet that starts finds of the one before it. */
interface Checkpoint {
  readonly spec: Pod['spec'];
  readonly resize: Resize | undefined;
}

/**
 * Grants Pods other resources than they began with, when there is room. Upstream:
 * pkg/kubelet/allocation/allocation_manager.go
 */
export class ResizeManager {
  private waiting: PodWorker[] = [];
  private turn = 0;
  private checkpoints = new Map<string, Checkpoint>();

  constructor(
    private readonly host: KubeletHost,
    private readonly doors: ResizeDoors,
  ) {}

  /** A kubelet that stops leaves this behind. */
  checkpoint(workers: readonly PodWorker[]): void {
    this.waiting = [];
    this.turn++;
    for (const { uid, pod, resize } of workers) this.checkpoints.set(uid, { spec: pod.spec, resize });
  }

  /** Takes up a Pod that an earlier kubelet has run. */
  recall(worker: PodWorker): void {
    const before = this.checkpoints.get(worker.uid);
    if (!before || !this.checkpoints.delete(worker.uid)) return;
    const granted = grantedBy(before.spec);
    const { spec } = worker.pod;
    if (before.resize) worker.resize = before.resize;
    else if (!isSame(grantedBy(spec), granted)) worker.resize = { allocated: granted, actuated: granted };
    if (worker.resize && !isSame(grantedBy(spec), worker.resize.allocated)) this.push(worker);
  }

  /** The Pod's spec is another than `before`. Upstream: pkg/kubelet/kubelet.go `HandlePodUpdates` */
  updated(worker: PodWorker, before: Pod): void {
    const wanted = grantedBy(worker.pod.spec);
    const old = grantedBy(before.spec);
    if (isSame(wanted, old)) return;
    worker.resize ??= { allocated: old, actuated: old };
    if (isSame(wanted, worker.resize.allocated)) {
      worker.resize = { ...worker.resize, pending: undefined };
      return;
    }
    this.push(worker);
    this.retry();
  }

  /** Only the status of a Pod is another: it may have left room. Upstream: `HandlePodReconcile` */
  reconciled(before: Pod, pod: Pod): void {
    if (this.waiting.length === 0) return;
    const [old, now] = [podRequests(effectiveSpec(before)), podRequests(effectiveSpec(pod))];
    const shrank = now.memory < old.memory || now.milliCPU < old.milliCPU;
    if (shrank || (isOver(pod) && !isOver(before))) this.retry();
  }

  /** Asks again for all that wait. Upstream: `retryPendingResizes` */
  retry(): void {
    if (this.waiting.length === 0) return;
    const still: PodWorker[] = [];
    for (const worker of this.waiting) {
      if (worker.deleted || worker.phase !== 'syncing') continue;
      const before = worker.resize;
      this.handle(worker);
      if (worker.resize?.pending?.reason === 'Deferred') still.push(worker);
      if (worker.resize !== before) this.doors.dispatch(worker);
    }
    this.waiting = still;
    if (still.length > 0) this.doors.wake(this.host.now + retryDelay, ++this.turn);
  }

  fire(turn: number): void {
    if (turn === this.turn) this.retry();
  }

  /** At the beginning of a sync: whether a resize is under way, or has come to its end. Upstream: `SyncPod` */
  note(worker: PodWorker, pod: Pod): void {
    const { resize } = worker;
    if (!resize) return;
    const { generation = 0 } = pod.metadata;
    const { inProgress } = resize;
    if (isInProgress(pod, worker.seen.containers, resize)) {
      if (!inProgress)
        worker.resize = { ...resize, inProgress: this.condition('PodResizeInProgress', '', '', generation) };
    } else if (inProgress) {
      worker.resize = { ...resize, inProgress: undefined };
      this.tell('Normal', 'ResizeCompleted', resizeMessage('completed', pod, inProgress.observedGeneration ?? 0), pod);
    }
  }

  /** The Pod as it stands in the API, with the resources that it has been granted. */
  grantedPod({ pod, resize }: PodWorker): Pod {
    const current = this.host.current(pod);
    return resize ? withGranted(current, resize.allocated) : current;
  }

  /** How a running container gets the resources that it has been granted; undefined when it has them. */
  actionOf({ resize }: PodWorker, container: Container) {
    return resizeAction(container, resize?.actuated.containers.get(container.name));
  }

  /** A container has begun with the resources that its Pod has been granted. */
  started(worker: PodWorker, container: Container): void {
    const { resize } = worker;
    if (resize) worker.resize = { ...resize, actuated: withContainers(resize.actuated, [container]) };
  }

  /** Gives running containers what they have been granted; what was wrong if it could not. Upstream: kuberuntime_manager.go `doPodResizeAction` */
  *apply(worker: PodWorker, pod: Pod, containers: readonly Container[]): Task<readonly SyncError[]> {
    const { spec, metadata } = pod;
    const { runtime } = this.host;
    const before = worker.resize;
    const whole = isPodWaiting(spec.resources, before?.actuated.pod);
    if (!before || (containers.length === 0 && !whole)) return [];
    const problem = memoryProblem(runtime, pod, withGranted(pod, before.actuated).spec, containers);
    if (problem !== undefined) {
      this.failed(worker, pod, problem);
      const why = `ResizePodInPlaceError: ${JSON.stringify(problem)}`;
      return [{ kind: 'other', text: `failed to "ResizePodInPlace" for "${formatPod(pod)}" with ${why}` }];
    }
    yield { until: this.host.now + updating };
    for (const container of containers) {
      const record = newest(runtime.podContainers(metadata.uid), container.name);
      if (record) runtime.limitMemory(record.id, limitOf(container));
    }
    const resize = worker.resize ?? before;
    const actuated = withContainers(resize.actuated, containers);
    worker.resize = { ...resize, actuated: whole ? { ...actuated, pod: spec.resources } : actuated };
    // pkg/kubelet/kubelet.go `RequestPodReinspect`
    worker.pending = true;
    return [];
  }

  /** It could not be done, and is tried again. */
  private failed(worker: PodWorker, pod: Pod, message: string): void {
    const { resize } = worker;
    const { generation = 0 } = pod.metadata;
    const old = resize?.inProgress;
    if (!resize || (old?.reason === 'Error' && old.message === message)) return;
    const since = old?.observedGeneration ?? generation;
    worker.resize = { ...resize, inProgress: this.condition('PodResizeInProgress', 'Error', message, since, old) };
    this.tell('Warning', 'ResizeError', resizeMessage('error', pod, since, message), pod);
  }

  private push(worker: PodWorker): void {
    if (this.waiting.includes(worker)) return;
    this.waiting.push(worker);
    this.waiting.sort(earlierResize);
  }

  /** Upstream: `handlePodResourcesResize` */
  private handle(worker: PodWorker): void {
    const { pod, resize } = worker;
    if (!resize) return;
    const wanted = grantedBy(pod.spec);
    const { generation = 0 } = pod.metadata;
    const { pending, ...rest } = resize;
    if (isSame(wanted, resize.allocated)) {
      if (pending) worker.resize = rest;
      return;
    }
    const refusal = this.doors.judge(pod);
    if (!refusal) {
      const inProgress = this.condition('PodResizeInProgress', '', '', generation);
      worker.resize = { ...rest, allocated: wanted, inProgress };
      this.tell('Normal', 'ResizeStarted', resizeMessage('started', withGranted(pod, wanted), generation), pod);
      return;
    }
    const { reason, message } = refusal;
    const kind = reason === 'Infeasible' ? reason : 'Deferred';
    const next = this.condition('PodResizePending', kind, message, generation, pending);
    worker.resize = { ...resize, pending: next };
    if (pending?.reason === kind && pending.observedGeneration === generation) return;
    this.tell('Warning', `Resize${kind}`, resizeMessage(reason, pod, generation, message), pod);
  }

  private tell(type: 'Normal' | 'Warning', reason: string, message: string, pod: Pod): void {
    this.host.recorder.event(referenceTo(pod), type, reason, message);
  }

  /** pkg/kubelet/status/status_manager.go `updatedPodResizeCondition` */
  private condition(type: string, reason: string, message: string, generation: number, old?: PodCondition) {
    const now = this.host.timestamp();
    return {
      type,
      status: 'True',
      lastProbeTime: now,
      lastTransitionTime: old?.reason === reason ? old.lastTransitionTime : now,
      observedGeneration: generation,
      ...(reason === '' ? {} : { reason }),
      ...(message === '' ? {} : { message }),
    };
  }
}
