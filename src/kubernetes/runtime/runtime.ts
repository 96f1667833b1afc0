import type { ObjectReference } from '../api/object';
import type { Cluster } from '../cluster';
import type { Millis, Timers } from '../clock/clock';
import { Draws } from '../clock/random';
import type { Task } from '../clock/task';
import type { Component } from '../component';
import type { HostKernel } from '../network/host';
import type { Process } from '../network/kernel';
import type { NodeFile } from '../world';
import type { Image } from './catalogue';
import { commandLine, execError, startError } from './command-line';
import { parseImageName } from './image-name';
import { imageId, imagesAtStart, pullImage } from './images';
import { ContainerLog } from './log';
import type { Signal } from './process';
import { RunningProcess } from './running-process';
import { terminationMessage } from './termination-message';
import { type SandboxWish, setUpSandbox, tearDownSandbox } from './sandbox';
import { spawnContainer } from './container-process';
import { programInside, resolveProgram } from './programs/resolve';
import { RuntimeRecords } from './runtime-records';
import { Usage } from './usage';
import type { ContainerConfig, ContainerRecord, LogRecord, SandboxRecord } from './records';

/** What the runtime tells the kubelet of a node (CRI `GetContainerEvents`). */
export interface RuntimeEvent {
  readonly pod: ObjectReference;
  readonly sequence: number;
  /** All containers of the Pod as they were at that moment. */
  readonly containers: readonly ContainerRecord[];
  readonly sandboxes: readonly SandboxRecord[];
}

/** A command that was begun inside a container, and what it has written so far: all, and to its standard error. */
export interface ExecCommand {
  readonly task: Task<number>;
  written(): { readonly output: string; readonly errors: string };
}

type Payload = { readonly resume: string; readonly turn: number };

const hex = '0123456789abcdef';

/**
 * The container runtime of a node: images, sandboxes, containers, their processes and logs. The kubelet talks to it
 * as over the CRI. It lives on when the kubelet stops. Records keep their history.
 */
export class Runtime extends RuntimeRecords implements Component<Payload> {
  readonly name: string;
  readonly watches = [];
  readonly kernel: HostKernel;
  readonly logs = new Map<string, ContainerLog>();
  /** The logs of containers that are gone, for whoever looks back. */
  private readonly oldLogs = new Map<string, ContainerLog>();
  /** What the node has pulled, by full reference. */
  readonly images: Map<string, Image>;
  private readonly processes = new Map<string, RunningProcess>();
  private readonly timers: Timers<Payload>;
  private readonly draws: Draws;
  private listener: ((pod: ObjectReference) => void) | undefined;
  /** How often the machine has been booted since the cluster's beginning. */
  boots = 0;
  private sequence = 0;
  private readonly changes = new Map<string, number>();
  /** Containers in which the kernel has killed something for want of memory. */
  private readonly outOfMemoryIn = new Set<string>();
  /** What is in use of the machine. */
  readonly usage = new Usage(this);
  /** When images were pulled, by reference. */
  readonly pulledAt = new Map<string, Millis>();
  /** Told of a process that the kernel has killed because the machine had no memory left. */
  tellOutOfMemory: (victim: Process) => void = () => undefined;

  /** What the kubelet has written to the node's journal. */
  readonly journal: LogRecord[] = [];

  constructor(
    readonly cluster: Cluster,
    readonly node: NodeFile,
    /** The runtime of which this one shows the moment at which `cluster` stands. */
    past?: Runtime,
  ) {
    super(
      () => cluster.revisions.advance(cluster.clock.now),
      past && { of: past, revision: cluster.revisions.current },
    );
    if (past) {
      for (const logs of [past.oldLogs, past.logs])
        for (const [id, log] of logs) this.logs.set(id, log.asOf(cluster.clock.now));
      this.journal.push(...past.journal.filter(({ at }) => at <= cluster.clock.now));
    }
    this.name = `containerd/${node.name}`;
    this.kernel = cluster.network.kernel(node.name);
    this.timers = cluster.clock.timers<Payload>(this.name);
    this.draws = new Draws(cluster.random);
    this.images = imagesAtStart(cluster);
  }

  start(): void {}

  observe(): void {}

  fire({ resume, turn }: Payload): void {
    this.processes.get(resume)?.resume(turn);
  }

