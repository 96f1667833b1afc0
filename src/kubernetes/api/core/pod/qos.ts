// Upstream: pkg/apis/core/v1/helper/qos/qos.go `ComputePodQOS`
import type { PodSpec, ResourceRequirements } from '../../generated/core-v1';
import { compareQuantities, nanosOf } from '../../quantity';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const counted = ['cpu', 'memory'] as const;

/** Guaranteed: every container limits cpu and memory and requests just that. BestEffort: nobody asks for anything. */
export function qosClass(spec: PodSpec): QosClass {
  if (spec.resources) return classOf([spec.resources]);
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  return classOf(containers.map((container) => container.resources ?? {}));
}

function classOf(all: readonly ResourceRequirements[]): QosClass {
  const asks = all.some(({ requests, limits }) =>
    counted.some((name) => nanosOf(requests?.[name]) > 0n || nanosOf(limits?.[name]) > 0n),
  );
  if (!asks) return 'BestEffort';
  const guaranteed = all.every(({ requests, limits }) =>
    counted.every(
      (name) =>
        nanosOf(limits?.[name]) > 0n && compareQuantities(requests?.[name] ?? limits?.[name], limits?.[name]) === 0,
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
