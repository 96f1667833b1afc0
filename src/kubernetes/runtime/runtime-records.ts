import type { ObjectReference } from '../api/object';
import { PodTable } from './pod-table';
import type { ContainerRecord, SandboxRecord } from './records';

/** The sandboxes and containers of a node, with their history: `at` is a revision of the cluster. */
export class RuntimeRecords {
  private readonly sandboxTable: PodTable<SandboxRecord>;
  private readonly containerTable: PodTable<ContainerRecord>;

  /** `revision` begins a write and returns its number. `past`: the records of another at a revision, to be read only. */
  constructor(
    private readonly revision: () => number,
    past?: { readonly of: RuntimeRecords; readonly revision: number },
  ) {
    this.sandboxTable = past?.of.sandboxTable.asOf(past.revision) ?? new PodTable();
    this.containerTable = past?.of.containerTable.asOf(past.revision) ?? new PodTable();
  }

  container(id: string, at?: number): ContainerRecord | undefined {
    return this.containerTable.get(id, at);
  }

  sandbox(id: string, at?: number): SandboxRecord | undefined {
    return this.sandboxTable.get(id, at);
  }

  /** All containers of a Pod, oldest first. */
  podContainers(uid: string | undefined, at?: number): ContainerRecord[] {
    return this.containerTable.of(uid, at);
  }

  podSandboxes(uid: string | undefined, at?: number): SandboxRecord[] {
    return this.sandboxTable.of(uid, at);
  }

  /** UIDs of all Pods that something is left of. */
  podReferences(): ObjectReference[] {
    const found = new Map<string, ObjectReference>();
    for (const sandbox of this.sandboxTable.values()) found.set(sandbox.pod.uid ?? '', sandbox.pod);
    return [...found.values()];
  }

  protected containersOf(sandbox: string): ContainerRecord[] {
    return this.containerTable.of(this.sandbox(sandbox)?.pod.uid).filter((one) => one.sandbox === sandbox);
  }

  protected putContainer(record: ContainerRecord): void {
    this.containerTable.put(record, this.revision());
  }

  protected putSandbox(record: SandboxRecord): void {
    this.sandboxTable.put(record, this.revision());
  }

  protected dropContainer(id: string): void {
    this.containerTable.drop(id, this.revision());
  }

  protected dropSandbox(id: string): void {
    this.sandboxTable.drop(id, this.revision());
  }
}
