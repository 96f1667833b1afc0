import { referenceTo } from '../api/object';
import type { Node, Pod, PodStatus } from '../api/generated/core-v1';
import type { DecisionLog } from '../component';
import { admit, type Refusal, refusals, refusedStatus } from './admission';
import { activePods } from './active-pods';
import { isOver } from './garbage';
import type { KubeletHost } from './host';
import type { PodWorker } from './pod-worker';
import { preempted, recover } from './preemption';
import type { PodWorkers } from './pod-workers';
import { withGranted } from './resize/state';
import { sysctlRefusal } from './sysctls';
import type { StaticPods } from './static-pods';

/** What a Pod's coming or going asks of the kubelet. */
export interface IntakeDoors {
  /** The node as it stands in the API, or as the kubelet itself sees it. */
  node(): Node;
  /** A refused Pod's status is due. */
  refused(pod: Pod, status: PodStatus): void;
  /** Why a node that is short of something does not take a Pod. */
  evicts(pod: Pod): Refusal | undefined;
  /** A Pod has been taken. */
  taken(pod: Pod): void;
  /** The mirror of a static Pod has left the API. */
  mirrorGone(pod: Pod): void;
  /** A static Pod that never ran has lost its file. */
  orphaned(pod: Pod): void;
}

/**
 * Pods that come, change and go, as the watch tells of them: admission, and a worker for each.
 * Upstream: pkg/kubelet/kubelet.go `HandlePodAdditions`, `HandlePodUpdates`, `HandlePodRemoves`.
 */
export class PodIntake {
  /** UIDs of Pods that wait for others to make room. */
  private readonly waiting = new Set<string>();
  /** Pods that have come meanwhile, by UID: whoever waits holds up all others, as upstream's one loop does. */
  private readonly queue = new Map<string, () => void>();

  constructor(
    private readonly host: KubeletHost,
    private readonly workers: PodWorkers,
    private readonly statics: StaticPods,
    private readonly decisions: DecisionLog,
    private readonly doors: IntakeDoors,
  ) {}

  /** The kubelet starts: nobody waits. */
  clear(): void {
    this.waiting.clear();
    this.queue.clear();
  }

  /** A Pod of this node as it stands now. */
  see(pod: Pod): void {
    const worker = this.workers.get(pod.metadata.uid);
    if (!worker) {
      this.add(pod);
      return;
    }
    const before = worker.pod;
    worker.pod = pod;
    const { deletionTimestamp, deletionGracePeriodSeconds, generation } = pod.metadata;
    const isSame = before.metadata.generation === generation;
    if (isSame) this.host.resizes.reconciled(before, pod);
    else if (before.spec !== pod.spec) this.host.resizes.updated(worker, before);
    if (deletionTimestamp) this.workers.terminate(worker, deletionGracePeriodSeconds);
    else if (!isSame) this.workers.dispatch(worker);
  }

  /** A Pod that has left the API. */
  gone(pod: Pod): void {
    if (this.statics.isMirror(pod)) {
      this.doors.mirrorGone(pod);
      return;
    }
    const worker = this.workers.get(pod.metadata.uid);
    if (worker) this.workers.remove(worker, pod.metadata.deletionGracePeriodSeconds ?? 0);
    this.host.resizes.retry();
  }

  /** Reads the folder of manifests: Pods of files that went are ended, those of new ones begin. */
  lookAtFiles(): void {
    const { added, removed } = this.statics.look();
    for (const pod of removed) {
      const worker = this.workers.get(pod.metadata.uid);
      if (worker) this.workers.remove(worker, undefined);
      else this.doors.orphaned(pod);
    }
    for (const pod of added) {
      const { name, namespace } = pod.metadata;
      const before = this.workers
        .all()
        .findLast(({ pod: { metadata } }) => metadata.name === name && metadata.namespace === namespace);
      if (!before) this.statics.createMirror(pod);
      this.admit(pod, () => {
        const worker = this.workers.add(pod);
        worker.after = before?.uid;
        this.workers.dispatch(worker);
      });
    }
  }

