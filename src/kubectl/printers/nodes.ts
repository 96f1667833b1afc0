import type { Node } from '@/kubernetes/api/generated/core-v1';
import { type Column, ageColumn, column, nameColumn, orNone, wide } from './column';

const rolePrefix = 'node-role.kubernetes.io/';

export const nodes: readonly Column<Node>[] = [
  nameColumn(),
  column('STATUS', nodeStatus),
  column('ROLES', (node) => orNone(nodeRoles(node).join(','))),
  ageColumn(),
  column('VERSION', ({ status }) => status.nodeInfo?.kubeletVersion ?? ''),
  wide('INTERNAL-IP', (node) => address(node, 'InternalIP')),
  wide('EXTERNAL-IP', (node) => address(node, 'ExternalIP')),
  wide('OS-IMAGE', ({ status }) => status.nodeInfo?.osImage || '<unknown>'),
  wide('KERNEL-VERSION', ({ status }) => {
    const info = status.nodeInfo;
    if (!info?.kernelVersion) return '<unknown>';
    return info.architecture ? `${info.kernelVersion} (${info.architecture})` : info.kernelVersion;
  }),
  wide('CONTAINER-RUNTIME', ({ status }) => status.nodeInfo?.containerRuntimeVersion || '<unknown>'),
];

function nodeStatus(node: Node): string {
  const ready = node.status.conditions?.find((one) => one.type === 'Ready');
  const word = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return node.spec.unschedulable ? `${word},SchedulingDisabled` : word;
}

/** Sorted. Upstream: printers.go `findNodeRoles`. */
export function nodeRoles(node: Node): string[] {
  const roles = Object.entries(node.metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix) && key.length > rolePrefix.length) return [key.slice(rolePrefix.length)];
    return key === 'kubernetes.io/role' && value ? [value] : [];
  });
  return [...new Set(roles)].sort();
}

function address(node: Node, type: string): string {
  return orNone(node.status.addresses?.find((one) => one.type === type)?.address);
}
