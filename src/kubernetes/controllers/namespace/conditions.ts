import type { NamespaceCondition } from '../../api/generated/core-v1';

/** What is left in a namespace after an attempt to empty it. */
export interface Remains {
  /** Instances by resource, as `configmaps.` or `deployments.apps`. */
  readonly instances: ReadonlyMap<string, number>;
  /** Instances by the finalizer that holds them. */
  readonly finalizers: ReadonlyMap<string, number>;
}

type Said = Pick<NamespaceCondition, 'status' | 'reason' | 'message'>;

const contentFailure = 'NamespaceDeletionContentFailure';
const contentRemaining = 'NamespaceContentRemaining';
const finalizersRemaining = 'NamespaceFinalizersRemaining';

/** What success reads like, in the order in which the conditions are kept. */
const successes: readonly (readonly [type: string, reason: string, message: string])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  [contentFailure, 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
  [contentRemaining, 'ContentRemoved', 'All content successfully removed'],
  [finalizersRemaining, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
];

/**
 * The conditions of a namespace that is being emptied. `remains` is undefined as long as only Pods were looked at.
 * Upstream: pkg/controller/namespace/deletion/status_condition_utils.go
 */
export function deletionConditions(
  before: readonly NamespaceCondition[],
  errors: readonly string[],
  remains: Remains | undefined,
  now: string,
): NamespaceCondition[] {
  const failures = failed(errors, remains);
  const conditions = [...before];
  for (const [type, reason, message] of successes) {
    const said = failures.get(type) ?? { status: 'False', reason, message };
    const at = conditions.findIndex((one) => one.type === type);
    const old = conditions[at];
    const lastTransitionTime = old?.status === said.status ? old.lastTransitionTime : now;
    const next = { type, status: said.status, lastTransitionTime, reason: said.reason, message: said.message };
    if (old) conditions[at] = next;
    else conditions.push(next);
  }
  return conditions;
}

function failed(errors: readonly string[], remains: Remains | undefined): Map<string, Said> {
  const out = new Map<string, Said>();
  if (errors.length > 0) {
    const text = [...errors].sort().join(', ');
    const message = `Failed to delete all resource types, ${errors.length} remaining: ${text}`;
    out.set(contentFailure, { status: 'True', reason: 'ContentDeletionFailed', message });
  }
  if (remains && remains.instances.size > 0) {
    const parts = [...remains.instances].map(([name, count]) => `${name} has ${count} resource instances`);
    const message = `Some resources are remaining: ${parts.sort().join(', ')}`;
    out.set(contentRemaining, { status: 'True', reason: 'SomeResourcesRemain', message });
  }
  if (remains && remains.finalizers.size > 0) {
    const parts = [...remains.finalizers].map(([name, count]) => `${name} in ${count} resource instances`);
    const message = `Some content in the namespace has finalizers remaining: ${parts.sort().join(', ')}`;
    out.set(finalizersRemaining, { status: 'True', reason: 'SomeFinalizersRemain', message });
  }
  return out;
}
