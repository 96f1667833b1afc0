import type { Millis } from '../clock/clock';
import { VersionedMap } from '../clock/history';
import { Draws, type Random, type RandomStream } from '../clock/random';
import { type Bind, accepts, bindError } from './bind';
import { HostFiles } from './host-files';
import { type Interface, type InterfaceAddress, type Route, loopback } from './interfaces';
import type { Application, BindError, ContainerRoot, Kernel, ListenOptions, Process, Socket } from './kernel';
import { type Ipvs, emptyIpvs } from './ipvs';
import type { Journal } from './journal';
import { type Ruleset, emptyRuleset } from './netfilter/ruleset';
import type { ServicesFile } from './service-names';

/** A network namespace: its interfaces are kept beside it. */
export interface NetworkNamespace {
  readonly id: string;
  /** `net.ipv4.ip_unprivileged_port_start`: containerd sets 0 in a Pod's own network. */
  readonly unprivilegedPortStart: number;
}

/** A bind that the kernel refused. */
export interface Refusal {
  readonly at: Millis;
  readonly revision: number;
  readonly pid: number;
  readonly wanted: Required<Bind>;
  readonly error: BindError;
}

/** The machine's own namespaces, of every kind. */
export const HOST = 'host';

/** One machine: processes, network namespaces, interfaces, routes, sockets, files. All of it with its history. */
export class HostKernel implements Kernel {
  readonly files: HostFiles;
  /** Whose names of ports this machine has. */
  services: ServicesFile = 'debian';
  private readonly processTable: VersionedMap<Process>;
  private readonly socketTable: VersionedMap<Socket>;
  private readonly namespaceTable: VersionedMap<NetworkNamespace>;
  private readonly interfaceTable: VersionedMap<Interface>;
  private readonly routeTable: VersionedMap<readonly Route[]>;
  private readonly ruleTable: VersionedMap<Ruleset>;
  private readonly ipvsTable: VersionedMap<Ipvs>;
  private readonly rootTable: VersionedMap<ContainerRoot>;
  /** Every bind that was refused, oldest first. */
  readonly refusals: Refusal[] = [];
  private readonly rootFiles = new Map<string, HostFiles>();
  /** Behaviour, not state: what answers behind a live socket. */
  private readonly applications = new Map<number, Application>();
  private readonly innerPids = new Map<string, number>();
  /** A machine hands out its PIDs in turn, with gaps. */
  private readonly gaps: RandomStream;
  private readonly draws: Draws;
  private nextPid: number;
  private nextSocket = 1;
  private nextInterface = 2;

  constructor(
    readonly host: string,
    /** The machine's own name, where it differs from the Node's. */
    readonly hostname: string,
    private readonly journal: Journal,
    random: Random,
    /** A moment of another kernel that this one shows, to be read only. */
    past?: { readonly of: HostKernel; readonly revision: number },
  ) {
    const table = <V>(of: (kernel: HostKernel) => VersionedMap<V>) =>
      past ? of(past.of).asOf(past.revision) : new VersionedMap<V>();
    this.processTable = table((kernel) => kernel.processTable);
    this.socketTable = table((kernel) => kernel.socketTable);
    this.namespaceTable = table((kernel) => kernel.namespaceTable);
    this.interfaceTable = table((kernel) => kernel.interfaceTable);
    this.routeTable = table((kernel) => kernel.routeTable);
    this.ruleTable = table((kernel) => kernel.ruleTable);
    this.ipvsTable = table((kernel) => kernel.ipvsTable);
    this.rootTable = table((kernel) => kernel.rootTable);
    this.files = past?.of.files.asOf(past.revision) ?? new HostFiles(journal);
    this.gaps = random.stream(`kernel/${host}`);
    this.draws = new Draws(random);
    this.nextPid = 1500 + this.gaps.below(400);
    if (past) {
      this.services = past.of.services;
      return;
    }
    this.createNetworkNamespace(HOST);
    this.setNamespace({ id: HOST, unprivilegedPortStart: 1024 });
  }

