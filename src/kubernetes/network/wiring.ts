import { VersionedMap } from '../clock/history';
import { type Interface, type InterfaceAddress, type Route, loopback } from './interfaces';
import { type Ipvs, emptyIpvs } from './ipvs';
import type { Journal } from './journal';
import { type Ruleset, emptyRuleset } from './netfilter/ruleset';

/** A network namespace: its interfaces are kept beside it. */
export interface NetworkNamespace {
  readonly id: string;
  /** `net.ipv4.ip_unprivileged_port_start`: containerd sets 0 in a Pod's own network. */
  readonly unprivilegedPortStart: number;
}

/** The machine's own namespaces, of every kind. */
export const HOST = 'host';

/** A moment of something with a history. */
export interface Moment<T> {
  readonly of: T;
  readonly revision: number;
}

/** The network namespaces of one machine, with the interfaces, routes and packet filters in them. With its history. */
export class Wiring {
  private readonly namespaceTable: VersionedMap<NetworkNamespace>;
  private readonly interfaceTable: VersionedMap<Interface>;
  private readonly routeTable: VersionedMap<readonly Route[]>;
  private readonly ruleTable: VersionedMap<Ruleset>;
  private readonly ipvsTable: VersionedMap<Ipvs>;
  private nextInterface = 2;

  constructor(
    protected readonly journal: Journal,
    past?: Moment<Wiring>,
  ) {
    const table = <V>(of: (wiring: Wiring) => VersionedMap<V>) =>
      past ? of(past.of).asOf(past.revision) : new VersionedMap<V>();
    this.namespaceTable = table((wiring) => wiring.namespaceTable);
    this.interfaceTable = table((wiring) => wiring.interfaceTable);
    this.routeTable = table((wiring) => wiring.routeTable);
    this.ruleTable = table((wiring) => wiring.ruleTable);
    this.ipvsTable = table((wiring) => wiring.ipvsTable);
    if (past) return;
    this.createNetworkNamespace(HOST);
    this.setNamespace({ id: HOST, unprivilegedPortStart: 1024 });
  }

  createNetworkNamespace(id: string): void {
    this.setNamespace({ id, unprivilegedPortStart: 0 });
    this.setInterface(loopback(id));
  }

  deleteNetworkNamespace(id: string): void {
    for (const device of this.interfaces(id)) this.removeInterface(id, device.name);
    this.routeTable.set(id, undefined, this.journal.write());
    this.namespaceTable.set(id, undefined, this.journal.write());
  }

  namespace(id: string): NetworkNamespace | undefined {
    return this.namespaceTable.get(id);
  }

  namespaces(at?: number): NetworkNamespace[] {
    return [...this.namespaceTable.values(at)];
  }

  interfaces(namespace: string = HOST, at?: number): Interface[] {
    const list = [...this.interfaceTable.values(at)].filter((device) => device.namespace === namespace);
    return list.sort((a, b) => a.index - b.index);
  }

  setInterface(device: Interface): void {
    this.rewired(device.namespace, device);
    this.interfaceTable.set(`${device.namespace}/${device.name}`, device, this.journal.write());
  }

  removeInterface(namespace: string, name: string): void {
    this.rewired(namespace, this.interfaceTable.get(`${namespace}/${name}`));
    this.interfaceTable.set(`${namespace}/${name}`, undefined, this.journal.write());
  }

  takeInterfaceIndex(): number {
    return this.nextInterface++;
  }

  /** Numbers are never given twice: those of `count` interfaces that are gone are used up. */
  skipInterfaceIndexes(count: number): void {
    this.nextInterface += count;
  }

  /** Every address of a namespace, IPv4 and IPv6. */
  addresses(namespace: string = HOST, at?: number): string[] {
    return this.interfaceAddresses(namespace, at).map((entry) => entry.address);
  }

  interfaceAddresses(namespace: string = HOST, at?: number): InterfaceAddress[] {
    // A dummy's addresses are the machine's own although nothing can be sent through it.
    return this.interfaces(namespace, at).flatMap((device) =>
      device.up || device.kind === 'dummy' ? device.addresses : [],
    );
  }

  routes(namespace: string = HOST, at?: number): readonly Route[] {
    return this.routeTable.get(namespace, at) ?? [];
  }

  setRoutes(namespace: string, routes: readonly Route[]): void {
    this.rewired(namespace);
    this.routeTable.set(namespace, routes, this.journal.write());
  }

  /** The packet filter of a namespace: iptables' tables and nftables' own. */
  rules(namespace: string = HOST, at?: number): Ruleset {
    return this.ruleTable.get(namespace, at) ?? emptyRuleset;
  }

  setRules(ruleset: Ruleset, namespace: string = HOST): void {
    if (ruleset === this.rules(namespace)) return;
    this.rewired(namespace);
    this.ruleTable.set(namespace, ruleset, this.journal.write());
  }

  /** Virtual servers and sets of the machine's own network. */
  ipvs(at?: number): Ipvs {
    return this.ipvsTable.get(HOST, at) ?? emptyIpvs;
  }

  setIpvs(ipvs: Ipvs): void {
    this.ipvsTable.set(HOST, ipvs, this.journal.write());
  }

  /** Cables out, the rest as after a boot: nobody answers at the machine's addresses. */
  protected unplug(): void {
    for (const device of this.interfaces(HOST)) {
      if (device.kind === 'ethernet') this.setInterface({ ...device, up: false });
      else if (device.kind !== 'loopback') this.removeInterface(HOST, device.name);
    }
    this.setRoutes(HOST, []);
    this.setRules(emptyRuleset);
    this.setIpvs(emptyIpvs);
  }

  /** The end of a Pod's cable and the inside of a Pod change nothing between machines. */
  private rewired(namespace: string, device?: Interface): void {
    if (namespace !== HOST || (device?.kind === 'veth' && device.addresses.length === 0)) return;
    this.journal.rewired();
  }

  private setNamespace(namespace: NetworkNamespace): void {
    this.namespaceTable.set(namespace.id, namespace, this.journal.write());
  }
}
