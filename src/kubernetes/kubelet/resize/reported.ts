// Upstream: pkg/kubelet/kubelet_pods.go `convertContainerStatusResources`
import type { ResourceRequirements } from '../../api/generated/core-v1';

/**
 * What is said of a running container's resources: what it has been granted, with CPU and memory as they are in force,
 * or as they were told before where the runtime says nothing of them.
 */
export function resourcesInForce(
  granted: ResourceRequirements,
  actuated: ResourceRequirements | undefined,
  before: ResourceRequirements | undefined,
): ResourceRequirements {
  if (!actuated || actuated === granted) return granted;
  const out: ResourceRequirements = { ...granted };
  for (const side of ['limits', 'requests'] as const) {
    const list = granted[side];
    if (!list) continue;
    const said: Record<string, string> = { ...list };
    for (const name of ['cpu', 'memory']) {
      const amount = actuated[side]?.[name] ?? before?.[side]?.[name];
      if (amount !== undefined) said[name] = amount;
    }
    out[side] = said;
  }
  return out;
}
