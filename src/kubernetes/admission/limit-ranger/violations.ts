// Upstream: plugin/pkg/admission/limitranger/admission.go `PodValidateLimitFunc`, `PersistentVolumeClaimValidateLimitFunc`
import type { LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod } from '../../api/generated/core-v1';
import { canonicalQuantity, compareQuantities, milliValue, wholeValue } from '../../api/quantity';
import type { ResourceList } from '../../placement/resources';
import { podTotal } from '../../placement/pod-total';

/** One resource of one limited thing, and the bound it is held to. */
interface Held {
  /** `Container`, `Pod`, `PersistentVolumeClaim` */
  readonly type: string;
  /** `cpu` */
  readonly name: string;
  readonly bound: string;
  readonly request: string | undefined;
  readonly limit: string | undefined;
}

type Constraint = (held: Held) => string | undefined;

/** What a Pod does against the limits of its containers and of itself. */
export function podViolations({ spec }: LimitRange, { spec: pod }: Pod): string[] {
  const containers = [...pod.containers, ...(pod.initContainers ?? [])];
  return (spec?.limits ?? []).flatMap((item) => {
    if (item.type === 'Container') {
      return containers.flatMap(({ resources }) => check(item, resources?.requests, resources?.limits));
    }
    return item.type === 'Pod' ? check(item, podTotal(pod, 'requests'), podTotal(pod, 'limits')) : [];
  });
}

/** What a claim asks for against what may be asked for. Its limits play no part. */
export function claimViolations({ spec }: LimitRange, claim: PersistentVolumeClaim): string[] {
  const requests = claim.spec.resources?.requests;
  return (spec?.limits ?? [])
    .filter(({ type }) => type === 'PersistentVolumeClaim')
    .flatMap((item) => [
      ...each(item, item.min, requests, undefined, belowMin),
      ...each(item, item.max, requests, undefined, requestAboveMax),
    ]);
}

function check(item: LimitRangeItem, requests: ResourceList | undefined, limits: ResourceList | undefined): string[] {
  return [
    ...each(item, item.min, requests, limits, belowMin),
    ...each(item, item.max, requests, limits, aboveMax),
    ...each(item, item.maxLimitRequestRatio, requests, limits, aboveRatio),
  ];
}

/** Upstream goes by a map here, in any order; this goes by name. */
function each(
  { type }: LimitRangeItem,
  bounds: ResourceList | undefined,
  requests: ResourceList | undefined,
  limits: ResourceList | undefined,
  constraint: Constraint,
): string[] {
  return Object.entries(bounds ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, bound]) => {
      const held = { type, name, bound: printed(bound), request: requests?.[name], limit: limits?.[name] };
      return constraint(held) ?? [];
    });
}

const belowMin: Constraint = ({ type, name, bound, request, limit }) => {
  const rule = `minimum ${name} usage per ${type} is ${bound}`;
  if (request === undefined) return `${rule}.  No request is specified`;
  if (compareQuantities(request, bound) < 0) return `${rule}, but request is ${printed(request)}`;
  if (limit !== undefined && compareQuantities(limit, bound) < 0) return `${rule}, but limit is ${printed(limit)}`;
  return undefined;
};

const aboveMax: Constraint = (held) => {
  const { type, name, bound, request, limit } = held;
  const rule = `maximum ${name} usage per ${type} is ${bound}`;
  if (limit === undefined) return `${rule}.  No limit is specified`;
  if (compareQuantities(limit, bound) > 0) return `${rule}, but limit is ${printed(limit)}`;
  return request === undefined ? undefined : requestAboveMax(held);
};

const requestAboveMax: Constraint = ({ type, name, bound, request }) => {
  const rule = `maximum ${name} usage per ${type} is ${bound}`;
  if (request === undefined) return `${rule}.  No request is specified`;
  return compareQuantities(request, bound) > 0 ? `${rule}, but request is ${printed(request)}` : undefined;
};

const aboveRatio: Constraint = ({ type, name, bound, request, limit }) => {
  const rule = `${name} max limit to request ratio per ${type} is ${bound}`;
  // In thousandths, unless one of the three is too much for that.
  const count = [request, limit, bound].every((one) => wholeValue(one) <= maxMilliValue) ? milliValue : wholeValue;
  const [asked, allowed] = [count(request), count(limit)];
  if (asked === 0) return `${rule}, but no request is specified or request is 0`;
  if (allowed === 0) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = allowed / asked;
  return ratio * 1000 > milliValue(bound) ? `${rule}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
};

/** Upstream `resource.MaxMilliValue`: more thousandths do not fit in 64 bits. */
const maxMilliValue = (2 ** 63 - 1) / 1000;

function printed(quantity: string): string {
  return canonicalQuantity(quantity) ?? quantity;
}
