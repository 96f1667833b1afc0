import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { Controller, splitKey } from '../controller';
import type { QueueTimer } from '../work-queue';

/** Deletes Jobs some time after they ended. Upstream: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go */
export class TtlAfterFinishedController extends Controller {
  readonly watches = ['jobs.batch'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('ttl-after-finished-controller', context);
  }

  observe({ type, object }: WatchEvent): void {
    if (type !== 'DELETED') this.enqueue(object);
  }

  protected enqueueAll(): void {
    for (const job of this.client.list('jobs.batch')) this.enqueue(job);
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const job = this.client.get('jobs.batch', namespace, name);
    const ttl = job?.spec?.ttlSecondsAfterFinished;
    if (!job || ttl === undefined || job.metadata.deletionTimestamp) return;
    const final = job.status?.conditions?.find(
      ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
    );
    const ended = this.context.parseTime(final?.lastTransitionTime);
    if (ended === undefined) return;
    const wait = ended + ttl * 1000 - this.now;
    if (wait > 0) this.queue.addAfter(key, wait);
    else {
      const preconditions = { uid: job.metadata.uid };
      this.client.delete('jobs.batch', namespace, name, { propagationPolicy: 'Foreground', preconditions });
    }
  }
}
