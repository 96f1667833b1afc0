/**
 * A count or a percentage of `total`; a percentage is rounded up or down, a count taken as it is.
 * Upstream: staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go `GetScaledValueFromIntOrPercent`
 */
export function scaledValue(value: string | number | undefined, total: number, roundUp: boolean): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const match = /^(\d+)%$/.exec(value);
  if (!match) return 0;
  const exact = (Number(match[1]) * total) / 100;
  return roundUp ? Math.ceil(exact) : Math.floor(exact);
}
