import type { Endpoints, Service } from '../../api/generated/core-v1';
import { deepEqual } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { Millis } from '../../clock/clock';
import { Draws } from '../../clock/random';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import { triggerTime } from '../endpoint-slice';
import { hasSelector, podsBehind, servicesOf } from '../endpoint-slice/service-pods';
import { TriggerTimes } from '../endpoint-slice/trigger-time';
import type { QueueTimer } from '../work-queue';
import { endpointSubsets } from './subsets';

/** From the beginning of a write (5 ms) to the watch that tells of it (2 ms). */
const echoTime: Millis = 7;
/** How often a sync at that moment is the faster one: one recording in five. */
const nowAndThen = 1 / 5;

/** Keeps the deprecated Endpoints object of every Service. Upstream: pkg/controller/endpoint/endpoints_controller.go */
export class EndpointsController extends Controller {
  readonly watches = ['services', 'pods', 'endpoints'] as const;
  private readonly triggers = new TriggerTimes();
  /** When which object was made, by the key of its Service. */
  private readonly created = new Map<string, Millis>();
  private readonly draws: Draws;

  constructor(context: ComponentContext<QueueTimer>) {
    super('endpoint-controller', context);
    this.draws = new Draws(context.random);
  }

  override start(): void {
    this.triggers.clear();
    this.created.clear();
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

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const service = this.client.get('services', namespace, name);
    if (!service) {
      this.client.delete('endpoints', namespace, name);
      this.triggers.forget(namespace, name);
      this.created.delete(key);
      return;
    }
    if (service.metadata.deletionTimestamp || !hasSelector(service) || service.spec.type === 'ExternalName') return;
    const trigger = this.triggers.next(service, podsBehind(this.client, service, true));
    const includeTerminating = service.spec.publishNotReadyAddresses === true;
    const subsets = endpointSubsets(service, podsBehind(this.client, service, includeTerminating));
    const existing = this.client.get('endpoints', namespace, name);
    const { [triggerTime]: _before, ...others } = existing?.metadata.annotations ?? {};
    const annotations: Record<string, string> = { ...others, ...(trigger ? { [triggerTime]: trigger } : {}) };
    if (!existing || this.overlooks(service)) this.create(service, subsets, annotations);
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
    const result = this.client.create('endpoints', draft);
    if (result.ok) {
      this.created.set(`${namespace}/${name}`, this.now);
      return;
    }
    if (result.status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating')) return;
    // The object that the event is about is the one that could not be made: it has no UID.
    const about = { apiVersion: 'v1', kind: 'Endpoints', namespace, name };
    const message = `Failed to create endpoint for service ${namespace}/${name}: ${result.status.message ?? ''}`;
    this.recorder.event(about, 'Warning', 'FailedToCreateEndpoint', message);
    accepted(result);
  }

  /**
   * News that came while the object was being made are worked on the moment it is there, and by then the watch may not
   * have told of it: a race, which is lost now and then.
   */
  private overlooks({ metadata }: Service): boolean {
    const made = this.created.get(`${metadata.namespace}/${metadata.name}`);
    if (made === undefined || this.now - made >= echoTime || this.context.world.chance !== 'drawn') return false;
    return this.draws.next(`echo/${metadata.uid}`).next() < nowAndThen;
  }

  private labels(service: Service): Record<string, string> {
    const headless: Record<string, string> =
      service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {};
    return { ...service.metadata.labels, 'endpoints.kubernetes.io/managed-by': 'endpoint-controller', ...headless };
  }
}