  /** The one who is told of every change of a container. */
  listen(listener: (pod: ObjectReference) => void): void {
    this.listener = listener;
  }

  /** The number of the last change of a Pod: an event with this number or a higher one knows of all of them. */
  lastChange(uid: string): number {
    return this.changes.get(uid) ?? 0;
  }

  /** `RunPodSandbox`; an error is what the network plugin said. */
  runSandbox(pod: ObjectReference, wish: SandboxWish): SandboxRecord | { readonly error: string } {
    const id = this.draws.next(`sandbox/${pod.uid ?? ''}`).text(64, hex);
    const place = setUpSandbox(this.kernel, this.cluster.network.cni(this.node.name), id, pod, wish);
    if ('error' in place) return place;
    const { attempt, hostNetwork, hostname } = wish;
    const createdAt = this.cluster.clock.now;
    const record = { id, pod, attempt, ready: true, createdAt, hostNetwork, hostname, ...place };
    this.putSandbox(record);
    this.changed(pod);
    return record;
  }

  /** `StopPodSandbox`: its containers have ended; the network goes. */
  stopSandbox(id: string): void {
    const sandbox = this.sandbox(id);
    if (!sandbox?.ready) return;
    for (const container of this.containersOf(id)) this.kill(container.id);
    tearDownSandbox(this.kernel, this.cluster.network.cni(this.node.name), sandbox);
    this.putSandbox({ ...sandbox, ready: false, ip: undefined });
  }

  removeSandbox(id: string): void {
    this.stopSandbox(id);
    for (const container of this.containersOf(id)) this.removeContainer(container.id);
    this.dropSandbox(id);
  }

  /** `PullImage`: undefined when it is there now, else the registry's answer. */
  pull(reference: string): string | undefined {
    const error = pullImage(this.cluster, this.images, reference);
    const image = this.image(reference);
    if (error === undefined && image) this.pulledAt.set(image.reference, this.cluster.clock.now);
    return error;
  }

  image(reference: string): Image | undefined {
    return this.images.get(parseImageName(reference)?.full ?? reference);
  }

  createContainer(sandbox: SandboxRecord, config: ContainerConfig, image: Image): ContainerRecord {
    const record: ContainerRecord = {
      id: this.draws.next(`container/${sandbox.id}/${config.name}`).text(64, hex),
      sandbox: sandbox.id,
      pod: sandbox.pod,
      name: config.name,
      attempt: config.attempt,
      image,
      imageId: imageId(this.cluster, image),
      config,
      state: 'created',
      createdAt: this.cluster.clock.now,
      startedAt: undefined,
      finishedAt: undefined,
      exitCode: undefined,
      reason: undefined,
      message: undefined,
      pid: undefined,
      uid: config.uid ?? image.file?.user ?? 0,
    };
    this.logs.set(record.id, new ContainerLog());
    this.putContainer(record);
    return record;
  }

  /** `StartContainer`; the text of a refusal (no such program), or undefined. */
  startContainer(id: string): string | undefined {
    const record = this.container(id);
    const sandbox = record && this.sandbox(record.sandbox);
    if (!record || !sandbox) return `container "${id}" not found`;
    const argv = commandLine(record);
    const program = resolveProgram(argv, record.image, this.cluster.runCommand);
    const now = this.cluster.clock.now;
    if (!program) {
      const message = startError(argv[0] ?? '');
      this.putContainer({
        ...record,
        state: 'exited',
        startedAt: 0,
        finishedAt: now,
        exitCode: 128,
        reason: 'StartError',
        message,
      });
      this.changed(record.pod);
      return message;
    }
    const process = spawnContainer(this.kernel, record, sandbox, argv);
    this.putContainer({ ...record, state: 'running', startedAt: now, pid: process.pid });
    this.changed(record.pod);
    const running = new RunningProcess(this, record, sandbox, process, argv);
    this.processes.set(id, running);
    running.begin(program, {
      wake: (at, turn) => this.timers.at(at, { resume: id, turn }),
      ended: (exitCode) => this.ended(id, exitCode),
    });
    return undefined;
  }

