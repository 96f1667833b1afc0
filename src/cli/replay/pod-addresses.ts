import { parseCidr } from '@/kubernetes/network/address';

/**
 * How far the addresses of a node's Pods had been handed out when a recording began: the lowest host part that one of
 * its commands printed. A recording does not state it, but Pods of the sessions before had the ones below.
 */
export function nextPodAddress(outputs: readonly string[], podCIDR: string | undefined): number | undefined {
  if (podCIDR === undefined) return undefined;
  const range = parseCidr(podCIDR);
  if (!range) return undefined;
  const prefix = podCIDR.split('.').slice(0, 3).join('.');
  const size = 2 ** (32 - range.prefix);
  let lowest: number | undefined;
  for (const text of outputs) {
    for (const [, part = ''] of text.matchAll(
      new RegExp(`(?<![\\d.])${prefix.replaceAll('.', '\\.')}\\.(\\d+)(?![\\d./])`, 'g'),
    )) {
      const host = Number(part);
      if (host > 1 && host < size - 1 && host < (lowest ?? size)) lowest = host;
    }
  }
  return lowest;
}
