// Upstream: plugin/pkg/admission/limitranger/admission.go `minConstraint`, `maxConstraint`, `limitRequestRatioConstraint`
import type { LimitRangeItem } from '../../api/generated/core-v1';
import { canonicalQuantity, compareQuantities, nanosOf } from '../../api/quantity';

export type Amounts = Readonly<Record<string, string>>;

/** What requests and limits break of one item of a LimitRange; of claims only requests count. */
export function violations(item: LimitRangeItem, requests: Amounts, limits: Amounts): string[] {
  const onlyRequests = item.type === 'PersistentVolumeClaim';
  return [
    ...each(item.min, (name, min) => least(`minimum ${name} usage per ${item.type} is ${shown(min)}`, name, min)),
    ...each(item.max, (name, max) => most(`maximum ${name} usage per ${item.type} is ${shown(max)}`, name, max)),
    ...each(onlyRequests ? undefined : item.maxLimitRequestRatio, ratio),
  ];

  function least(text: string, name: string, min: string): string | undefined {
    const request = requests[name];
    const limit = limits[name];
    if (request === undefined) return `${text}.  No request is specified`;
    if (compareQuantities(request, min) < 0) return `${text}, but request is ${shown(request)}`;
    return limit !== undefined && compareQuantities(limit, min) < 0
      ? `${text}, but limit is ${shown(limit)}`
      : undefined;
  }

  function most(text: string, name: string, max: string): string | undefined {
    const request = requests[name];
    const limit = limits[name];
    if (!onlyRequests && limit === undefined) return `${text}.  No limit is specified`;
    if (onlyRequests && request === undefined) return `${text}.  No request is specified`;
    if (limit !== undefined && compareQuantities(limit, max) > 0) return `${text}, but limit is ${shown(limit)}`;
    const isTooMuch = request !== undefined && compareQuantities(request, max) > 0;
    return isTooMuch ? `${text}, but request is ${shown(request)}` : undefined;
  }

  function ratio(name: string, max: string): string | undefined {
    const text = `${name} max limit to request ratio per ${item.type} is ${shown(max)}, but`;
    const request = Number(nanosOf(requests[name]));
    const limit = Number(nanosOf(limits[name]));
    if (request === 0) return `${text} no request is specified or request is 0`;
    if (limit === 0) return `${text} no limit is specified or limit is 0`;
    const provided = limit / request;
    return provided > Number(nanosOf(max)) / 1e9 ? `${text} provided ratio is ${provided.toFixed(6)}` : undefined;
  }
}

function each(
  amounts: { readonly [name: string]: string } | undefined,
  judge: (name: string, amount: string) => string | undefined,
): string[] {
  return Object.entries(amounts ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, amount]) => judge(name, amount) ?? []);
}

function shown(amount: string): string {
  return canonicalQuantity(amount) ?? amount;
}
