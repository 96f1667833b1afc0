import type { Node, NodeCondition } from '../api/generated/core-v1';
import { deepEqual, type Draft } from '../api/object';
import type { ComponentContext } from '../component';
import { containerRuntimeOf, kernelReleaseOf, osImageOf } from '../node-system';
import type { NodeFile, World } from '../world';
import { allocatableOf } from './eviction/reservation';
import { healthyConditions } from './fake-node';
import { networkNotReady } from './sync-pod';
import { serverFacts } from '../api/versions/server-facts';

// A node that reports nothing has been seen for this long at most (kubelet `nodeStatusReportFrequency`).
export const reportEvery = 300_000;
/** How often it looks whether there is something to report (`nodeStatusUpdateFrequency`). */
export const statusEvery = 10_000;
export const leaseEvery = 10_000;

const defaultCapacity = {
  cpu: '4',
  'ephemeral-storage': '51473868Ki',
  'hugepages-1Gi': '0',
  'hugepages-2Mi': '0',
  memory: '8131544Ki',
  pods: '110',
};

interface NodeFacts {
  readonly file: NodeFile;
  readonly podCIDR: string;
  readonly world: World;
  /** The machine's numbers that `describe node` shows. */
  readonly ids: { readonly machine: string; readonly boot: string };
  readonly networkReady: boolean;
  readonly images: readonly { readonly names: string[]; readonly sizeBytes: number }[];
  readonly timestamp: ComponentContext<unknown>['timestamp'];
  /** What the node is short of. */
  readonly pressures: readonly string[];
}

/** The Node object with which a kubelet registers: pkg/kubelet/kubelet_node_status.go `initialNode`. */
export function initialNode(facts: NodeFacts): Draft<Node> {
  const { file, podCIDR } = facts;
  const roles = Object.fromEntries((file.roles ?? []).map((role) => [`node-role.kubernetes.io/${role}`, '']));
  const controlPlane = file.roles?.includes('control-plane');
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: file.name,
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': file.hostname ?? file.name,
        'kubernetes.io/os': 'linux',
        ...roles,
        ...(controlPlane ? { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } : {}),
        ...file.labels,
      },
    },
    spec: { podCIDR, podCIDRs: [podCIDR], ...(file.taints?.length ? { taints: [...file.taints] } : {}) },
    status: nodeStatus(facts, []),
  };
}

/** pkg/kubelet/nodestatus/setters.go */
export function nodeStatus(facts: NodeFacts, before: readonly NodeCondition[]): Node['status'] {
  const { addresses, allocatable, capacity, ...rest } = machineStatus(facts);
  return { addresses, allocatable, capacity, conditions: conditions(facts, before), ...rest };
}

/** What a node says of its machine, for the ids and the list of images that it was made for: its reports share it. */
const machines = new WeakMap<NodeFacts['ids'], { readonly of: NodeFacts; readonly status: Node['status'] }>();

function machineStatus(facts: NodeFacts): Node['status'] {
  const { file, world, images } = facts;
  const known = machines.get(facts.ids);
  if (known?.of.file === file && known.of.world === world && sameImages(known.of.images, images)) return known.status;
  const capacity = { ...defaultCapacity, ...file.capacity };
  const { declaredFeatures } = serverFacts[world.kubernetes];
  const status: Node['status'] = {
    addresses: [
      { type: 'InternalIP', address: file.internalIP },
      { type: 'Hostname', address: file.hostname ?? file.name },
    ],
    allocatable: { ...allocatableOf(capacity), ...file.allocatable },
    capacity,
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    ...(declaredFeatures ? { declaredFeatures: [...declaredFeatures] } : {}),
    images: images.map(({ names, sizeBytes }) => ({ names, sizeBytes })),
    nodeInfo: {
      architecture: 'amd64',
      bootID: facts.ids.boot,
      containerRuntimeVersion: containerRuntimeOf(file),
      kernelVersion: kernelReleaseOf(file),
      kubeProxyVersion: '',
      kubeletVersion: world.release,
      machineID: facts.ids.machine,
      operatingSystem: 'linux',
      osImage: osImageOf(file),
      systemUUID: facts.ids.machine,
    },
  };
  machines.set(facts.ids, { of: facts, status });
  return status;
}

function sameImages(a: NodeFacts['images'], b: NodeFacts['images']): boolean {
  return a === b || deepEqual(a, b);
}

/** pkg/kubelet/nodestatus/setters.go `MemoryPressureCondition`, `DiskPressureCondition` */
const shortages: Readonly<Record<string, Pick<NodeCondition, 'reason' | 'message'>>> = {
  MemoryPressure: { reason: 'KubeletHasInsufficientMemory', message: 'kubelet has insufficient memory available' },
  DiskPressure: { reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure' },
};

function conditions(
  { networkReady, timestamp, pressures }: NodeFacts,
  before: readonly NodeCondition[],
): NodeCondition[] {
  const now = timestamp();
  return healthyConditions(now, before).map((condition) => {
    const old = before.find((one) => one.type === condition.type);
    if (pressures.includes(condition.type)) {
      const lastTransitionTime = old?.status === 'True' ? old.lastTransitionTime : now;
      return { ...condition, ...shortages[condition.type], status: 'True', lastTransitionTime };
    }
    if (condition.type !== 'Ready' || networkReady) return condition;
    return {
      ...condition,
      status: 'False',
      lastTransitionTime: old?.status === 'False' ? old.lastTransitionTime : now,
      reason: 'KubeletNotReady',
      message: networkNotReady.replace('network is not ready: ', ''),
    };
  });
}

/** Whether two statuses differ in more than the times of their heartbeats. */
export function statusChanged(before: Node['status'], next: Node['status']): boolean {
  const plain = (status: Node['status']) => ({
    ...status,
    conditions: status.conditions?.map((one) => ({ ...one, lastHeartbeatTime: undefined })),
  });
  return !deepEqual(plain(before), plain(next));
}
