import type { ObjectReference } from '../api/object';
import { VersionedMap } from '../clock/history';
import type { ContainerRecord, SandboxRecord } from './records';

/** The sandboxes and containers of a node, with their history: `at` is a revision of the cluster. */
export class RuntimeRecords {
  private readonly sandboxTable: VersionedMap<SandboxRecord>;
  private readonly containerTable: VersionedMap<ContainerRecord>;

  /** `revision` begins a write and returns its number. `past`: the records of another at a revision, to be read only. */
  constructor(
    private readonly revision: () => number,
    past?: { readonly of: RuntimeRecords; readonly revision: number },
  ) {
    this.sandboxTable = past?.of.sandboxTable.asOf(past.revision) ?? new VersionedMap();
    this.containerTable = past?.of.containerTable.asOf(past.revision) ?? new VersionedMap();
  }

  container(id: string, at?: number): ContainerRecord | undefined {
    return this.containerTable.get(id, at);
  }

  sandbox(id: string, at?: number): SandboxRecord | undefined {
    return this.sandboxTable.get(id, at);
  }

  /** All containers of a Pod, oldest first. */
  podContainers(uid: string | undefined, at?: number): ContainerRecord[] {
    return [...this.containerTable.values(at)].filter((one) => one.pod.uid === uid);
  }

  podSandboxes(uid: string | undefined, at?: number): SandboxRecord[] {
    return [...this.sandboxTable.values(at)].filter((one) => one.pod.uid === uid);
  }

  /** UIDs of all Pods that something is left of. */
  podReferences(): ObjectReference[] {
    const found = new Map<string, ObjectReference>();
    for (const sandbox of this.sandboxTable.values()) found.set(sandbox.pod.uid ?? '', sandbox.pod);
    return [...found.values()];
  }

  protected containersOf(sandbox: string): ContainerRecord[] {
    return [...this.containerTable.values()].filter((one) => one.sandbox === sandbox);
  }

  protected putContainer(record: ContainerRecord): void {
    this.containerTable.set(record.id, record, this.revision());
  }

  protected putSandbox(record: SandboxRecord): void {
    this.sandboxTable.set(record.id, record, this.revision());
  }

  protected dropContainer(id: string): void {
    this.containerTable.set(id, undefined, this.revision());
  }

  protected dropSandbox(id: string): void {
    this.sandboxTable.set(id, undefined, this.revision());
  }
}
