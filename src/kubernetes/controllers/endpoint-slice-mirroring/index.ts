import type { EndpointAddress, Endpoints } from '../../api/generated/core-v1';
import type { Endpoint, EndpointSlice } from '../../api/generated/discovery-v1';
import { deepEqual } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import { Draws } from '../../clock/random';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import { triggerTime } from '../endpoint-slice';
import { type Content, planSlices, portsKey } from '../endpoint-slice/reconcile';
import { controllerReference } from '../pod-control';
import type { QueueTimer } from '../work-queue';

const serviceName = 'kubernetes.io/service-name';
const managedBy = 'endpointslice.kubernetes.io/managed-by';
const managerName = 'endpointslicemirroring-controller.k8s.io';
const skipMirror = 'endpointslice.kubernetes.io/skip-mirror';
const leader = 'control-plane.alpha.kubernetes.io/leader';
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What one Endpoints object says, apart by address family. */
type Families = Map<'IPv4' | 'IPv6', Map<string, { ports: Content['ports']; endpoints: Endpoint[] }>>;

/**
 * Mirrors Endpoints that a user wrote for a Service without selector into EndpointSlices, the only ones that kube-proxy
 * reads. Upstream: pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go, reconciler.go
 */
export class EndpointSliceMirroringController extends Controller {
  readonly watches = ['endpoints', 'services', 'endpointslices.discovery.k8s.io'] as const;
  private readonly draws: Draws;

  constructor(context: ComponentContext<QueueTimer>) {
    super('endpointslicemirroring-controller', context);
    this.draws = new Draws(context.random);
  }

  observe({ resource, object, type }: WatchEvent): void {
    if (resource !== 'endpointslices.discovery.k8s.io') {
      this.enqueue(object);
      return;
    }
    const { namespace = '', labels } = object.metadata;
    const service = labels?.[serviceName];
    if (type === 'DELETED' && service && labels?.[managedBy] === managerName) this.queue.add(`${namespace}/${service}`);
  }

  protected enqueueAll(): void {
    for (const endpoints of this.client.list('endpoints')) this.enqueue(endpoints);
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const endpoints = this.client.get('endpoints', namespace, name);
    const service = this.client.get('services', namespace, name);
    const mirrored = this.client
      .list('endpointslices.discovery.k8s.io', namespace)
      .filter(({ metadata: { labels } }) => labels?.[serviceName] === name && labels[managedBy] === managerName);
    const wanted: Families =
      endpoints && isMirrored(endpoints) && service && !service.spec.selector ? familiesOf(endpoints) : new Map();
    for (const family of ['IPv4', 'IPv6'] as const) {
      const existing = mirrored.filter((slice) => slice.addressType === family);
      const groups = wanted.get(family);
      if (groups && endpoints)
        this.reconcile(endpoints, family, this.mapOrder(endpoints, [...groups.values()]), existing);
      else for (const slice of existing) this.remove(slice);
    }
  }

  /** Upstream takes new endpoints out of a Go map, which has no order. */
  private mapOrder({ metadata }: Endpoints, wanted: readonly Content[]): readonly Content[] {
    if (this.context.world.chance !== 'drawn') return wanted;
    const lots = this.draws.next(`endpoints/${metadata.uid}`);
    return wanted.map(({ ports, endpoints }) => ({ ports, endpoints: lots.shuffled(endpoints) }));
  }

  private reconcile(
    endpoints: Endpoints,
    addressType: string,
    wanted: readonly Content[],
    existing: readonly EndpointSlice[],
  ): void {
    const plan = planSlices(wanted, existing);
    const metadata = metadataOf(endpoints);
    const { namespace, name } = endpoints.metadata;
    for (const { ports, endpoints: list } of plan.create) {
      accepted(
        this.client.create('endpointslices.discovery.k8s.io', {
          apiVersion: 'discovery.k8s.io/v1',
          kind: 'EndpointSlice',
          metadata: {
            generateName: `${name}-`,
            namespace,
            ...metadata,
            ownerReferences: [controllerReference({ ...endpoints, apiVersion: 'v1', kind: 'Endpoints' })],
          },
          addressType,
          endpoints: [...list],
          ports: [...ports],
        }),
      );
    }
    for (const { slice, content } of plan.update) {
      const next = {
        ...slice,
        metadata: { ...slice.metadata, ...metadata },
        ports: [...content.ports],
        endpoints: [...content.endpoints],
      };
      if (!deepEqual(next, slice)) accepted(this.client.update('endpointslices.discovery.k8s.io', next));
    }
    for (const slice of plan.remove) this.remove(slice);
  }

  private remove({ metadata }: EndpointSlice): void {
    this.client.delete('endpointslices.discovery.k8s.io', metadata.namespace, metadata.name);
  }
}

function isMirrored({ metadata }: Endpoints): boolean {
  return metadata.labels?.[skipMirror] !== 'true' && metadata.annotations?.[leader] === undefined;
}

function metadataOf({ metadata }: Endpoints): Pick<EndpointSlice['metadata'], 'labels' | 'annotations'> {
  const { [triggerTime]: _time, [lastApplied]: _applied, ...annotations } = metadata.annotations ?? {};
  return {
    labels: { ...metadata.labels, [serviceName]: metadata.name, [managedBy]: managerName },
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}

function familiesOf({ subsets = [] }: Endpoints): Families {
  const families: Families = new Map();
  for (const { addresses = [], notReadyAddresses = [], ports: written = [] } of subsets) {
    const ports = written.map(({ name = '', port, protocol = 'TCP', appProtocol }) => ({
      name,
      port,
      protocol,
      ...(appProtocol ? { appProtocol } : {}),
    }));
    const add = (address: EndpointAddress, ready: boolean) => {
      const family = address.ip.includes(':') ? 'IPv6' : 'IPv4';
      const groups = families.get(family) ?? new Map<string, { ports: Content['ports']; endpoints: Endpoint[] }>();
      const group = groups.get(portsKey(ports)) ?? { ports, endpoints: [] };
      group.endpoints.push(endpointOf(address, ready));
      groups.set(portsKey(ports), group);
      families.set(family, groups);
    };
    for (const address of addresses) add(address, true);
    for (const address of notReadyAddresses) add(address, false);
  }
  return families;
}

/** `addressToEndpoint` */
function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(nodeName ? { nodeName } : {}),
    ...(targetRef ? { targetRef } : {}),
  };
}
