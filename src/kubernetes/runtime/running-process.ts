import type { Pod } from '../api/generated/core-v1';
import { wholeValue } from '../api/quantity';
import type { Task, Wait } from '../clock/task';
import type { Millis } from '../clock/clock';
import type { HostFiles } from '../network/host-files';
import { queryServer, resolveName } from '../network/dns/resolver';
import type { AppRequest, AppResponse, BindError, ListenOptions, Process, Socket } from '../network/kernel';
import type { WalkResult } from '../network/packet-walk';
import { kernelReleaseOf } from '../node-system';
import type { Image } from './catalogue';
import { type HostMount, hostMounts, onHost } from './host-mounts';
import type { Device, ProcessHandle, Program, Signal } from './process';
import type { ContainerRecord, SandboxRecord } from './records';
import type { Runtime } from './runtime';
import { type WriteError, writeError } from './write-rights';

interface Doors {
  /** Asks to be resumed at `at`; `turn` tells whether the wish still holds then. */
  wake(at: Millis, turn: number): void;
  ended(exitCode: number): void;
}

const noMounts = { spec: undefined, list: [] };

/** From `execve` to the first thing that a program does itself: linking, and what its language sets up. */
const loading: Millis = 5;

/** From a process's end until the runtime has heard of it from the shim that waited for it, and noted it down. */
const reaping: Millis = 20;

/** The signal that came last, until it is taken, and who sent it. */
interface Inbox {
  pending: Signal | undefined;
  sender: number;
}

/** A container's first process while it runs: its program, moved on by timers and signals. */
export class RunningProcess implements ProcessHandle {
  private task: Task<number> | undefined;
  private doors: Doors | undefined;
  private turn = 0;
  private waiting: Wait = {};
  /** What its Pod shows it of the node's files, as read from this specification. */
  private mounts: { readonly spec: Pod['spec'] | undefined; readonly list: readonly HostMount[] } = noMounts;
  /** Of a program that has ended. */
  private exitCode: number | undefined;

  constructor(
    private readonly runtime: Runtime,
    readonly record: ContainerRecord,
    readonly sandbox: SandboxRecord,
    readonly process: Process,
    readonly argv: readonly string[],
    private readonly inbox: Inbox = { pending: undefined, sender: 0 },
  ) {}

  begin(program: Program, doors: Doors): void {
    this.doors = doors;
    this.task = program(this);
    doors.wake(this.now + loading, this.turn);
  }

  /** Moves on to the next wait, if `turn` is still the current one. */
  resume(turn: number): void {
    if (turn !== this.turn) return;
    if (this.exitCode !== undefined) this.doors?.ended(this.exitCode);
    if (!this.task) return;
    this.turn++;
    const step = this.task.next();
    if (step.done) {
      this.task = undefined;
      this.exitCode = step.value;
      this.doors?.wake(this.now + reaping, this.turn);
      return;
    }
    this.waiting = step.value;
    if (this.waiting.until !== undefined) this.doors?.wake(this.waiting.until, this.turn);
  }

  signal(signal: Signal, sender = 0): void {
    this.inbox.pending = signal;
    this.inbox.sender = sender;
    if (this.task) this.doors?.wake(this.now, this.turn);
  }

  stop(): void {
    this.task = undefined;
    this.exitCode = undefined;
  }

  pendingSignal(): Signal | undefined {
    return this.inbox.pending;
  }

  takeSignal(): Signal | undefined {
    const signal = this.inbox.pending;
    this.inbox.pending = undefined;
    return signal;
  }

  get signalSender(): number {
    return this.inbox.sender;
  }

  signalFirst(signal: Signal, sender: number): void {
    this.runtime.signal(this.record.id, signal, sender);
  }