  /**
   * `ExecSync`: begins to run a program inside a running container. A text is the runtime's error: there is no such
   * program.
   */
  exec(id: string, argv: readonly string[]): ExecCommand | string {
    const process = this.processes.get(id);
    const name = argv[0] ?? '';
    const program = process && programInside(argv, process.image, this.cluster.runCommand);
    if (!process || !program) return execError(this.draws.next(`exec/${id}`).text(64, hex), name);
    let [output, errors] = ['', ''];
    const write = (stream: string, text: string) => {
      output += text;
      if (stream === 'stderr') errors += text;
    };
    return { task: program(process.inside(argv, write)), written: () => ({ output, errors }) };
  }

  /** Sends the signal by which its image is stopped, or another; the program decides what it does. */
  signal(id: string, signal?: Signal, sender?: number): void {
    const process = this.processes.get(id);
    process?.signal(signal ?? process.image.file?.stopSignal ?? 'SIGTERM', sender);
  }

  /** SIGKILL. */
  kill(id: string): void {
    if (this.container(id)?.state === 'running') this.ended(id, 137);
  }

  /** The kernel has killed a process of a container for want of memory, or `whole`: all of them. */
  outOfMemory(id: string, whole: boolean): void {
    this.outOfMemoryIn.add(id);
    if (whole) this.kill(id);
  }

  /** `UpdateContainerResources`, as far as anything here is limited: by how many bytes of memory; 0 is no limit. */
  limitMemory(id: string, bytes: number): void {
    const record = this.container(id);
    if (!record) return;
    const { memoryLimit: _before, ...config } = record.config;
    this.putContainer({ ...record, config: bytes === 0 ? config : { ...config, memoryLimit: bytes } });
  }

  removeContainer(id: string): void {
    this.kill(id);
    const log = this.logs.get(id);
    if (log) this.oldLogs.set(id, log);
    this.logs.delete(id);
    this.dropContainer(id);
  }

  /** The handle of a running container, for what is executed inside it. */
  processOf(id: string): RunningProcess | undefined {
    return this.processes.get(id);
  }

  snapshot(pod: ObjectReference): RuntimeEvent {
    return {
      pod,
      sequence: this.sequence,
      containers: this.podContainers(pod.uid),
      sandboxes: this.podSandboxes(pod.uid),
    };
  }

  /** The machine stops: nothing runs on. */
  losePower(): void {
    for (const process of this.processes.values()) process.stop();
    this.processes.clear();
  }

  /**
   * After a boot, what ran is found ended, at a time and with a code that nobody knows. Upstream: containerd,
   * internal/cri/server/restart.go (`unknownExitCode`, `unknownExitReason`).
   */
  recover(): void {
    this.boots++;
    for (const { uid } of this.podReferences()) {
      for (const record of this.podContainers(uid)) {
        if (record.state === 'exited') continue;
        const finishedAt = this.cluster.clock.now;
        this.putContainer({ ...record, state: 'exited', finishedAt, exitCode: 255, reason: 'Unknown' });
      }
      for (const sandbox of this.podSandboxes(uid)) {
        if (!sandbox.ready) continue;
        if (!sandbox.hostNetwork) this.cluster.network.cni(this.node.name).del(sandbox.id);
        this.putSandbox({ ...sandbox, ready: false, ip: undefined });
      }
    }
  }

  private ended(id: string, exitCode: number): void {
    const record = this.container(id);
    if (record?.state !== 'running') return;
    this.processes.get(id)?.stop();
    this.processes.delete(id);
    if (record.pid !== undefined) this.endProcesses(record.pid);
    // containerd, internal/cri/server/events.go: the reason stands, whatever the container ends with.
    const ending = exitCode === 0 ? 'Completed' : 'Error';
    const reason = this.outOfMemoryIn.delete(id) ? 'OOMKilled' : ending;
    const written = this.kernel.root(id)?.files.read(record.config.terminationMessagePath) ?? '';
    const message = terminationMessage(record.config, written, this.logs.get(id), exitCode) || undefined;
    this.putContainer({ ...record, state: 'exited', finishedAt: this.cluster.clock.now, exitCode, reason, message });
    this.changed(record.pod);
  }

  /** A process and its children end; the children of a PID 1 go with it in any case. */
  private endProcesses(pid: number): void {
    for (const child of this.kernel.processes())
      if (child.parent === pid && child.container) this.kernel.exit(child.pid);
    this.kernel.exit(pid);
  }

  private changed(pod: ObjectReference): void {
    this.changes.set(pod.uid ?? '', ++this.sequence);
    this.listener?.(pod);
  }
}
