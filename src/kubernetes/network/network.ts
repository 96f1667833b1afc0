import type { Clock } from '../clock/clock';
import type { Revisions } from '../clock/history';
import { Draws, type Random } from '../clock/random';
import type { MachineFile, NodeFile, World } from '../world';
import { contains, isLoopback } from './address';
import { trackedOf } from './conntrack';
import { baseRules } from './base-rules';
import { BridgeCni } from './cni/bridge';
import { HOST, HostKernel } from './host';
import type { Journal } from './journal';
import type { AppRequest, AppResponse, Cni, Kernel } from './kernel';
import type { Packet } from './packet';
import { RuleCounters, firstPacketSize } from './netfilter/counters';
import { type CountRule, type Walk, type WalkFrom, type WalkTo, walkPacket } from './packet-walk';
import type { PolicyEnforcer } from './policy/enforcer';
import { lanRoutes, machinesOf, nameOtherEnd, plugIn } from './machines';
import { firstToClose } from './time-wait';
import { refusedBy } from './security-group';
import { servicesFile } from './service-names';
import { startDaemons, startService, stopService } from './services';
import { hostsFile, resolverFile } from './host-names';

/** What came of a connection: the way, and the answer of whoever took it (empty: it closed without a word). */
export interface Answer {
  readonly walk: Walk;
  readonly response?: AppResponse;
}

/**
 * Every machine of a world and what lies between them. Kernels, addresses and rules keep their history under the
 * cluster's revisions, so that the past can be looked at.
 */
export class Network {
  /** Set where the world's network plug-in enforces NetworkPolicies. */
  policies: PolicyEnforcer | undefined;
  private readonly hosts = new Map<string, HostKernel>();
  private readonly plugins = new Map<string, BridgeCni>();
  private readonly journal: Journal;
  private rewirings = 0;
  private addressed: { readonly wiring: number; readonly hosts: ReadonlyMap<string, HostKernel> } | undefined;
  private readonly draws: Draws;
  private readonly seen = new Map<string, number>();
  /** What the rules of all machines have seen. */
  readonly counters = new RuleCounters();

  constructor(
    readonly world: World,
    revisions: Revisions,
    readonly clock: Clock,
    private readonly random: Random,
    /** Told after every change of a kernel. */
    changed: () => void = () => undefined,
    /** A moment of another network that this one shows, to be read only. */
    past?: Network,
  ) {
    this.journal = {
      write: () => {
        changed();
        return revisions.advance(clock.now);
      },
      rewired: () => void this.rewirings++,
      now: () => ({ at: clock.now, revision: revisions.current }),
    };
    this.draws = new Draws(random);
    if (past) {
      for (const [name, kernel] of past.hosts) this.hosts.set(name, kernel.asOf(revisions.current, random));
      for (const [name, plugin] of past.plugins) this.plugins.set(name, plugin);
      return;
    }
    for (const machine of machinesOf(world)) this.addMachine(machine);
    for (const node of world.nodes) this.addNode(node);
  }

  /** Grows whenever the ways between machines may have changed. */
  get wiring(): number {
    return this.rewirings;
  }

  /** The kernel of a node or machine. Throws when the world has none of that name. */
  kernel(host: string): HostKernel {
    const kernel = this.hosts.get(host);
    if (!kernel) throw new Error(`no machine "${host}" in this world`);
    return kernel;
  }

  hasHost(host: string): boolean {
    return this.hosts.has(host);
  }

  /** Nodes and machines, machines first. */
  get hostNames(): string[] {
    return [...this.hosts.keys()];
  }

  get machineNames(): string[] {
    return machinesOf(this.world).map((machine) => machine.name);
  }

  cni(node: string): Cni {
    const plugin = this.plugins.get(node);
    if (!plugin) throw new Error(`no node "${node}" in this world`);
    return plugin;
  }