  become(argv: readonly string[]): ProcessHandle {
    this.rename((argv[0] ?? '').replace(/^.*\//, ''), argv);
    return this.withCommand(argv);
  }

  /** The same process and its signals, with another command line. */
  protected withCommand(argv: readonly string[]): RunningProcess {
    return new RunningProcess(this.runtime, this.record, this.sandbox, this.process, argv, this.inbox);
  }

  /** Another command inside the container, whose output goes to `write` and not to the log. */
  inside(argv: readonly string[], write: Write): ProcessHandle {
    return new CommandInside(this.runtime, this, argv, write);
  }

  get container(): { namespace: string; pod: string; name: string } {
    const { pod, name } = this.record;
    return { namespace: pod.namespace ?? 'default', pod: pod.name, name };
  }

  get image(): Image {
    return this.record.image;
  }

  get environment(): ReadonlyMap<string, string> {
    return this.record.config.environment;
  }

  get hostname(): string {
    return this.sandbox.hostname;
  }

  get kernelVersion(): string {
    return kernelReleaseOf(this.runtime.node);
  }

  get cpus(): number {
    return Number(this.runtime.node.capacity?.cpu ?? 2);
  }

  get memoryBytes(): number {
    return wholeValue(this.runtime.node.capacity?.memory ?? '8Gi');
  }

  interfaces(): Device[] {
    const all = this.runtime.kernel.interfaces(this.process.namespace);
    const hasPorts = all.some((one) => one.kind === 'veth');
    return all.map((device) => ({ ...device, carrier: device.kind !== 'bridge' || hasPorts }));
  }

  get now(): Millis {
    return this.runtime.cluster.clock.now;
  }

  get date(): number {
    return this.runtime.cluster.clock.epoch + this.now;
  }

  read(path: string): string | undefined {
    const { files, at } = this.whereIs(path);
    return files?.read(at);
  }

  list(path: string): readonly string[] | undefined {
    const { files, at, isFolder } = this.whereIs(path);
    return files?.list(at) ?? (isFolder ? [] : undefined);
  }

  writeError(path: string): WriteError | undefined {
    return writeError(this.record.config.rights, this.process.uid, path);
  }

  modified(path: string): number | undefined {
    const { files, at } = this.whereIs(path);
    const revision = files?.lastChange(at);
    const { clock, revisions } = this.runtime.cluster;
    return revision === undefined ? undefined : clock.epoch + revisions.timeOf(revision);
  }

  /** The files among which a path of the container lies. What somebody has written since it began is there too. */
  private whereIs(path: string): { files: HostFiles | undefined; at: string; isFolder: boolean } {
    const { kernel, cluster } = this.runtime;
    const { pod } = this.record;
    const mounts = this.mountsOf(cluster.store.get('pods', pod.namespace ?? 'default', pod.name));
    const onNode = onHost(mounts, path);
    if (onNode === undefined) return { files: kernel.root(this.record.id)?.files, at: path, isFolder: false };
    return { files: kernel.files, at: onNode, isFolder: mounts.some(({ inside }) => inside === path) };
  }

  private mountsOf(pod: Pod | undefined): readonly HostMount[] {
    if (this.mounts.spec !== pod?.spec)
      this.mounts = { spec: pod?.spec, list: pod ? hostMounts(pod, this.record.name) : [] };
    return this.mounts.list;
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    this.runtime.logs.get(this.record.id)?.write(this.now, stream, text);
  }

  lookUp(name: string, server?: string): readonly string[] | 'nxdomain' | 'silent' | 'refused' {
    const { cluster, kernel } = this.runtime;
    const from = { kernel, namespace: this.process.namespace };
    if (server !== undefined) {
      const { status, records } = queryServer(cluster, from, server, name, 'A');
      if (status === 'found') return records.map(({ data }) => data);
      return status === 'nodata' ? 'nxdomain' : status;
    }
    const files = { hostsFile: this.read('/etc/hosts') ?? '', resolverFile: this.read('/etc/resolv.conf') ?? '' };
    const found = resolveName(cluster, { ...from, ...files }, name);
    return typeof found === 'string' ? found : found.addresses;
  }

  connect(
    address: string,
    port: number,
    http: NonNullable<AppRequest['http']>,
  ): { result: WalkResult; response?: AppResponse } {
    const from = { kernel: this.runtime.kernel, namespace: this.process.namespace };
    const { walk, response } = this.runtime.cluster.network.request(from, { protocol: 'TCP', address, port }, { http });
    return { result: walk.result, ...(response ? { response } : {}) };
  }

  listen(options: ListenOptions): Socket | BindError {
    return this.runtime.kernel.listen(this.process.pid, options);
  }

  close(socket: number): void {
    this.runtime.kernel.close(socket);
  }

  rename(comm: string, command: readonly string[]): void {
    this.runtime.kernel.rename(this.process.pid, comm, command);
  }

  fork({ comm, title, uid }: { comm: string; title: string; uid?: number }): Process {
    const { namespace, pidNamespace, bounding, container, owner, pid } = this.process;
    const capabilities = uid ? [] : this.process.capabilities;
    const child = { namespace, pidNamespace, capabilities, bounding, container, owner, parent: pid };
    return this.runtime.kernel.spawn({ ...child, comm, command: [title], uid: uid ?? this.process.uid });
  }

  reap({ pid }: Process): void {
    this.runtime.kernel.exit(pid);
  }
}

type Write = ProcessHandle['write'];

/** A command inside a container, beside its first process: it gets no signals. */
class CommandInside extends RunningProcess {
  constructor(
    private readonly at: Runtime,
    private readonly first: RunningProcess,
    argv: readonly string[],
    private readonly told: Write,
  ) {
    super(at, first.record, first.sandbox, first.process, argv);
  }

  override write(stream: 'stdout' | 'stderr', text: string): void {
    this.told(stream, text);
  }

  protected override withCommand(argv: readonly string[]): RunningProcess {
    return new CommandInside(this.at, this.first, argv, this.told);
  }
}
