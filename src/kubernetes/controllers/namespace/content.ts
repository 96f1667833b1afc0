import type { KubeObject } from '../../api/object';
import { type ResourceInfo, resources } from '../../api/registry';
import type { Client } from '../../apiserver/client';
import { isPodPhaseTerminal } from '../pod-state';
import type { Remains } from './conditions';

/** Seconds that whatever holds an object by a finalizer is given: `finalizerEstimateSeconds`. */
const finalizerEstimate = 15;

/** How far a namespace was emptied. */
export interface Emptied {
  /** Seconds until it is worth another look; 0 = nothing is left, or nobody knows why something is. */
  readonly estimate: number;
  readonly errors: readonly string[];
  /** Undefined while Pods are left: the rest is not touched before they are gone. */
  readonly remains: Remains | undefined;
}

/**
 * Deletes what is in a namespace: Pods first, the rest when they are gone.
 * Upstream: pkg/controller/namespace/deletion/namespaced_resources_deleter.go `deleteAllContent`
 */
export function deleteContent(client: Client, namespace: string, secondsGone: number): Emptied {
  const pods = deleteResource(client, podsInfo, namespace, graceOfPods(client, namespace, secondsGone));
  if (pods.left.length > 0) {
    return { estimate: pods.estimate, errors: pods.error ? [pods.error] : [], remains: undefined };
  }
  const errors: string[] = [];
  const instances = new Map<string, number>();
  const finalizers = new Map<string, number>();
  let estimate = 0;
  for (const info of resources) {
    if (!info.namespaced || info === podsInfo || !info.verbs.includes('deletecollection')) continue;
    const { left, error, estimate: seconds } = deleteResource(client, info, namespace, 0);
    if (error) errors.push(error);
    estimate = Math.max(estimate, seconds);
    if (left.length > 0) instances.set(`${info.plural}.${info.group}`, left.length);
    for (const name of left.flatMap(({ metadata }) => metadata.finalizers ?? []))
      finalizers.set(name, (finalizers.get(name) ?? 0) + 1);
  }
  return { estimate, errors, remains: { instances, finalizers } };
}

const [podsInfo] = resources.filter(({ name }) => name === 'pods');

/** `deleteAllContentForGroupVersionResource` */
function deleteResource(
  client: Client,
  info: ResourceInfo | undefined,
  namespace: string,
  grace: number,
): { left: KubeObject[]; estimate: number; error?: string } {
  if (!info) return { left: [], estimate: 0 };
  const { name, group, version, plural } = info;
  for (const { metadata } of client.list(name, namespace)) {
    if (!metadata.deletionTimestamp)
      client.delete(name, metadata.namespace, metadata.name, { propagationPolicy: 'Background' });
  }
  const left: KubeObject[] = client.list(name, namespace);
  if (left.length === 0) return { left, estimate: 0 };
  if (grace > 0) return { left, estimate: grace };
  if (left.some(({ metadata }) => metadata.finalizers?.length)) return { left, estimate: finalizerEstimate };
  const gvr = `${group}/${version}, Resource=${plural}`;
  return { left, estimate: 0, error: `unexpected items still remain in namespace: ${namespace} for gvr: ${gvr}` };
}

/** `estimateGracefulTermination`: the longest grace period of its Pods, as long as the namespace is not older than that. */
function graceOfPods(client: Client, namespace: string, secondsGone: number): number {
  const alive = client.list('pods', namespace).filter((pod) => !isPodPhaseTerminal(pod));
  const longest = Math.max(0, ...alive.map(({ spec }) => spec.terminationGracePeriodSeconds ?? 0));
  return secondsGone >= longest ? 0 : longest;
}
