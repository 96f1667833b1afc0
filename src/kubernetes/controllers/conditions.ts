/** The fields that all workload conditions share. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** The condition of a type, whatever its status. */
export function conditionOf<C extends Condition>(conditions: readonly C[] | undefined, type: string): C | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** The list without the condition of that type; undefined when none is left, as `omitempty` writes it. */
export function withoutCondition<C extends Condition>(
  conditions: readonly C[] | undefined,
  type: string,
): C[] | undefined {
  const rest = (conditions ?? []).filter((condition) => condition.type !== type);
  return rest.length > 0 ? rest : undefined;
}

/**
 * Sets a condition the way `SetDeploymentCondition` and its siblings do: nothing happens while status and reason stay,
 * the transition time is kept while the status stays, and a changed condition moves to the end of the list.
 */
export function withCondition<C extends Condition>(conditions: readonly C[] | undefined, next: C): C[] {
  const current = conditionOf(conditions, next.type);
  if (current && current.status === next.status && current.reason === next.reason) return [...(conditions ?? [])];
  const kept =
    current && current.status === next.status ? { ...next, lastTransitionTime: current.lastTransitionTime } : next;
  return [...(withoutCondition(conditions, next.type) ?? []), kept];
}
