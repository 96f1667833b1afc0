import { referenceTo } from '../api/object';
import type { Node, NodeCondition } from '../api/generated/core-v1';
import type { RandomStream } from '../clock/random';
import type { ComponentContext } from '../component';
import type { Image } from '../runtime/catalogue';
import type { Runtime } from '../runtime/runtime';
import type { NodeFile } from '../world';
import { initialNode, nodeStatus, reportEvery, statusChanged } from './node-status';

/** What is said of a node's conditions when they come to be: false, true. */
const pressureEvents = [
  ['MemoryPressure', 'NodeHasSufficientMemory', 'NodeHasInsufficientMemory'],
  ['DiskPressure', 'NodeHasNoDiskPressure', 'NodeHasDiskPressure'],
  ['PIDPressure', 'NodeHasSufficientPID', 'NodeHasInsufficientPID'],
] as const;

/** Registers a node and keeps its Node object and its lease up to date. */
export class NodeReporter {
  private reportedAt = -Infinity;
  private ids: { machine: string; boot: string };
  private boots = 0;
  /** What the last report knew of the node's cordon: a kubelet that starts takes it that there is none. */
  private lastUnschedulable = false;
  /** What the last report found unchanged: as long as it holds, there is nothing to compare. */
  private seen:
    | {
        readonly node: Node;
        readonly networkReady: boolean;
        readonly images: readonly Image[];
        readonly pressures: readonly string[];
      }
    | undefined;
  /** Whether its node was not known to the API when it registered last. */
  private registersNew = false;
  /** As of the kubelet's last look at the runtime. */
  networkReady = true;

  constructor(
    private readonly file: NodeFile,
    private readonly podCIDR: string,
    private readonly context: ComponentContext<never>,
    private readonly runtime: Runtime,
    /** What the node is short of: `MemoryPressure`. */
    private readonly pressures: () => readonly string[],
  ) {
    const random = context.random.stream(`machine/${file.name}`);
    const machine = random.text(32, '0123456789abcdef');
    // Containers of one machine have its kernel, which drew one id for all of them.
    const kernel = file.interfacePeer === undefined ? random : context.random.stream('machine');
    this.ids = { machine, boot: uuid(kernel) };
  }

  register(): void {
    this.noticeBoot();
    this.lookAtRuntime();
    this.lastUnschedulable = false;
    const isNew = !this.context.client.get('nodes', undefined, this.file.name);
    if (isNew) this.context.client.create('nodes', initialNode(this.facts()));
    this.registersNew = isNew;
    this.report();
  }