  private add(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    if (this.statics.isMirror(pod)) {
      // A mirror Pod is the API's view of a static one: it is not run a second time.
      if (pod.metadata.deletionTimestamp) this.statics.release(pod);
      return;
    }
    if (isOver(pod) && !pod.metadata.deletionTimestamp) return;
    const known = this.host.runtime.podSandboxes(uid).length > 0;
    if (known || isOver(pod) || pod.metadata.deletionTimestamp) this.take(pod);
    else {
      this.admit(pod, () => {
        // It may have gone while it waited.
        const found = this.host.client.get('pods', pod.metadata.namespace, pod.metadata.name);
        if (found?.metadata.uid === uid) this.take(found);
      });
    }
  }

  private take(pod: Pod): void {
    const worker = this.workers.add(pod);
    this.host.resizes.recall(worker);
    const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    if (deletionTimestamp) this.workers.terminate(worker, deletionGracePeriodSeconds);
    else this.workers.dispatch(worker);
  }

  /** Whether there is room for the Pod beside the others. */
  judge(pod: Pod): Refusal | undefined {
    return admit(pod, this.doors.node(), this.others(pod), this.statics.isStatic(pod));
  }

  /** The Pods that take of the node, with what they were granted. */
  private others(pod: Pod): Pod[] {
    const others = this.workers.all().filter(({ uid }) => uid !== pod.metadata.uid);
    return activePods(others, this.host).map(({ worker: { resize }, known }) =>
      resize ? withGranted(known, resize.allocated) : known,
    );
  }

  /** Admission: `take` follows, at once or when others have made room. Upstream: kubelet.go `HandlePodAdditions` */
  private admit(pod: Pod, take: () => void): void {
    const uid = pod.metadata.uid ?? '';
    if (this.waiting.has(uid) || this.queue.has(uid)) return;
    if (this.waiting.size > 0) {
      this.queue.set(uid, () => this.admit(pod, take));
      return;
    }
    const refusal = this.doors.evicts(pod) ?? sysctlRefusal(pod);
    if (refusal) {
      this.reject(pod, refusal, []);
      return;
    }
    const others = this.others(pod);
    const found = refusals(pod, this.doors.node(), others, this.statics.isStatic(pod));
    const outcome = found.length === 0 ? undefined : this.makeRoom(pod, found, others);
    if (outcome?.refusal) {
      this.reject(pod, outcome.refusal, others);
      return;
    }
    this.waiting.add(uid);
    this.preempt(outcome?.victims ?? [], () => {
      this.waiting.delete(uid);
      take();
      this.doors.taken(pod);
      for (const [next, begin] of [...this.queue]) {
        if (this.waiting.size > 0) break;
        this.queue.delete(next);
        begin();
      }
    });
  }

  private makeRoom(pod: Pod, found: readonly Refusal[], others: readonly Pod[]) {
    const uids = new Set(others.map(({ metadata }) => metadata.uid));
    return recover(
      pod,
      found,
      this.workers.all().filter(({ uid }) => uids.has(uid)),
    );
  }

  /** Ends Pods one after the other, with the grace that they ask for. */
  private preempt([first, ...rest]: readonly PodWorker[], done: () => void): void {
    if (!first) {
      done();
      return;
    }
    const { reason, message } = preempted;
    this.host.recorder.event(referenceTo(first.pod), 'Warning', reason, message);
    this.workers.end(first, preempted, undefined, () => this.preempt(rest, done));
  }

  /** A refused Pod is Failed from the start. Upstream: kubelet.go `rejectPod`. */
  private reject(pod: Pod, refusal: Refusal, others: readonly Pod[]): void {
    const { host } = this;
    host.recorder.event(referenceTo(pod), 'Warning', refusal.reason, refusal.message);
    this.decisions.record({
      component: `kubelet/${host.node}`,
      subject: referenceTo(pod),
      verdict: refusal.reason,
      because: [{ text: refusal.message, about: others.map((one) => referenceTo(one)) }],
    });
    this.doors.refused(pod, refusedStatus(pod, refusal, host.timestamp()));
  }
}
