import type { Pod, ResourceQuota } from '../api/generated/core-v1';
import { addQuantities, canonicalQuantity, compareQuantities } from '../api/quantity';
import { resources } from '../api/registry';
import type { ResourceMap, ResourceName } from '../api/object';

/** What is looked at: a client, or the store itself. */
export interface Lister {
  list<R extends ResourceName>(resource: R, namespace?: string): ResourceMap[R][];
}

/** Counted without `count/`: pkg/quota/v1/evaluator/core/registry.go */
export const plainCounts: readonly string[] = [
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
];

/** How much of a quota's `spec.hard` is in use. Upstream: pkg/quota/v1/resources.go `CalculateUsage` */
export function quotaUsage(client: Lister, quota: ResourceQuota): Record<string, string> {
  const namespace = quota.metadata.namespace ?? '';
  const pods = client.list('pods', namespace).filter((pod) => isCharged(pod) && inScopes(quota, pod));
  const hard = Object.keys(quota.spec?.hard ?? {});
  return Object.fromEntries(hard.map((name) => [name, usageOf(client, namespace, name, pods)]));
}

function usageOf(client: Lister, namespace: string, name: string, pods: readonly Pod[]): string {
  if (name === 'pods' || name === 'count/pods') return String(pods.length);
  if (name === 'services.nodeports' || name === 'services.loadbalancers')
    return String(servicesOf(client, namespace, name));
  const counted = plainCounts.includes(name) ? name : /^count\/(.+)$/.exec(name)?.[1];
  if (counted !== undefined) {
    const info = resources.find((one) => one.name === counted);
    return String(info ? client.list(info.name, namespace).length : 0);
  }
  const [kind, resource] = computeResource(name);
  const sum = pods.reduce((total, pod) => addQuantities(total, podResource(pod, kind, resource)), '0');
  return canonicalQuantity(sum) ?? sum;
}

/** `requests.cpu` and `cpu` → requests of cpu. */
export function computeResource(name: string): readonly [kind: 'requests' | 'limits', resource: string] {
  const [, kind, resource] = /^(requests|limits)\.(.+)$/.exec(name) ?? [];
  return [kind === 'limits' ? 'limits' : 'requests', resource ?? name];
}

function servicesOf(client: Lister, namespace: string, name: string): number {
  const services = client.list('services', namespace);
  if (name === 'services.loadbalancers')
    return services.filter((service) => service.spec.type === 'LoadBalancer').length;
  return services.reduce((sum, service) => sum + (service.spec.ports ?? []).filter((port) => port.nodePort).length, 0);
}

/** What one Pod is charged: the sum of its containers, or the largest init container where that is more. */
export function podResource(pod: Pod, kind: 'requests' | 'limits', resource: string): string {
  const of = (container: Pod['spec']['containers'][number]) => String(container.resources?.[kind]?.[resource] ?? '0');
  const sum = pod.spec.containers.reduce((total, container) => addQuantities(total, of(container)), '0');
  const init = (pod.spec.initContainers ?? []).map(of);
  const most = init.reduce((largest, one) => (compareQuantities(one, largest) > 0 ? one : largest), '0');
  const overhead = String(pod.spec.overhead?.[resource] ?? '0');
  return addQuantities(compareQuantities(most, sum) > 0 ? most : sum, overhead);
}

/** Finished Pods are free: `QuotaV1Pod`. */
function isCharged(pod: Pod): boolean {
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';
}

/** Whether a quota's scopes take in a Pod. */
export function inScopes(quota: ResourceQuota, pod: Pod): boolean {
  return (quota.spec?.scopes ?? []).every((scope) => {
    switch (scope) {
      case 'Terminating':
        return pod.spec.activeDeadlineSeconds !== undefined;
      case 'NotTerminating':
        return pod.spec.activeDeadlineSeconds === undefined;
      case 'BestEffort':
        return pod.status.qosClass === 'BestEffort';
      case 'NotBestEffort':
        return pod.status.qosClass !== 'BestEffort';
      default:
        return true;
    }
  });
}
