import type { Fact } from '../../component';
import type { Node, Pod } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import { wholeValue } from '../../api/quantity';
import type { NodeInfo } from '../framework/node-info';
import { maxNodeScore, type Plugin, type Refusal } from '../framework/plugin';
import type { PodInfo } from '../framework/pod-info';
import { type Resources, resourcesFrom } from '../../placement/resources';

const name = 'NodeResourcesFit';

interface Shortage {
  /** `cpu`, `pods` */
  readonly resource: string;
  readonly reason: string;
  readonly wanted: number;
  readonly used: number;
  readonly allocatable: number;
}

/**
 * All that a node is short of, in upstream's order.
 * Upstream: pkg/scheduler/framework/plugins/noderesources/fit.go `fitsRequest`
 */
function shortages(request: Resources, node: NodeInfo): Shortage[] {
  const found: Shortage[] = [];
  const check = (resource: string, wanted: number, used: number, allocatable: number, reason: string) => {
    if (wanted > 0 && wanted > allocatable - used) found.push({ resource, reason, wanted, used, allocatable });
  };
  const { requested, allocatable } = node;
  check('pods', 1, node.pods.length, node.allowedPods, 'Too many pods');
  check('cpu', request.milliCPU, requested.milliCPU, allocatable.milliCPU, 'Insufficient cpu');
  check('memory', request.memory, requested.memory, allocatable.memory, 'Insufficient memory');
  check(
    'ephemeral-storage',
    request.ephemeralStorage,
    requested.ephemeralStorage,
    allocatable.ephemeralStorage,
    'Insufficient ephemeral-storage',
  );
  for (const [resource, wanted] of request.scalar) {
    const used = requested.scalar.get(resource) ?? 0;
    check(resource, wanted, used, allocatable.scalar.get(resource) ?? 0, `Insufficient ${resource}`);
  }
  return found;
}

/** The usual case, without building a list. */
function fits(request: Resources, { requested, allocatable, pods, allowedPods }: NodeInfo): boolean {
  if (pods.length + 1 > allowedPods) return false;
  if (request.milliCPU > 0 && request.milliCPU > allocatable.milliCPU - requested.milliCPU) return false;
  if (request.memory > 0 && request.memory > allocatable.memory - requested.memory) return false;
  return request.ephemeralStorage === 0 && request.scalar.size === 0;
}

function refusalFor(request: Resources, node: NodeInfo): Refusal | undefined {
  if (fits(request, node)) return undefined;
  const found = shortages(request, node);
  if (found.length === 0) return undefined;
  // Evicting Pods does not help where the whole node would be too small. The number of Pods is not looked at so.
  const hopeless = found.some((one) => one.resource !== 'pods' && one.wanted > one.allocatable);
  return { plugin: name, reasons: found.map((one) => one.reason), resolvable: !hopeless };
}

function amount(resource: string, value: number): string {
  if (resource === 'cpu') return `${value}m`;
  if (resource !== 'memory' && resource !== 'ephemeral-storage') return String(value);
  return value % (1024 * 1024) === 0 ? `${value / (1024 * 1024)}Mi` : String(value);
}

function because(request: Resources, node: NodeInfo): Fact[] {
  return shortages(request, node).map(({ resource, wanted, used, allocatable }) => ({
    text:
      `${node.name} has ${amount(resource, allocatable)} of ${resource}, ${amount(resource, used)} is asked for ` +
      `already, and the Pod asks for ${amount(resource, wanted)}`,
    about: node.node ? [referenceTo(node.node)] : [],
  }));
}

/** Whether the Pod would fit the node if nothing else were on it. */
function fitsEmpty(pod: PodInfo, node: Node): boolean {
  const resources = resourcesFrom(node.status.allocatable);
  const { request } = pod;
  return (
    wholeValue(node.status.allocatable?.pods) >= 1 &&
    request.milliCPU <= resources.milliCPU &&
    request.memory <= resources.memory &&
    request.ephemeralStorage <= resources.ephemeralStorage &&
    [...request.scalar].every(([resource, wanted]) => wanted <= (resources.scalar.get(resource) ?? 0))
  );
}

/** Whether anything the Pod asks for has become more. Upstream: `haveAnyRequestedResourcesIncreased` */
function hasGrown(pod: PodInfo, before: Node, after: Node): boolean {
  const [old, now] = [resourcesFrom(before.status.allocatable), resourcesFrom(after.status.allocatable)];
  const { request } = pod;
  return (
    wholeValue(after.status.allocatable?.pods) > wholeValue(before.status.allocatable?.pods) ||
    (request.milliCPU > 0 && now.milliCPU > old.milliCPU) ||
    (request.memory > 0 && now.memory > old.memory) ||
    (request.ephemeralStorage > 0 && now.ephemeralStorage > old.ephemeralStorage) ||
    [...request.scalar.keys()].some((key) => (now.scalar.get(key) ?? 0) > (old.scalar.get(key) ?? 0))
  );
}

/** Share that is left, in per cent, whole numbers only. Upstream: least_allocated.go `leastRequestedScore` */
function leftOver(requested: number, allocatable: number): number {
  return requested > allocatable ? 0 : Math.trunc(((allocatable - requested) * maxNodeScore) / allocatable);
}

/** Enough CPU, memory, storage and room for one more Pod; prefers nodes with much left (`LeastAllocated`). */
export const nodeResourcesFit: Plugin = {
  name,
  weight: 1,
  preFilter({ request }) {
    return { filter: (node) => refusalFor(request, node), because: (node) => because(request, node) };
  },
  preScore({ soughtCPU, soughtMemory }) {
    return {
      score(node) {
        const { milliCPU, memory } = node.allocatable;
        const cpuLeft = milliCPU > 0 ? leftOver(node.countedCPU + soughtCPU, milliCPU) : 0;
        const memoryLeft = memory > 0 ? leftOver(node.countedMemory + soughtMemory, memory) : 0;
        const known = (milliCPU > 0 ? 1 : 0) + (memory > 0 ? 1 : 0);
        return known === 0 ? 0 : Math.trunc((cpuLeft + memoryLeft) / known);
      },
    };
  },
  events: [
    {
      resource: 'Pod',
      actions: ['Delete', 'UpdatePodScaleDown'],
      hint(waiting, event) {
        // Events of Pods carry Pods.
        const pod = (event.new ?? event.old) as Pod;
        const hasRoom = !!pod.spec.nodeName || !!pod.status.nominatedNodeName;
        return hasRoom || (event.new !== undefined && pod.metadata.uid === waiting.uid);
      },
    },
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeAllocatable'],
      hint(waiting, event) {
        // Events of nodes carry Nodes.
        const now = event.new as Node;
        return fitsEmpty(waiting, now) && (!event.old || hasGrown(waiting, event.old as Node, now));
      },
    },
  ],
};
