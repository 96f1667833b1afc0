import type { Node, Pod } from '@/kubernetes/api/generated/core-v1';
import type { Lease } from '@/kubernetes/api/generated/coordination-v1';
import { addQuantities, milliValue, nanosOf } from '@/kubernetes/api/quantity';
import { findResource } from '@/kubernetes/api/registry';
import type { ResourceSlice } from '@/kubernetes/api/generated/resource-v1';
import type { KubectlFacts } from '@/kubernetes/api/versions/kubectl';
import { StatusError } from '../errors';
import type { Invocation } from '../invocation';
import { age } from '../output/age';
import { nodeRoles } from '../printers/nodes';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines, longTime } from './lines';
import { annotations, labels } from './metadata';
import { type Amounts, asResized, podLimits, podRequests } from './pod-resources';
import { typedAs, typedList } from '../resource/typed';

/** Upstream: kubectl/pkg/describe/describe.go `describeNode`. */
export const describeNode: Describer<Node> = (node, { invocation, events }) => {
  const { metadata, spec, status } = node;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Roles', nodeRoles(node).join(',') || '<none>');
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  taints(lines, node);
  lines.field('Unschedulable', spec.unschedulable ?? false);
  lease(lines, node, invocation);
  if (status.conditions?.length) {
    lines.add(0, 'Conditions:');
    lines.add(1, 'Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage');
    lines.add(1, '----\t------\t-----------------\t------------------\t------\t-------');
    for (const one of status.conditions) {
      const times = `${longTime(one.lastHeartbeatTime)} \t${longTime(one.lastTransitionTime)}`;
      lines.add(1, `${one.type} \t${one.status} \t${times} \t${one.reason ?? ''} \t${one.message ?? ''}`);
    }
  }
  lines.add(0, 'Addresses:');
  for (const one of status.addresses ?? []) lines.field(one.type, one.address, 1);
  amounts(lines, 'Capacity', status.capacity);
  amounts(lines, 'Allocatable', status.allocatable);
  slices(lines, node, invocation);
  systemInfo(lines, node, invocation.facts);
  if (spec.podCIDR) lines.field('PodCIDR', spec.podCIDR);
  if (spec.podCIDRs?.length) lines.field('PodCIDRs', spec.podCIDRs.join(','));
  if (spec.providerID) lines.field('ProviderID', spec.providerID);
  pods(lines, node, invocation);
  const found = [...eventsAbout(invocation, { ...node }), ...eventsAbout(invocation, { ...node }, metadata.name)];
  if (events) describeEvents(lines, [...new Map(found.map((one) => [one.metadata.uid, one])).values()], invocation.now);
  return lines.toString();
};

/** Sorted by effect, then key. Upstream: `printNodeTaintsMultiline`. */
function taints(lines: Lines, { spec }: Node): void {
  const sorted = [...(spec.taints ?? [])].sort((a, b) => (`${a.effect},${a.key}` < `${b.effect},${b.key}` ? -1 : 1));
  if (sorted.length === 0) lines.add(0, 'Taints:\t<none>');
  for (const [i, one] of sorted.entries()) {
    const value = one.value ? `=${one.value}` : '';
    lines.add(0, `${i === 0 ? 'Taints:' : ''}\t${one.key}${value}:${one.effect}`);
  }
}

function lease(lines: Lines, { metadata }: Node, invocation: Invocation): void {
  const mapping = findResource('leases', 'coordination.k8s.io');
  if (!mapping) return;
  try {
    const found = invocation.request('get', mapping, { namespace: 'kube-node-lease', name: metadata.name });
    // The resource asked for is that of Leases.
    const { spec } = typedAs<Lease>(found);
    lines.add(0, 'Lease:');
    lines.field('HolderIdentity', spec.holderIdentity ?? '<unset>', 1);
    lines.field('AcquireTime', spec.acquireTime ? longTime(spec.acquireTime) : '<unset>', 1);
    lines.field('RenewTime', spec.renewTime ? longTime(spec.renewTime) : '<unset>', 1);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    lines.add(0, `Lease:\tFailed to get lease: ${error.message}`);
  }
}

function amounts(lines: Lines, title: string, list: Amounts | undefined): void {
  const names = Object.keys(list ?? {}).sort();
  if (names.length === 0) return;
  lines.add(0, `${title}:`);
  for (const name of names) lines.field(name, list?.[name], 1);
}

