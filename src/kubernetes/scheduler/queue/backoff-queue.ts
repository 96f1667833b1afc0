import type { Millis } from '../../clock/clock';
import { Heap } from './heap';
import { beforeInQueue, type QueuedPod } from './queued-pod';

const initialBackoff: Millis = 1000;
const maxBackoff: Millis = 10_000;
const orderingWindow: Millis = 1000;

/**
 * Pods that have failed and wait a while: 1, 2, 4, 8, 10, 10 … seconds. Refused Pods may be taken from here early;
 * those that failed for another reason may not.
 * Upstream: pkg/scheduler/backend/queue/backoff_queue.go
 */
export class BackoffQueue {
  private readonly refused: Heap<QueuedPod>;
  private readonly failed: Heap<QueuedPod>;

  /**
   * `popEarly`: the gate SchedulerPopFromBackoffQ, with which back-off ends are rounded down to whole seconds, so
   * that Pods of one second stand in order of priority. `epoch`: wall-clock milliseconds of virtual time 0.
   */
  constructor(
    readonly popEarly: boolean,
    private readonly epoch: number,
  ) {
    const before = (a: QueuedPod, b: QueuedPod) => {
      const [x, y] = [this.endOf(a), this.endOf(b)];
      return x === y ? beforeInQueue(a, b) : x < y;
    };
    this.refused = new Heap(before);
    this.failed = new Heap(before);
  }

  get size(): number {
    return this.refused.size + this.failed.size;
  }

  /** Whether a Pod could be taken before its back-off is over. */
  get hasEarly(): boolean {
    return this.popEarly && this.refused.size > 0;
  }

  isBackingOff(queued: QueuedPod, now: Millis): boolean {
    return this.endOf(queued) >= this.aligned(now);
  }

  add(queued: QueuedPod): void {
    this.endOf(queued);
    (queued.rejectedBy.size > 0 ? this.refused : this.failed).add(queued);
  }

  has(queued: QueuedPod): boolean {
    return this.refused.has(queued) || this.failed.has(queued);
  }

  remove(queued: QueuedPod): boolean {
    return this.refused.remove(queued) || this.failed.remove(queued);
  }

  /** The refused Pod whose back-off ends first, over or not. */
  popFirst(): QueuedPod | undefined {
    return this.popEarly ? this.refused.pop() : undefined;
  }

  /** Takes out every Pod whose back-off is over. */
  popCompleted(now: Millis): QueuedPod[] {
    const out: QueuedPod[] = [];
    for (const heap of [this.refused, this.failed]) {
      for (let first = heap.peek(); first && !this.isBackingOff(first, now); first = heap.peek()) {
        heap.remove(first);
        out.push(first);
      }
    }
    return out;
  }

  private endOf(queued: QueuedPod): Millis {
    const failures = queued.errors > 0 ? queued.errors : queued.refusals;
    if (failures === 0) return -Infinity;
    queued.backoffEnd ??= this.aligned(queued.timestamp + Math.min(initialBackoff * 2 ** (failures - 1), maxBackoff));
    return queued.backoffEnd;
  }

  private aligned(time: Millis): Millis {
    if (!this.popEarly) return time;
    return Math.floor((this.epoch + time) / orderingWindow) * orderingWindow - this.epoch;
  }
}
