import type { Namespace } from '../../api/generated/core-v1';
import { deepEqual } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { Controller, keyOf, SyncFailed } from '../controller';
import type { BackOff, QueueTimer } from '../work-queue';
import { deletionConditions, type Remains } from './conditions';
import { deleteContent } from './content';

/** pkg/controller/namespace/namespace_controller.go `namespaceDeletionGracePeriod` */
const gracePeriod = 5000;

/** `nsControllerRateLimiter`; without the bucket that all namespaces share. */
const backOff: BackOff = { first: 5, longest: 60_000 };

/**
 * Empties a namespace that is to go (Pods first, the rest when they are gone) and lets it go.
 * Upstream: pkg/controller/namespace/deletion/namespaced_resources_deleter.go
 */
export class NamespaceController extends Controller {
  readonly watches = ['namespaces'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('namespace-controller', context, backOff);
  }

  observe({ type, object }: WatchEvent): void {
    if (type !== 'DELETED' && object.metadata.deletionTimestamp) this.queue.addAfter(keyOf(object), gracePeriod);
  }

  protected enqueueAll(): void {
    for (const namespace of this.client.list('namespaces')) {
      if (namespace.metadata.deletionTimestamp) this.queue.addAfter(keyOf(namespace), gracePeriod);
    }
  }

  protected sync(name: string): undefined {
    const namespace = this.client.get('namespaces', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    const deleted = this.context.parseTime(namespace.metadata.deletionTimestamp) ?? this.now;
    const { estimate, errors, remains } = deleteContent(this.client, name, (this.now - deleted) / 1000);
    this.writeConditions(namespace, errors, remains);
    if (errors.length > 0) throw new SyncFailed(errors.join(', '));
    if (estimate > 0) this.queue.addAfter(name, (Math.floor(estimate / 2) + 1) * 1000);
    else this.finalize(namespace);
  }

  private writeConditions(namespace: Namespace, errors: readonly string[], remains: Remains | undefined): void {
    const { status } = namespace;
    const conditions = deletionConditions(status.conditions ?? [], errors, remains, this.context.timestamp());
    if (deepEqual(conditions, status.conditions)) return;
    this.client.updateStatus('namespaces', { ...namespace, status: { ...status, conditions } });
  }

  /** `PUT namespaces/NAME/finalize` without the finalizer of the cluster: the last one, so the object goes. */
  private finalize(namespace: Namespace): void {
    const live = this.client.get('namespaces', undefined, namespace.metadata.name);
    if (!live) return;
    const finalizers = (live.spec.finalizers ?? []).filter((one) => one !== 'kubernetes');
    this.client.updateFinalize({ ...live, spec: { ...live.spec, finalizers } });
  }
}