  /** The kernel as it stood at a revision: nobody answers behind its sockets. */
  asOf(revision: number, random: Random): HostKernel {
    return new HostKernel(this.host, this.hostname, this.journal, random, { of: this, revision });
  }

  /** Every socket that was opened (or closed: without `socket`) after a revision, and what was there before. */
  socketChanges(after: number) {
    return [...this.socketTable.changesAfter(after)].map(({ key, revision, value }) => ({
      revision,
      socket: value,
      before: this.socketTable.get(key, revision - 1),
    }));
  }

  createNetworkNamespace(id: string): void {
    this.setNamespace({ id, unprivilegedPortStart: 0 });
    this.setInterface(loopback(id));
  }

  deleteNetworkNamespace(id: string): void {
    for (const socket of this.sockets(id)) this.close(socket.id);
    for (const device of this.interfaces(id)) this.removeInterface(id, device.name);
    this.routeTable.set(id, undefined, this.journal.write());
    this.namespaceTable.set(id, undefined, this.journal.write());
  }

  namespaces(at?: number): NetworkNamespace[] {
    return [...this.namespaceTable.values(at)];
  }

  spawn(process: Omit<Process, 'pid' | 'innerPid' | 'parent'> & { parent?: number }): Process {
    const pid = this.nextPid;
    this.nextPid += 1 + this.gaps.below(9);
    const inner = (this.innerPids.get(process.pidNamespace) ?? 0) + 1;
    this.innerPids.set(process.pidNamespace, inner);
    const innerPid = process.pidNamespace === HOST ? pid : inner;
    const spawned: Process = { ...process, parent: process.parent ?? 1, pid, innerPid };
    this.processTable.set(String(pid), spawned, this.journal.write());
    return spawned;
  }

  /** `execve`, or a program that sets its own title: the same process under another name and command line. */
  rename(pid: number, comm: string, command: readonly string[]): void {
    const process = this.process(pid);
    if (process)
      this.processTable.set(String(pid), { ...process, comm: comm.slice(0, 15), command }, this.journal.write());
  }

  /** The machine has been up for a while: many processes have come and gone. */
  passPids(): void {
    this.nextPid += 9000 + this.gaps.below(3000);
  }

  /** Ends a process. With PID 1 of a container every process of that PID namespace goes. */
  exit(pid: number): void {
    const process = this.process(pid);
    if (!process) return;
    for (const socket of this.sockets()) if (socket.pid === pid) this.close(socket.id);
    this.processTable.set(String(pid), undefined, this.journal.write());
    if (process.pidNamespace === HOST || process.innerPid !== 1) return;
    this.innerPids.delete(process.pidNamespace);
    for (const other of this.processes()) if (other.pidNamespace === process.pidNamespace) this.exit(other.pid);
  }

  process(pid: number, at?: number): Process | undefined {
    return this.processTable.get(String(pid), at);
  }

  processes(at?: number): Process[] {
    return [...this.processTable.values(at)];
  }

  createRoot(container: string, root: ContainerRoot): void {
    this.rootTable.set(container, root, this.journal.write());
    const files = new HostFiles(this.journal);
    for (const [path, text] of Object.entries(root.files)) files.write(path, text);
    this.rootFiles.set(container, files);
  }

  deleteRoot(container: string): void {
    this.rootTable.set(container, undefined, this.journal.write());
    this.rootFiles.delete(container);
  }

  root(container: string): { readonly root: ContainerRoot; readonly files: HostFiles } | undefined {
    const root = this.rootTable.get(container);
    const files = this.rootFiles.get(container);
    return root && files ? { root, files } : undefined;
  }

