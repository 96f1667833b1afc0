import type { Container, Pod } from '@/kubernetes/api/generated/core-v1';
import { addQuantities, compareQuantities } from '@/kubernetes/api/quantity';

export type Amounts = Readonly<Record<string, string>>;

/** What a Pod asks for in all. Upstream: kubectl/pkg/util/resource/resource.go `PodRequestsAndLimits`. */
export function podRequests(pod: Pod): Amounts {
  return total(pod, (container) => container.resources?.requests ?? {});
}

export function podLimits(pod: Pod): Amounts {
  return total(pod, (container) => container.resources?.limits ?? {});
}

function total({ spec }: Pod, of: (container: Container) => Amounts): Amounts {
  const all: Record<string, string> = {};
  for (const container of spec.containers) add(all, of(container));
  const sidecars: Record<string, string> = {};
  const start: Record<string, string> = {};
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      add(all, of(container));
      add(sidecars, of(container));
      raise(start, sidecars);
      continue;
    }
    const own: Record<string, string> = { ...sidecars };
    add(own, of(container));
    raise(start, own);
  }
  raise(all, start);
  for (const [name, amount] of Object.entries(spec.overhead ?? {}))
    if (all[name] !== undefined) add(all, { [name]: amount });
  return all;
}

function add(into: Record<string, string>, more: Amounts): void {
  for (const [name, amount] of Object.entries(more)) into[name] = addQuantities(into[name], amount);
}

function raise(into: Record<string, string>, floor: Amounts): void {
  for (const [name, amount] of Object.entries(floor))
    if (compareQuantities(into[name], amount) < 0) into[name] = amount;
}
