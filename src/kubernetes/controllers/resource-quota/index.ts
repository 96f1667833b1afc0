import { deepEqual, type ResourceName } from '../../api/object';
import { resources } from '../../api/registry';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { quotaUsage } from '../../quota/usage';
import { accepted, Controller, splitKey } from '../controller';
import type { QueueTimer } from '../work-queue';

const unwatched = new Set(['events', 'leases']);

/**
 * Keeps the status of ResourceQuotas: limits copied, usage counted anew when something was deleted or has ended.
 * Additions are counted by admission. Upstream: pkg/controller/resourcequota/resource_quota_controller.go
 */
export class ResourceQuotaController extends Controller {
  /** All that `count/…` can name; Leases, which only ever are renewed, aside, and events, which are not watched upstream. */
  readonly watches: readonly ResourceName[] = resources
    .filter(({ namespaced, verbs, plural }) => namespaced && verbs.includes('delete') && !unwatched.has(plural))
    .map(({ name }) => name);

  constructor(context: ComponentContext<QueueTimer>) {
    super('resourcequota-controller', context);
  }

  observe({ resource, type, object, previous }: WatchEvent): void {
    if (resource === 'resourcequotas') {
      if (type === 'ADDED' || !deepEqual(previous?.spec, object.spec)) this.enqueue(object);
      return;
    }
    const ended = resource === 'pods' && type === 'MODIFIED' && isFinished(previous) !== isFinished(object);
    if (type !== 'DELETED' && !ended) return;
    for (const quota of this.client.list('resourcequotas', object.metadata.namespace)) this.enqueue(quota);
  }

  protected enqueueAll(): void {
    for (const quota of this.client.list('resourcequotas')) this.enqueue(quota);
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const quota = this.client.get('resourcequotas', namespace, name);
    if (!quota) return;
    const status = { hard: { ...quota.spec?.hard }, used: quotaUsage(this.client, quota) };
    if (!deepEqual(status, quota.status)) accepted(this.client.updateStatus('resourcequotas', { ...quota, status }));
  }
}

function isFinished(object: WatchEvent['object'] | undefined): boolean {
  const status = object?.status;
  const phase = typeof status === 'object' && status !== null && 'phase' in status ? status.phase : undefined;
  return phase === 'Succeeded' || phase === 'Failed';
}
