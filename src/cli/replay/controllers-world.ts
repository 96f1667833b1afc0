import { parse } from 'yaml';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import type { NodeFile, WorldFile } from '@/kubernetes/world';

/** Turns a world file of tests/conformance/controllers into one of ours. */
export function controllersWorld(name: string, text: string, startTime: string): WorldFile {
  const file: unknown = parse(text);
  const world = isObject(file) ? file : {};
  const nodes = Array.isArray(world.nodes) ? world.nodes.filter(isObject) : [];
  return {
    name,
    startTime,
    kubelet: 'fake',
    chance: 'drawn',
    release: string(world.kubernetes) ?? 'v1.36.2',
    podCIDR: string(world.pod_cidr) ?? '10.244.0.0/16',
    serviceCIDR: string(world.service_cidr) ?? '10.96.0.0/12',
    machines: [{ name: 'client', ip: '10.0.0.100' }],
    nodes: nodes.map(node),
  };
}

/** A node that joins while the session runs: named and addressed as the others are. */
export function nextNode(world: WorldFile, name: string): NodeFile {
  const number = Number(/\d+$/.exec(name)?.[0] ?? world.nodes.length + 1);
  return {
    ...world.nodes[0],
    name,
    labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
    internalIP: `10.0.0.${10 + number}`,
    podCIDR: `10.244.${number}.0/24`,
  };
}

function node(value: JsonObject): NodeFile {
  return {
    name: string(value.name) ?? '',
    internalIP: string(value.internal_ip) ?? '',
    podCIDR: string(value.pod_cidr),
    labels: strings(value.labels),
    capacity: strings(value.capacity),
    osImage: string(value.os_image),
    kernelVersion: string(value.kernel),
    containerRuntimeVersion: string(value.container_runtime),
  };
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function strings(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}
