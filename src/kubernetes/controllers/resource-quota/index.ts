import { deepEqual } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { quotaUsage } from '../../quota/usage';
import { accepted, Controller, splitKey } from '../controller';
import type { QueueTimer } from '../work-queue';

/**
 * Keeps the status of ResourceQuotas: limits copied, usage counted anew when something was deleted or has ended.
 * Additions are counted by admission. Upstream: pkg/controller/resourcequota/resource_quota_controller.go
 */
export class ResourceQuotaController extends Controller {
  readonly watches = ['resourcequotas', 'pods', 'services', 'configmaps', 'secrets', 'persistentvolumeclaims'] as const;

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

  protected sync(key: string): void {
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