  /** The host one of whose own interfaces (not a Pod's) has `address`. */
  hostAt(address: string, at?: number): HostKernel | undefined {
    if (isLoopback(address)) return undefined;
    if (at === undefined) return this.hostsByAddress().get(address);
    for (const kernel of this.hosts.values()) if (kernel.addresses(HOST, at).includes(address)) return kernel;
    return undefined;
  }

  /** Who has which address now; of several the first. Made again when the wiring has changed. */
  private hostsByAddress(): ReadonlyMap<string, HostKernel> {
    if (this.addressed?.wiring === this.rewirings) return this.addressed.hosts;
    const hosts = new Map<string, HostKernel>();
    for (const kernel of this.hosts.values()) {
      for (const address of kernel.addresses(HOST)) if (!hosts.has(address)) hosts.set(address, kernel);
    }
    this.addressed = { wiring: this.rewirings, hosts };
    return hosts;
  }

  isMachine(host: string): boolean {
    return !this.plugins.has(host);
  }

  /**
   * Who is reached through a router: another machine of the world that lies on a different network; `drop` when
   * the router knows nobody; undefined when `router` is no router.
   */
  beyondRouter(from: string, router: string, destination: string): HostKernel | 'drop' | undefined {
    if (
      !this.kernel(from)
        .routes(HOST)
        .some((route) => route.via === router && route.to === 'default')
    )
      return undefined;
    const target = this.hostAt(destination);
    return target && target.host !== from ? target : 'drop';
  }

  /** Why the world's security group lets a packet from one machine to another not pass, or undefined. */
  firewall(from: string, to: string, packet: Packet): string | undefined {
    const outside = this.isMachine(from) && !contains(this.world.lan, this.addressOf(from));
    if (!outside || this.isMachine(to)) return undefined;
    return refusedBy(this.world.securityGroup, packet);
  }

  /** Session affinity (`-m recent`): a host's memory of sources, with the time they were last seen. */
  recentlySeen(host: string, name: string, source: string, seconds: number): boolean {
    const at = this.seen.get(`${host} ${name} ${source}`);
    return at !== undefined && this.clock.now - at <= seconds * 1000;
  }

  noteSeen(host: string, name: string, source: string): void {
    this.seen.set(`${host} ${name} ${source}`, this.clock.now);
  }

  /**
   * Connects and asks: walks the packet, and lets the application behind the socket answer. Lots are drawn for the one
   * who asks: another one's connections do not shift them.
   */
  request(from: WalkFrom, to: WalkTo, ask: Pick<AppRequest, 'http' | 'data'> = {}): Answer {
    const lots = this.draws.next(`connection/${from.kernel.host}/${from.namespace}`);
    const count: CountRule = (rule, packet) => this.counters.add(rule, firstPacketSize(packet, ask.data));
    const walk = walkPacket(this, from, to, () => lots.next(), count);
    const socket = walk.arrival?.socket;
    if (walk.result !== 'answered' || !socket || to.protocol === 'ICMP') {
      this.track(walk, to, undefined);
      return { walk };
    }
    const { packet } = walk;
    const app = walk.arrival?.kernel.openSockets.application(socket.id);
    const response = app?.({
      protocol: to.protocol,
      source: { address: packet.source, port: packet.sourcePort },
      destination: { address: packet.destination, port: packet.destinationPort },
      ...ask,
    });
    this.track(walk, to, response);
    if (to.protocol === 'TCP') leaveWaiting(from, walk, firstToClose(ask.http, response));
    return { walk, response: response ?? {} };
  }

  /** Nodes remember connections; machines without rules do not. */
  private track(walk: Walk, to: WalkTo, response: AppResponse | undefined): void {
    const { now } = this.clock;
    for (const [host, entry] of trackedOf(walk, to, response, now))
      if (!this.isMachine(host)) this.kernel(host).connections.add(entry, now);
  }

  /** A copy in an order drawn by lot, once more for the same `purpose`. */
  shuffle<T>(list: readonly T[], purpose: string): T[] {
    return this.draws.next(purpose).shuffled(list);
  }

