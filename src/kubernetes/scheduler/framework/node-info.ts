import type { Node, Taint } from '../../api/generated/core-v1';
import type { LabelSelector } from '../../api/generated/meta-v1';
import type { Labels } from '../../api/label-selector';
import { deepEqual } from '../../api/object';
import { HostPortIndex } from '../../placement/host-ports';
import type { PodInfo } from './pod-info';
import { addResources, noResources, type Resources, resourcesFrom } from '../../placement/resources';
import { wholeValue } from '../../api/quantity';

/** How large an image is, and which nodes have it. One object for the whole cluster, shared by its nodes. */
export interface ImageState {
  readonly size: number;
  readonly nodes: Set<string>;
}

const none: readonly never[] = [];
const noLabels: Labels = {};

/**
 * A node and the Pods on it, with sums kept up to date as Pods come and go. A Pod may be here before its node is
 * (or after it went): then `node` is undefined and nobody schedules to it.
 * Upstream: pkg/scheduler/framework/types.go `NodeInfo`
 */
export class NodeInfo {
  node: Node | undefined;
  labels: Labels = noLabels;
  taints: readonly Taint[] = none;
  allocatable: Resources = noResources();
  allowedPods = 0;
  images: ReadonlyMap<string, ImageState> = new Map();
  readonly pods: PodInfo[] = [];
  readonly podsWithAffinity = new Set<PodInfo>();
  readonly podsWithRequiredAntiAffinity = new Set<PodInfo>();
  readonly ports = new HostPortIndex<PodInfo>();
  readonly requested: Resources = noResources();
  countedCPU = 0;
  countedMemory = 0;

  /** What was counted last: one search after the other asks the same, and most nodes stay as they are in between. */
  private counted: { readonly selector: LabelSelector; readonly namespace: string; readonly pods: number } | undefined;

  constructor(readonly name: string) {}

  /** How many of its Pods are in `namespace`, selected, and not being deleted. */
  countSelected(selector: LabelSelector, namespace: string): number {
    const { counted } = this;
    if (counted?.selector === selector && counted.namespace === namespace) return counted.pods;
    let pods = 0;
    for (const one of this.pods) if (one.namespace === namespace && one.countsFor(selector)) pods++;
    this.counted = { selector, namespace, pods };
    return pods;
  }

  setNode(node: Node | undefined): void {
    const offersTheSame = this.node && node && deepEqual(this.node.status.allocatable, node.status.allocatable);
    this.node = node;
    this.labels = node?.metadata.labels ?? noLabels;
    this.taints = node?.spec.taints ?? none;
    if (offersTheSame) return;
    this.allocatable = resourcesFrom(node?.status.allocatable);
    this.allowedPods = wholeValue(node?.status.allocatable?.pods);
  }

  addPod(pod: PodInfo): void {
    this.pods.push(pod);
    if (pod.hasAffinity) this.podsWithAffinity.add(pod);
    if (pod.requiredAntiAffinity.length > 0) this.podsWithRequiredAntiAffinity.add(pod);
    this.ports.add(pod.hostPorts, pod);
    this.count(pod, 1);
  }

  removePod(pod: PodInfo): void {
    const at = this.pods.indexOf(pod);
    if (at < 0) return;
    this.pods.splice(at, 1);
    this.podsWithAffinity.delete(pod);
    this.podsWithRequiredAntiAffinity.delete(pod);
    this.ports.remove(pod.hostPorts);
    this.count(pod, -1);
  }

  /** A copy to try things out on. */
  clone(): NodeInfo {
    const copy = new NodeInfo(this.name);
    copy.node = this.node;
    copy.labels = this.labels;
    copy.taints = this.taints;
    copy.allocatable = this.allocatable;
    copy.allowedPods = this.allowedPods;
    copy.images = this.images;
    for (const pod of this.pods) copy.addPod(pod);
    return copy;
  }

  private count(pod: PodInfo, times: 1 | -1): void {
    this.counted = undefined;
    addResources(this.requested, pod.request, times);
    this.countedCPU += pod.countedCPU * times;
    this.countedMemory += pod.countedMemory * times;
  }
}
