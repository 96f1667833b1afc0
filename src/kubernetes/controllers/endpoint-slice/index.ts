import type { Pod, Service } from '../../api/generated/core-v1';
import type { EndpointSlice } from '../../api/generated/discovery-v1';
import { deepEqual, type Draft } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import { Draws } from '../../clock/random';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import { controllerReference } from '../pod-control';
import type { QueueTimer } from '../work-queue';
import { type Content, endpointPorts, planSlices, podToEndpoint, portsKey } from './reconcile';
import { hasSelector, podsBehind, servicesOf } from './service-pods';
import { TriggerTimes } from './trigger-time';

const serviceName = 'kubernetes.io/service-name';
const managedBy = 'endpointslice.kubernetes.io/managed-by';
const isHeadless = 'service.kubernetes.io/headless';
const managerName = 'endpointslice-controller.k8s.io';
export const triggerTime = 'endpoints.kubernetes.io/last-change-trigger-time';

/**
 * Lists the Pods behind every Service in EndpointSlices. Pods on the host's network stand there with their node's
 * address, one entry each, however many share it.
 * Upstream: pkg/controller/endpointslice/endpointslice_controller.go
 */
export class EndpointSliceController extends Controller {
  readonly watches = ['services', 'pods', 'endpointslices.discovery.k8s.io'] as const;
  private readonly triggers = new TriggerTimes();
  private readonly draws: Draws;

  constructor(context: ComponentContext<QueueTimer>) {
    super('endpointslice-controller', context);
    this.draws = new Draws(context.random);
  }

  override start(): void {
    this.triggers.clear();
    super.start();
  }

  observe({ resource, object, previous, type }: WatchEvent): void {
    if (resource === 'services') this.enqueue(object);
    else if (resource === 'endpointslices.discovery.k8s.io') {
      const service = object.metadata.labels?.[serviceName];
      if (service && type === 'DELETED') this.queue.add(`${object.metadata.namespace ?? ''}/${service}`);
    } else
      for (const service of servicesOf(this.client, previous ? [object, previous] : [object])) this.enqueue(service);
  }

  protected enqueueAll(): void {
    for (const service of this.client.list('services')) this.enqueue(service);
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const service = this.client.get('services', namespace, name);
    if (!service) this.triggers.forget(namespace, name);
    if (!service || service.metadata.deletionTimestamp || !hasSelector(service)) return;
    if (service.spec.type === 'ExternalName') return;
    const pods = podsBehind(this.client, service, true);
    const trigger = this.triggers.next(service, pods);
    const annotations: Record<string, string> = trigger ? { [triggerTime]: trigger } : {};
    const relabelled = ({ metadata }: EndpointSlice) =>
      !deepEqual(withoutReserved(metadata.labels), withoutReserved(service.metadata.labels));
    const plan = planSlices(this.wanted(service, pods), this.existing(service), relabelled);
    for (const content of plan.create)
      accepted(this.client.create('endpointslices.discovery.k8s.io', this.draft(service, content, annotations)));
    for (const { slice, content } of plan.update) this.update(service, slice, content, annotations);
    for (const slice of plan.remove) {
      this.client.delete('endpointslices.discovery.k8s.io', namespace, slice.metadata.name);
    }
  }

  /** Upstream takes new endpoints out of a Go map, which has no order. */
  private mapOrder({ metadata }: Service, pods: readonly Pod[]): readonly Pod[] {
    if (this.context.world.chance !== 'drawn') return pods;
    return this.draws.next(`endpoints/${metadata.uid}`).shuffled(pods);
  }

  private wanted(service: Service, behind: readonly Pod[]): Content[] {
    const groups = new Map<string, { ports: Content['ports']; pods: Pod[] }>();
    for (const pod of behind) {
      const ports = endpointPorts(service, pod);
      const group = groups.get(portsKey(ports)) ?? { ports, pods: [] };
      group.pods.push(pod);
      groups.set(portsKey(ports), group);
    }
    return [...groups.values()].map(({ ports, pods }) => ({
      ports,
      endpoints: this.mapOrder(service, pods).map((pod) =>
        podToEndpoint(service, pod, this.client.get('nodes', undefined, pod.spec.nodeName ?? '')),
      ),
    }));
  }

  private existing(service: Service): EndpointSlice[] {
    return this.client
      .list('endpointslices.discovery.k8s.io', service.metadata.namespace)
      .filter(
        ({ metadata: { labels } }) =>
          labels?.[serviceName] === service.metadata.name && labels[managedBy] === managerName,
      );
  }

  private update(
    service: Service,
    slice: EndpointSlice,
    { ports, endpoints }: Content,
    annotations: Record<string, string>,
  ): void {
    const { [triggerTime]: _before, ...others } = slice.metadata.annotations ?? {};
    const metadata = { ...slice.metadata, labels: this.labels(service), annotations: { ...others, ...annotations } };
    const next = { ...slice, metadata, ports: [...ports], endpoints: [...endpoints] };
    if (!deepEqual(next, slice)) accepted(this.client.update('endpointslices.discovery.k8s.io', next));
  }

  private draft(
    service: Service,
    { ports, endpoints }: Content,
    annotations: Record<string, string>,
  ): Draft<EndpointSlice> {
    return {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: `${service.metadata.name}-`,
        namespace: service.metadata.namespace,
        labels: this.labels(service),
        annotations,
        ownerReferences: [controllerReference(service)],
      },
      addressType: service.spec.ipFamilies?.[0] ?? 'IPv4',
      endpoints: [...endpoints],
      ports: [...ports],
    };
  }

  private labels(service: Service): Record<string, string> {
    const headless: Record<string, string> = service.spec.clusterIP === 'None' ? { [isHeadless]: '' } : {};
    return {
      ...withoutReserved(service.metadata.labels),
      [managedBy]: managerName,
      [serviceName]: service.metadata.name,
      ...headless,
    };
  }
}

/** The labels that a Service and its slices share: `setEndpointSliceLabels`, `isReservedLabelKey` */
function withoutReserved(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  const reserved = [serviceName, managedBy, isHeadless];
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !reserved.includes(key)));
}
