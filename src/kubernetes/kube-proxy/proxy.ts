import { deepEqual } from '../api/object';
import type { Cluster } from '../cluster';
import type { Component, ComponentContext } from '../component';
import { type Ruleset, tableOf } from '../network/netfilter/ruleset';
import type { NodeFile } from '../world';
import { HOST } from '../network/host';
import { drawMac } from '../network/interfaces';
import { withServices, withoutServices } from './iptables';
import { dummyDevice, ipvsState, serviceAddresses, withIpvsRules } from './ipvs';
import { withNftablesServices } from './nftables';
import { ServiceHealth } from './service-health';
import { type ServicePort, servicePorts } from './service-ports';

type Payload = 'sync';

/** `minSyncPeriod`: rules are written at most this often (milliseconds). */
const minSyncPeriod = 1000;
/** From a change to the rules when nothing holds it up: reading, deciding, iptables-restore. */
const work = 15;

/**
 * The kube-proxy of one node: turns Services and EndpointSlices into rules of the node's packet filter. When it
 * stops, its rules stay.
 */
export class KubeProxy implements Component<Payload> {
  readonly name: string;
  readonly watches = ['services', 'endpointslices.discovery.k8s.io'] as const;
  private readonly context: ComponentContext<Payload>;
  private readonly health: ServiceHealth;
  private lastSync = -Infinity;
  private readonly staleChains = new Map<string, number>();
  private pending = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly node: NodeFile,
  ) {
    this.name = `kube-proxy/${node.name}`;
    this.context = cluster.context<Payload>(this.name, 'system:kube-proxy');
    this.health = new ServiceHealth(cluster.network.kernel(node.name), cluster.clock);
  }

  get mode(): 'iptables' | 'nftables' | 'ipvs' {
    return this.node.kubeProxy ?? this.cluster.world.kubeProxy;
  }

  start(): void {
    this.pending = false;
    this.staleChains.clear();
    if (this.mode === 'nftables') this.update((ruleset) => withoutServices(ruleset));
    this.sync();
  }

  observe(): void {
    if (this.pending) return;
    this.pending = true;
    const { timers } = this.context;
    timers.at(Math.max(timers.now + work, this.lastSync + minSyncPeriod), 'sync');
  }

  fire(): void {
    this.pending = false;
    this.sync();
  }

  private sync(): void {
    const { client, timers, world } = this.context;
    this.lastSync = timers.now;
    const slices = client.list('endpointslices.discovery.k8s.io');
    const zone = () =>
      client.get('nodes', undefined, this.node.name)?.metadata.labels?.['topology.kubernetes.io/zone'] ?? '';
    const ports = servicePorts(client.list('services'), slices, this.node.name, zone);
    const settings = { podCIDR: world.podCIDR, nodeIP: this.node.internalIP, serviceCIDR: world.serviceCIDR };
    this.health.sync(ports);
    if (this.mode === 'ipvs') this.balance(ports);
    else if (this.mode === 'nftables') this.fillTable(ports, settings);
    else this.update((ruleset) => withServices(ruleset, ports, settings));
  }

  /**
   * Chains that no Service wants any more are emptied at once, but go only with the next round that is a second away:
   * older kernels take a moment to see that nothing leads there (pkg/proxy/nftables/proxier.go, `staleChains`).
   */
  private fillTable(ports: readonly ServicePort[], settings: Parameters<typeof withNftablesServices>[2]): void {
    const { now } = this.context.timers;
    const gone = (chain: string) => now - (this.staleChains.get(chain) ?? now) >= minSyncPeriod;
    this.update((ruleset) => withNftablesServices(ruleset, ports, settings, gone));
    this.staleChains.clear();
    const table = tableOf(this.cluster.network.kernel(this.node.name).rules(), 'kube-proxy');
    for (const { name, rules } of table?.chains ?? [])
      if (name.includes('/') && rules.length === 0) this.staleChains.set(name, now);
  }

  /** What belongs to Services stands in the kernel's load balancer and its sets; the rules stay as they are. */
  private balance(ports: readonly ServicePort[]): void {
    const kernel = this.cluster.network.kernel(this.node.name);
    const own = kernel
      .interfaces(HOST)
      .filter(({ kind }) => kind === 'ethernet' || kind === 'bridge' || kind === 'vxlan');
    const addresses = own.flatMap((device) => device.addresses).filter(({ address }) => !address.includes(':'));
    const state = ipvsState(
      ports,
      addresses.map(({ address }) => address),
    );
    if (JSON.stringify(state) !== JSON.stringify(kernel.ipvs())) kernel.setIpvs(state);
    const device = kernel.interfaces(HOST).find(({ name }) => name === dummyDevice);
    const wanted = serviceAddresses(ports).map((address) => ({ address, prefix: 32 }));
    if (!device || JSON.stringify(device.addresses) !== JSON.stringify(wanted)) {
      const fresh = {
        index: kernel.takeInterfaceIndex(),
        mac: drawMac(this.cluster.random.stream(`ipvs/${this.node.name}`)),
      };
      const { index, mac } = device ?? fresh;
      kernel.setInterface({
        index,
        mac,
        name: dummyDevice,
        namespace: HOST,
        kind: 'dummy',
        up: false,
        addresses: wanted,
      });
    }
    this.update((ruleset) => withIpvsRules(ruleset, this.context.world.podCIDR));
  }

  private update(change: (ruleset: Ruleset) => Ruleset): void {
    const kernel = this.cluster.network.kernel(this.node.name);
    const before = kernel.rules();
    const after = change(before);
    if (!deepEqual(after, before)) kernel.setRules(after);
  }
}
