import type { Endpoints, Service } from '../../api/generated/core-v1';
import { deepEqual } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import { triggerTime } from '../endpoint-slice';
import { hasSelector, podsBehind, servicesOf } from '../endpoint-slice/service-pods';
import { TriggerTimes } from '../endpoint-slice/trigger-time';
import type { QueueTimer } from '../work-queue';
import { endpointSubsets } from './subsets';

/** Keeps the deprecated Endpoints object of every Service. Upstream: pkg/controller/endpoint/endpoints_controller.go */
export class EndpointsController extends Controller {
  readonly watches = ['services', 'pods', 'endpoints'] as const;
  private readonly triggers = new TriggerTimes();

  constructor(context: ComponentContext<QueueTimer>) {
    super('endpoint-controller', context);
  }

  override start(): void {
    this.triggers.clear();
    super.start();
  }

  observe({ resource, object, previous, type }: WatchEvent): void {
    if (resource === 'services') this.enqueue(object);
    else if (resource === 'endpoints') {
      if (type === 'DELETED') this.enqueue(object);
    } else
      for (const service of servicesOf(this.client, previous ? [object, previous] : [object])) this.enqueue(service);
  }

  protected enqueueAll(): void {
    for (const service of this.client.list('services')) this.enqueue(service);
  }

  protected sync(key: string): void {
    const [namespace, name] = splitKey(key);
    const service = this.client.get('services', namespace, name);
    if (!service) {
      this.client.delete('endpoints', namespace, name);
      this.triggers.forget(namespace, name);
      return;
    }
    if (service.metadata.deletionTimestamp || !hasSelector(service) || service.spec.type === 'ExternalName') return;
    const trigger = this.triggers.next(service, podsBehind(this.client, service, true));
    const includeTerminating = service.spec.publishNotReadyAddresses === true;
    const subsets = endpointSubsets(service, podsBehind(this.client, service, includeTerminating));
    const existing = this.client.get('endpoints', namespace, name);
    const { [triggerTime]: _before, ...others } = existing?.metadata.annotations ?? {};
    const annotations: Record<string, string> = { ...others, ...(trigger ? { [triggerTime]: trigger } : {}) };
    if (!existing) this.create(service, subsets, annotations);
    else if (
      !deepEqual(existing.subsets ?? [], subsets) ||
      !deepEqual(existing.metadata.labels, this.labels(service))
    ) {
      const metadata = { ...existing.metadata, labels: this.labels(service), annotations };
      accepted(
        this.client.update('endpoints', { ...existing, metadata, subsets: subsets.length > 0 ? subsets : undefined }),
      );
    }
  }

  private create(
    service: Service,
    subsets: NonNullable<Endpoints['subsets']>,
    annotations: Record<string, string>,
  ): void {
    const { namespace, name } = service.metadata;
    const metadata = { name, namespace, labels: this.labels(service), annotations };
    const draft = { apiVersion: 'v1', kind: 'Endpoints', metadata, ...(subsets.length > 0 ? { subsets } : {}) };
    accepted(this.client.create('endpoints', draft));
  }

  private labels(service: Service): Record<string, string> {
    const headless: Record<string, string> =
      service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {};
    return { ...service.metadata.labels, 'endpoints.kubernetes.io/managed-by': 'endpoint-controller', ...headless };
  }
}
