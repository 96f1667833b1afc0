import type { Pod } from '../../api/generated/core-v1';
import { wholeValue } from '../../api/quantity';
import type { PodStats } from './stats';
import { bytesText, type Observations, quantityOf, type Threshold } from './thresholds';

/**
 * Why a Pod had to go, and what its event says beside that. `met`: what there is too little of, the starved one first.
 * Upstream: pkg/kubelet/eviction/helpers.go `evictionMessage`
 */
export function evictionMessage(
  { metadata, spec }: Pod,
  starved: Threshold,
  observations: Observations,
  stats: PodStats | undefined,
): { readonly message: string; readonly annotations: Readonly<Record<string, string>> } {
  const { resource } = starved;
  const observed = observations[starved.signal];
  const [least, available] = [quantityOf(starved, observed), observed.available].map(bytesText);
  let message = `The node was low on resource: ${resource}. Threshold quantity: ${least}, available: ${available}. `;
  if (!stats) return { message, annotations: {} };
  const annotations: Record<string, string> = {};
  const asked = spec.resources?.requests?.memory;
  if (resource === 'memory' && asked !== undefined) {
    const used = bytesText(stats.memory);
    message += `Pod ${metadata.name} was using ${used}, request is ${asked}, has larger consumption of ${resource}. `;
    annotations.offending_pod = metadata.name;
    annotations.offending_pod_usage = used;
  }
  const offending: (readonly [name: string, used: string])[] = [];
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  for (const { name, memory, disk } of stats.containers) {
    const container = containers.find((one) => one.name === name);
    const used = resource === 'memory' ? memory : disk;
    const request = container?.resources?.requests?.[resource] ?? '0';
    if (!container || used <= wholeValue(request)) continue;
    message += `Container ${name} was using ${bytesText(used)}, request is ${request}, has larger consumption of ${resource}. `;
    offending.push([name, bytesText(used)]);
  }
  return {
    message,
    annotations: {
      ...annotations,
      offending_containers: offending.map(([name]) => name).join(','),
      offending_containers_usage: offending.map(([, used]) => used).join(','),
      starved_resource: resource,
    },
  };
}
