import type { Taint, Toleration } from '../api/generated/core-v1';

/**
 * Whether one toleration covers one taint.
 * Upstream: staging/src/k8s.io/api/core/v1/toleration.go `ToleratesTaint`
 */
export function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  switch (operator) {
    case undefined:
    case '':
    case 'Equal':
      return (value ?? '') === (taint.value ?? '');
    case 'Exists':
      return true;
    case 'Lt':
    case 'Gt':
      return comparesNumerically(operator, value, taint.value);
    default:
      return false;
  }
}

function comparesNumerically(operator: 'Lt' | 'Gt', value: string | undefined, actual: string | undefined): boolean {
  if (!/^-?\d+$/.test(value ?? '') || !/^-?\d+$/.test(actual ?? '')) return false;
  const [wanted, found] = [BigInt(value ?? '0'), BigInt(actual ?? '0')];
  return operator === 'Lt' ? found < wanted : found > wanted;
}

/** The first taint of one of `effects` that nothing tolerates. */
export function untoleratedTaint(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  effects: readonly string[] = ['NoSchedule', 'NoExecute'],
): Taint | undefined {
  return taints?.find(
    (taint) => effects.includes(taint.effect) && !tolerations?.some((toleration) => tolerates(toleration, taint)),
  );
}
