import type { Millis } from '../clock/clock';
import { VersionedMap } from '../clock/history';
import { Draws, type Random, type RandomStream } from '../clock/random';
import { type Bind, bindError } from './bind';
import { HostFiles } from './host-files';
import type { Journal } from './journal';
import type { BindError, ContainerRoot, Kernel, ListenOptions, Process, Socket } from './kernel';
import type { ServicesFile } from './service-names';
import { SocketTable } from './socket-table';
import { Connections } from './conntrack';
import { type TimeWait, TimeWaits } from './time-wait';
import { HOST, type Moment, Wiring } from './wiring';

export { HOST, type NetworkNamespace } from './wiring';

/** A bind that the kernel refused. */
export interface Refusal {
  readonly at: Millis;
  readonly revision: number;
  readonly pid: number;
  readonly wanted: Required<Bind>;
  readonly error: BindError;
}

/** One machine: processes, network namespaces, interfaces, routes, sockets, files. All of it with its history. */
export class HostKernel extends Wiring implements Kernel {
  readonly files: HostFiles;
  /** Whose names of ports this machine has. */
  services: ServicesFile = 'debian';
  private readonly processTable: VersionedMap<Process>;
  /** Who takes a packet, what answers behind a socket, and what has changed: asked of the table itself. */
  readonly openSockets: SocketTable;
  private readonly rootTable: VersionedMap<ContainerRoot>;
  /** Every bind that was refused, oldest first. */
  readonly refusals: Refusal[] = [];
  /** Connections that have ended: of the present alone. */
  private readonly ended = new TimeWaits();
  /** The connections of the machine's own network that its packet filter remembers. */
  readonly connections = new Connections();
  private readonly rootFiles = new Map<string, HostFiles>();
  private readonly innerPids = new Map<string, number>();
  /** A machine hands out its PIDs in turn, with gaps. */
  private readonly gaps: RandomStream;
  private readonly draws: Draws;
  private readonly ports: RandomStream;
  private nextPid: number;
  /** Bytes that processes have taken beyond what their programs need, by PID. */
  private readonly memoryTable: VersionedMap<number>;
  /** Told when memory is taken or given back, or a file comes or goes of which the size alone is kept. */
  used: () => void = () => undefined;

  constructor(
    readonly host: string,
    /** The machine's own name, where it differs from the Node's. */
    readonly hostname: string,
    journal: Journal,
    random: Random,
    /** A moment of another kernel that this one shows, to be read only. */
    past?: Moment<HostKernel>,
  ) {
    super(journal, past);
    const table = <V>(of: (kernel: HostKernel) => VersionedMap<V>) =>
      past ? of(past.of).asOf(past.revision) : new VersionedMap<V>();
    this.processTable = table((kernel) => kernel.processTable);
    this.openSockets = new SocketTable(journal, past && { ...past, of: past.of.openSockets });
    this.rootTable = table((kernel) => kernel.rootTable);
    this.memoryTable = table((kernel) => kernel.memoryTable);
    this.files = past?.of.files.asOf(past.revision) ?? this.newFiles();
    this.gaps = random.stream(`kernel/${host}`);
    this.draws = new Draws(random);
    this.ports = random.stream(`ephemeral/${host}`);
    this.nextPid = 1500 + this.gaps.below(400);
    if (past) this.services = past.of.services;
  }

  /** The kernel as it stood at a revision: nobody answers behind its sockets. */
  asOf(revision: number, random: Random): HostKernel {
    return new HostKernel(this.host, this.hostname, this.journal, random, { of: this, revision });
  }

  override deleteNetworkNamespace(id: string): void {
    for (const socket of this.sockets(id)) this.close(socket.id);
    this.ended.forget(id);
    super.deleteNetworkNamespace(id);
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

  /** A process holds so many bytes from now on, beyond what its program needs. Nothing is refused here. */
  takeMemory(pid: number, bytes: number): void {
    this.memoryTable.set(String(pid), bytes > 0 ? bytes : undefined, this.journal.write());
    this.used();
  }

  memoryOf(pid: number): number {
    return this.memoryTable.get(String(pid)) ?? 0;
  }

  /** Whether anything of the machine is in use that is counted. */
  get isUsed(): boolean {
    return this.memoryTable.size > 0 || this.files.holdsReserved || this.rootsUsed();
  }

  private rootsUsed(): boolean {
    for (const files of this.rootFiles.values()) if (files.holdsReserved) return true;
    return false;
  }

  private newFiles(): HostFiles {
    return new HostFiles(this.journal, undefined, () => this.used());
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
    if (this.memoryOf(pid) > 0) this.takeMemory(pid, 0);
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
    const files = this.newFiles();
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
      unprivilegedPortStart: this.namespace(process.namespace)?.unprivilegedPortStart ?? 1024,
      uidOf: (owner) => this.process(owner)?.uid,
    });
    if (error) {
      this.refusals.push({ ...this.journal.now(), pid, wanted, error });
      return error;
    }
    const backlog = options.backlog ?? (wanted.protocol === 'UDP' ? 0 : 4096);
    return this.openSockets.open({ pid, namespace: process.namespace, backlog }, wanted, options.app);
  }

  close(socket: number): void {
    this.openSockets.close(socket);
  }

  sockets(namespace?: string, at?: number): Socket[] {
    return this.openSockets.list(namespace, at);
  }

  /** A connection ends, and this side of it closed first. */
  leaveWaiting(namespace: string, ends: Omit<TimeWait, 'until'>): void {
    this.ended.add(namespace, ends, this.journal.now().at);
  }

  /** The connections of a network namespace that are in TIME-WAIT, oldest first. */
  timeWaits(namespace: string): TimeWait[] {
    return this.ended.list(namespace, this.journal.now().at);
  }

  /** A port for a connection that the machine itself opens. */
  ephemeralPort(): number {
    return 32_768 + this.ports.below(28_232);
  }

  /** The processes that hold a socket: the one that made it and the workers it forked afterwards. */
  holders(socket: Socket, at?: number): Process[] {
    const owner = this.process(socket.pid, at);
    if (!owner) return [];
    const workers = this.processes(at).filter((process) => process.parent === owner.pid && process.comm === owner.comm);
    return [...workers.reverse(), owner];
  }

  /** Everything that is in memory is gone; the disk stays. Nobody answers at its addresses. */
  losePower(): void {
    for (const process of this.processes()) this.exit(process.pid);
    for (const { id } of this.namespaces()) if (id !== HOST) this.deleteNetworkNamespace(id);
    this.ended.forget(HOST);
    this.unplug();
    this.nextPid = 1500 + this.gaps.below(400);
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