/** Devices that only this node has: ten pools at most. Upstream: `describeNodeResourceSlices`. */
function slices(lines: Lines, { metadata }: Node, invocation: Invocation): void {
  const mapping = findResource('resourceslices', 'resource.k8s.io');
  if (!mapping || !invocation.facts.describesSlices) return;
  const found = invocation.list(mapping, { fieldSelector: `spec.nodeName=${metadata.name}` });
  const pools = new Map<string, { head: string; slices: number; devices: number }>();
  // The resource listed is that of ResourceSlices.
  for (const { spec } of typedList<ResourceSlice>(found)) {
    const key = `${spec.driver}/${spec.pool.name}`;
    const pool = pools.get(key) ?? { head: `${spec.driver}\t${spec.pool.name}`, slices: 0, devices: 0 };
    pools.set(key, { ...pool, slices: pool.slices + 1, devices: pool.devices + (spec.devices?.length ?? 0) });
  }
  if (pools.size === 0) return;
  lines.add(0, 'Node-Local ResourceSlices:');
  lines.add(1, 'Driver\tPool\tSlices\tDevices');
  lines.add(1, '------\t----\t------\t-------');
  const sorted = [...pools].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, pool] of sorted.slice(0, 10)) lines.add(1, `${pool.head}\t${pool.slices}\t${pool.devices}`);
  if (sorted.length > 10) lines.add(1, `...and ${sorted.length - 10} more pools`);
}

function systemInfo(lines: Lines, { status }: Node, facts: KubectlFacts): void {
  const info = status.nodeInfo;
  lines.add(0, 'System Info:');
  lines.field('Machine ID', info?.machineID, 1);
  lines.field('System UUID', info?.systemUUID, 1);
  lines.field('Boot ID', info?.bootID, 1);
  lines.field('Kernel Version', info?.kernelVersion, 1);
  lines.field('OS Image', info?.osImage, 1);
  lines.field('Operating System', info?.operatingSystem, 1);
  lines.field('Architecture', info?.architecture, 1);
  lines.field('Container Runtime Version', info?.containerRuntimeVersion, 1);
  lines.field('Kubelet Version', info?.kubeletVersion, 1);
  if (facts.describesKubeProxy) lines.field('Kube-Proxy Version', info?.kubeProxyVersion, 1);
}

/** Upstream: `describeNodeResource`. */
function pods(lines: Lines, node: Node, invocation: Invocation): void {
  const mapping = findResource('pods', '');
  if (!mapping) return;
  const fieldSelector = `spec.nodeName=${node.metadata.name},status.phase!=Succeeded,status.phase!=Failed`;
  // The resource listed is that of Pods.
  const list = typedList<Pod>(invocation.list(mapping, { fieldSelector }));
  const room: Amounts = node.status.allocatable ?? node.status.capacity ?? {};
  lines.add(0, `Non-terminated Pods:\t(${list.length} in total)`);
  lines.add(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  lines.add(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  for (const pod of list) {
    const resized = asResized(pod);
    const requests = podRequests(resized);
    const limits = podLimits(resized);
    const cells = [
      share(requests, room, 'cpu', ofNothing),
      share(limits, room, 'cpu', ofNothing),
      share(requests, room, 'memory', ofNothing),
      share(limits, room, 'memory', ofNothing),
    ];
    const { namespace = '', name, creationTimestamp } = pod.metadata;
    lines.add(1, `${namespace}\t${name}\t\t${cells.join('\t')}\t${age(creationTimestamp, invocation.now)}`);
  }
  const requests = sum(list.map(podRequests));
  const limits = sum(list.map(podLimits));
  lines.add(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)');
  lines.add(1, 'Resource\tRequests\tLimits');
  lines.add(1, '--------\t--------\t------');
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    lines.add(1, `${name}\t${share(requests, room, name)}\t${share(limits, room, name)}`);
  }
  for (const name of Object.keys(room)
    .filter((one) => one.startsWith('hugepages-'))
    .sort()) {
    lines.add(1, `${name}\t${share(requests, room, name)}\t${share(limits, room, name)}`);
  }
  const known = ['cpu', 'memory', 'ephemeral-storage', 'pods', 'storage'];
  for (const name of Object.keys(room)
    .filter((one) => !known.includes(one) && !one.startsWith('hugepages-'))
    .sort()) {
    lines.add(1, `${name}\t${requests[name] ?? '0'}\t${limits[name] ?? '0'}`);
  }
}

function sum(list: readonly Amounts[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const one of list)
    for (const [name, amount] of Object.entries(one)) out[name] = addQuantities(out[name], amount);
  return out;
}

/** What Go makes of a share of nothing when it cuts it to an int64 (amd64): only the totals are spared that. */
const ofNothing = '-9223372036854775808';

/** `100m (5%)`, the percentage cut; `none`: what stands there for a node that gives nothing. */
function share(list: Amounts, room: Amounts, name: string, none = '0'): string {
  const amount = list[name] ?? '0';
  const whole = name === 'cpu' ? milliValue(room[name]) : Number(nanosOf(room[name])) / 1e9;
  const part = name === 'cpu' ? milliValue(amount) : Number(nanosOf(amount)) / 1e9;
  const percent = whole === 0 ? none : String(Math.trunc((part / whole) * 100));
  return `${amount} (${percent}%)`;
}