  /**
   * What a kubelet says of its start; those of the world's beginning are long forgotten. It looks at the disk of images
   * before anything has been measured. Upstream: kubelet.go `BirthCry`, images/image_gc_manager.go,
   * kubelet_node_status.go `initialNode`, cm/node_container_manager_linux.go.
   */
  tellStart(): void {
    const { client, timers, recorder } = this.context;
    const { name } = this.file;
    const node = client.get('nodes', undefined, name);
    if (!node || timers.now === this.runtime.cluster.clock.start) return;
    const event = (
      reason: string,
      message = `Node ${name} status is now: ${reason}`,
      type: 'Normal' | 'Warning' = 'Normal',
    ) => recorder('kubelet', name).event(referenceTo(node), type, reason, message);
    event('Starting', 'Starting kubelet.');
    event('InvalidDiskCapacity', 'invalid capacity 0 on image filesystem', 'Warning');
    for (const [, reason] of pressureEvents) event(reason);
    event('NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    if (this.registersNew && this.networkReady) event('NodeReady');
  }

  /** Says something else about the node. */
  tell(reason: string, message: string): void {
    const { client, recorder } = this.context;
    const { name } = this.file;
    const node = client.get('nodes', undefined, name);
    if (node) recorder('kubelet', name).event(referenceTo(node), 'Warning', reason, message);
  }

  /** The kernel draws a new id at every boot. */
  private noticeBoot(): void {
    const { boots } = this.runtime;
    if (boots === this.boots) return;
    this.boots = boots;
    this.ids = { ...this.ids, boot: uuid(this.context.random.stream(`boot/${this.file.name}/${boots}`)) };
  }

  /** What a kubelet goes by whose Node object is not there. Upstream: kubelet_getters.go `getNodeAnyWay` */
  get ownView(): Node {
    const node = initialNode(this.facts());
    // A stored object's UID and times are nobody's business here.
    return { ...node, metadata: { uid: '', creationTimestamp: '', resourceVersion: '', ...node.metadata } } as Node;
  }

  /** `updateRuntimeUp`: whether the network plugin is configured. */
  lookAtRuntime(): void {
    this.networkReady = this.runtime.cluster.network.cni(this.file.name).ready;
  }

  /** Writes the node's status when it says something new, or when the last report is five minutes old. */
  report(): void {
    const { client } = this.context;
    const node = client.get('nodes', undefined, this.file.name);
    // A kubelet registers once in its life: a Node that was deleted stays away until it starts again.
    if (!node || this.isUnchanged(node)) return;
    this.tellSchedulable(node);
    const old = node.status;
    const status = { ...old, ...nodeStatus(this.facts(), old.conditions ?? []) };
    const now = this.context.timers.now;
    if (now - this.reportedAt < reportEvery && !statusChanged(old, status)) {
      const { networkReady, runtime } = this;
      this.seen = { node, networkReady, images: [...runtime.images.values()], pressures: this.pressures() };
      return;
    }
    this.reportedAt = now;
    const ready = (conditions = old.conditions) => conditions?.find((one) => one.type === 'Ready')?.status;
    client.updateStatus('nodes', { ...node, status });
    this.tellBoot(node);
    this.tellPressures(node, status.conditions ?? []);
    if (ready() === ready(status.conditions)) return;
    const reason = ready(status.conditions) === 'True' ? 'NodeReady' : 'NodeNotReady';
    const message = `Node ${this.file.name} status is now: ${reason}`;
    this.context.recorder('kubelet', this.file.name).event(referenceTo(node), 'Normal', reason, message);
  }

  /** Upstream: pkg/kubelet/nodestatus/setters.go `MemoryPressureCondition`. */
  private tellPressures(node: Node, conditions: readonly NodeCondition[]): void {
    const recorder = this.context.recorder('kubelet', this.file.name);
    for (const [type, relief, trouble] of pressureEvents) {
      const before = node.status.conditions?.find((one) => one.type === type)?.status;
      const after = conditions.find((one) => one.type === type)?.status;
      if (before === undefined || before === after) continue;
      const reason = after === 'True' ? trouble : relief;
      recorder.event(referenceTo(node), 'Normal', reason, `Node ${this.file.name} status is now: ${reason}`);
    }
  }

  /** Upstream: pkg/kubelet/kubelet_node_status.go `recordNodeSchedulableEvent`. */
  private tellSchedulable(node: Node): void {
    const unschedulable = node.spec.unschedulable === true;
    if (unschedulable === this.lastUnschedulable) return;
    this.lastUnschedulable = unschedulable;
    const reason = unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable';
    const message = `Node ${this.file.name} status is now: ${reason}`;
    this.context.recorder('kubelet', this.file.name).event(referenceTo(node), 'Normal', reason, message);
  }

  /** Upstream: pkg/kubelet/nodestatus/setters.go `MachineInfo`. */
  private tellBoot(node: Node): void {
    const before = node.status.nodeInfo?.bootID ?? '';
    if (before === '' || before === this.ids.boot) return;
    const { name } = this.file;
    const message = `Node ${name} has been rebooted, boot id: ${this.ids.boot}`;
    this.context.recorder('kubelet', name).event(referenceTo(node), 'Warning', 'Rebooted', message);
  }

  renewLease(): void {
    const { client } = this.context;
    const { name } = this.file;
    const renewTime = this.context.microTimestamp();
    const lease = client.get('leases.coordination.k8s.io', 'kube-node-lease', name);
    if (lease) {
      client.update('leases.coordination.k8s.io', { ...lease, spec: { ...lease.spec, renewTime } });
      return;
    }
    const node = client.get('nodes', undefined, name);
    const owner = { apiVersion: 'v1', kind: 'Node', name, uid: node?.metadata.uid ?? '' };
    client.create('leases.coordination.k8s.io', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace: 'kube-node-lease', ownerReferences: [owner] },
      spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime },
    });
  }

  private isUnchanged(node: Node): boolean {
    const { seen, networkReady } = this;
    if (seen?.node !== node || seen.networkReady !== networkReady || seen.pressures !== this.pressures()) return false;
    if (this.context.timers.now - this.reportedAt >= reportEvery) return false;
    const { images } = this.runtime;
    if (images.size !== seen.images.length) return false;
    let i = 0;
    for (const image of images.values()) if (image !== seen.images[i++]) return false;
    return true;
  }

  private facts() {
    const images = [...this.runtime.images.values()].map((image) => ({
      names: [image.reference],
      sizeBytes: image.size,
    }));
    const { file, podCIDR, ids, networkReady } = this;
    const { world, timestamp } = this.context;
    return { file, podCIDR, world, ids, networkReady, images, timestamp, pressures: this.pressures() };
  }
}

function uuid(random: RandomStream): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, '0123456789abcdef')).join('-');
}
