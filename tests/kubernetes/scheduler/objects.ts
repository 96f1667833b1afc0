import type { Container, Node, Pod, PodSpec } from '@/kubernetes/api/generated/core-v1';
import { Cache } from '@/kubernetes/scheduler/cache';
import { type CycleOptions, schedule } from '@/kubernetes/scheduler/cycle';
import { fitErrorText } from '@/kubernetes/scheduler/fit-error';
import { PodInfo } from '@/kubernetes/scheduler/framework/pod-info';
import type { ObjectReader } from '@/kubernetes/scheduler/framework/snapshot';
import { postFilter } from '@/kubernetes/scheduler/preemption/default-preemption';

const stored = { creationTimestamp: '2026-01-05T09:00:00Z', resourceVersion: '1' };

/** Nothing but nodes and Pods. */
export const noObjects: ObjectReader = { get: () => undefined, list: () => [] };

export interface NodeOptions {
  readonly labels?: Record<string, string>;
  readonly spec?: Node['spec'];
  readonly allocatable?: Record<string, string>;
  readonly images?: Node['status']['images'];
}

export function node(name: string, { labels, spec, allocatable, images }: NodeOptions = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { ...stored, name, uid: `uid-${name}`, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: spec ?? {},
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...allocatable }, images },
  };
}

export interface PodOptions {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly spec?: Partial<PodSpec>;
  readonly container?: Partial<Container>;
  readonly status?: Pod['status'];
}

export function pod(name: string, { namespace = 'default', labels, spec, container, status }: PodOptions = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...stored, name, namespace, uid: `uid-${name}`, labels },
    spec: { schedulerName: 'default-scheduler', containers: [{ name: 'app', image: 'app:1', ...container }], ...spec },
    status: status ?? {},
  };
}

/** A Pod with one host port. */
export function portPod(
  name: string,
  hostPort: number,
  port: { hostIP?: string; protocol?: string } = {},
  options: PodOptions = {},
): Pod {
  return pod(name, { ...options, container: { ports: [{ containerPort: 80, hostPort, ...port }] } });
}

/** Nodes, and Pods by the node they are on. */
export function cacheWith(
  nodes: readonly Node[],
  bound: Readonly<Record<string, readonly Pod[]>> = {},
  objects = noObjects,
): Cache {
  const cache = new Cache(objects);
  for (const one of nodes) cache.putNode(one);
  for (const [name, pods] of Object.entries(bound)) for (const one of pods) cache.putPod(one, name);
  cache.refresh();
  return cache;
}

/** The node found, or the text of the refusal. */
export function attempt(cache: Cache, incoming: Pod, options?: CycleOptions): string {
  const info = new PodInfo(incoming);
  const result = schedule(cache, info, options);
  if (result.kind === 'found') return result.node;
  if (result.kind === 'no-nodes') return 'no nodes';
  const { message } = postFilter(cache, result.filters, result.diagnosis);
  return fitErrorText(
    cache.nodes.map((one) => one.name),
    result.diagnosis,
    message,
  );
}

/** The first part of a refusal: what the nodes are said to lack. */
export function reasons(cache: Cache, incoming: Pod): string {
  return attempt(cache, incoming).split('. ')[0] ?? '';
}
