import type { ResourceQuota } from '../api/generated/core-v1';
import type { ResourceMap, ResourceName } from '../api/object';
import { addQuantities, canonicalQuantity } from '../api/quantity';
import { resources } from '../api/registry';
import { countedBy, evaluatorOf, matchesScopes } from './evaluators';

/** What is looked at: a client, or the store itself. */
export interface Lister {
  list<R extends ResourceName>(resource: R, namespace?: string): ResourceMap[R][];
}

/** How much of a quota's `spec.hard` is in use. Upstream: pkg/quota/v1/resources.go `CalculateUsage` */
export function quotaUsage(client: Lister, quota: ResourceQuota): Record<string, string> {
  const hard = Object.keys(quota.spec?.hard ?? {});
  const used: Record<string, string> = Object.fromEntries(hard.map((name) => [name, '0']));
  for (const resource of new Set(hard.map(countedBy))) {
    const info = resources.find((one) => one.name === resource);
    if (!info) continue;
    const evaluator = evaluatorOf(info.name);
    for (const object of client.list(info.name, quota.metadata.namespace)) {
      if (!matchesScopes(evaluator, quota, object)) continue;
      const usage = evaluator.usage(object);
      for (const name of hard) used[name] = addQuantities(used[name], usage[name]);
    }
  }
  return Object.fromEntries(Object.entries(used).map(([name, amount]) => [name, canonicalQuantity(amount) ?? amount]));
}
