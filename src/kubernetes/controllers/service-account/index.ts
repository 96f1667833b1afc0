import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import type { QueueTimer } from '../work-queue';

/** Gives every namespace its ServiceAccount `default`. Upstream: pkg/controller/serviceaccount/serviceaccounts_controller.go */
export class ServiceAccountController extends Controller {
  readonly watches = ['namespaces', 'serviceaccounts'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('service-account-controller', context);
  }

  observe({ resource, type, object }: WatchEvent): void {
    if (resource === 'namespaces') this.queue.add(object.metadata.name);
    else if (type === 'DELETED') this.queue.add(object.metadata.namespace ?? '');
  }

  protected enqueueAll(): void {
    for (const namespace of this.client.list('namespaces')) this.queue.add(namespace.metadata.name);
  }

  protected sync(key: string): undefined {
    const [, name] = splitKey(key);
    const namespace = this.client.get('namespaces', undefined, name);
    if (!namespace || namespace.metadata.deletionTimestamp) return;
    if (this.client.get('serviceaccounts', name, 'default')) return;
    const metadata = { name: 'default', namespace: name };
    accepted(this.client.create('serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata }));
  }
}