  listen(pid: number, options: ListenOptions): Socket | BindError {
    const process = this.process(pid);
    if (!process) throw new Error(`no process ${pid} on ${this.host}`);
    const wanted: Required<Bind> = {
      protocol: options.protocol ?? 'TCP',
      address: options.address,
      port: options.port || this.freePort(process.namespace),
      v6only: options.v6only ?? false,
      reusePort: options.reusePort ?? false,
    };
    const error = bindError(process, wanted, {
      addresses: () => this.addresses(process.namespace),
      sockets: this.sockets(process.namespace),
      unprivilegedPortStart: this.namespaceTable.get(process.namespace)?.unprivilegedPortStart ?? 1024,
      uidOf: (owner) => this.process(owner)?.uid,
    });
    if (error) {
      this.refusals.push({ ...this.journal.now(), pid, wanted, error });
      return error;
    }
    const backlog = options.backlog ?? (wanted.protocol === 'UDP' ? 0 : 4096);
    const socket: Socket = { ...wanted, id: this.nextSocket++, pid, namespace: process.namespace, backlog };
    this.socketTable.set(String(socket.id), socket, this.journal.write());
    if (options.app) this.applications.set(socket.id, options.app);
    return socket;
  }

  close(socket: number): void {
    if (!this.socketTable.get(String(socket))) return;
    this.socketTable.set(String(socket), undefined, this.journal.write());
    this.applications.delete(socket);
  }

  sockets(namespace?: string, at?: number): Socket[] {
    const all = [...this.socketTable.values(at)];
    return namespace === undefined ? all : all.filter((socket) => socket.namespace === namespace);
  }

  /** The socket that takes a packet for `address`:`port`: the most specific, as the kernel's lookup scores them. */
  socketFor(
    namespace: string,
    protocol: Socket['protocol'],
    address: string,
    port: number,
    at?: number,
  ): Socket | undefined {
    const takers = this.sockets(namespace, at).filter(
      (socket) => socket.protocol === protocol && socket.port === port && accepts(socket, address),
    );
    return takers.find((socket) => socket.address === address) ?? takers[0];
  }

  /** What answers behind a socket; a socket without one takes connections and closes them. */
  application(socket: number): Application | undefined {
    return this.applications.get(socket);
  }

  /** The processes that hold a socket: the one that made it and the workers it forked afterwards. */
  holders(socket: Socket, at?: number): Process[] {
    const owner = this.process(socket.pid, at);
    if (!owner) return [];
    const workers = this.processes(at).filter((process) => process.parent === owner.pid && process.comm === owner.comm);
    return [...workers.reverse(), owner];
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

  /** Virtual servers and sets of the machine's own network. */
  ipvs(at?: number): Ipvs {
    return this.ipvsTable.get(HOST, at) ?? emptyIpvs;
  }

  setIpvs(ipvs: Ipvs): void {
    this.ipvsTable.set(HOST, ipvs, this.journal.write());
  }

  setRules(ruleset: Ruleset, namespace: string = HOST): void {
    if (ruleset === this.rules(namespace)) return;
    this.rewired(namespace);
    this.ruleTable.set(namespace, ruleset, this.journal.write());
  }

  /** Everything that is in memory is gone; the disk stays. Nobody answers at its addresses. */
  losePower(): void {
    for (const process of this.processes()) this.exit(process.pid);
    for (const { id } of this.namespaces()) if (id !== HOST) this.deleteNetworkNamespace(id);
    for (const device of this.interfaces(HOST)) {
      if (device.kind === 'ethernet') this.setInterface({ ...device, up: false });
      else if (device.kind !== 'loopback') this.removeInterface(HOST, device.name);
    }
    this.setRoutes(HOST, []);
    this.setRules(emptyRuleset);
    this.setIpvs(emptyIpvs);
    this.nextPid = 1500 + this.gaps.below(400);
  }

  /** The end of a Pod's cable and the inside of a Pod change nothing between machines. */
  private rewired(namespace: string, device?: Interface): void {
    if (namespace !== HOST || (device?.kind === 'veth' && device.addresses.length === 0)) return;
    this.journal.rewired();
  }

  private setNamespace(namespace: NetworkNamespace): void {
    this.namespaceTable.set(namespace.id, namespace, this.journal.write());
  }

  /** `net.ipv4.ip_local_port_range` begins at 32768. */
  private freePort(namespace: string): number {
    const taken = new Set(this.sockets(namespace).map((socket) => socket.port));
    const lots = this.draws.next(`port/${this.host}/${namespace}`);
    for (;;) {
      const port = 32_768 + lots.below(28_232);
      if (!taken.has(port)) return port;
    }
  }
}