  /** The way a packet would take, for show: nothing is drawn that others would miss, nobody is asked. */
  trace(from: WalkFrom, to: WalkTo, seed = 0): Walk {
    const stream = this.random.stream(`trace/${seed}`);
    return walkPacket(this, from, to, () => stream.next());
  }

  /** A new node of the world, or one that a switch adds later. */
  addNode(node: NodeFile): void {
    const kernel = this.addHost(node.name, node.hostname ?? node.name, node.interface, node.internalIP);
    if (node.interfacePeer !== undefined) nameOtherEnd(kernel, node.interfacePeer);
    kernel.services = servicesFile(node.osImage);
    kernel.setRules(baseRules(this.world));
    kernel.files.write('/etc/hosts', hostsFile(this.world));
    kernel.files.write('/etc/resolv.conf', resolverFile(this.world));
    this.plugins.set(node.name, new BridgeCni(node, this.world, kernel, this.random));
    // Each address that was handed out before went with one veth pair.
    kernel.skipInterfaceIndexes((node.nextPodAddress ?? 2) - 2);
    this.startDaemons(node);
    kernel.passPids();
  }

  /** The daemons of a node's machine, as they start at its boot. */
  startDaemons(node: NodeFile): void {
    startDaemons(this.kernel(node.name), node, this.world, this.clock);
  }

  /** A machine that lost its power comes up: wires and rules as at first, no daemons yet. */
  boot(node: NodeFile): void {
    const kernel = this.kernel(node.name);
    for (const device of kernel.interfaces(HOST))
      if (device.kind === 'ethernet') kernel.setInterface({ ...device, up: true });
    kernel.setRoutes(HOST, lanRoutes(this.world, node.interface, node.internalIP));
    kernel.setRules(baseRules(this.world));
    this.plugins.get(node.name)?.setUp();
  }

  /** The other nodes learn the way to the Pods of one that has joined. */
  tellOthers(node: NodeFile): void {
    for (const [name, plugin] of this.plugins) if (name !== node.name) plugin.learn(node);
  }

  /** `systemctl start` on a node; false: it has no such service. */
  startService(host: string, name: string): boolean {
    const node = this.world.nodes.find((candidate) => candidate.name === host);
    return node !== undefined && startService(this.kernel(host), node, name, this.world, this.clock);
  }

  /** `systemctl stop`; false: it did not run. */
  stopService(host: string, name: string): boolean {
    return stopService(this.kernel(host), name);
  }

  private addMachine({ name, interface: device, ip }: MachineFile): void {
    const kernel = this.addHost(name, name, device, ip);
    kernel.files.write('/etc/hosts', '127.0.0.1 localhost\n::1 localhost\n');
    if (contains(this.world.lan, ip)) kernel.files.write('/etc/resolv.conf', resolverFile(this.world));
  }

  private addressOf(host: string): string {
    return (
      this.kernel(host)
        .addresses(HOST)
        .find((address) => !isLoopback(address)) ?? ''
    );
  }

  private addHost(name: string, hostname: string, device = 'eth0', ip: string): HostKernel {
    const kernel = new HostKernel(name, hostname, this.journal, this.random);
    this.hosts.set(name, kernel);
    plugIn(kernel, this.world, this.random, device, ip);
    kernel.files.write('/etc/hostname', `${hostname}\n`);
    return kernel;
  }
}

/** The side that closes first keeps the connection a while, under the addresses that it knows. */
function leaveWaiting(from: WalkFrom, { arrival, hops, packet }: Walk, first: 'client' | 'server' | undefined): void {
  const ends = first === 'client' ? hops[0]?.packet : packet;
  if (!ends || !arrival || first === undefined) return;
  const source = { address: ends.source, port: ends.sourcePort };
  const destination = { address: ends.destination, port: ends.destinationPort };
  if (first === 'client') {
    from.kernel.leaveWaiting(from.namespace, { local: source, peer: destination, v6: source.address.includes(':') });
    return;
  }
  const v6 = arrival.socket?.address.includes(':') ?? false;
  arrival.kernel.leaveWaiting(arrival.namespace, { local: destination, peer: source, v6 });
}

export type { Kernel };
