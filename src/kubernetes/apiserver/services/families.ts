// Upstream: pkg/registry/core/service/storage/alloc.go `initIPFamilyFields`
import { validateClusterIPs } from '../../api/core/service/cluster-ips';
import { type FieldError, invalid, Path } from '../../api/field-error';
import type { Service, ServiceSpec } from '../../api/generated/core-v1';
import { parseIP } from '../../api/meta/ip-address';
import { deepEqual } from '../../api/object';
import { headless } from './needs';

const path = Path.of('spec');
const policyPath = path.child('ipFamilyPolicy');

/**
 * Settles the families and the policy of a Service that has addresses, in a cluster with IPv4 only. What is wrong
 * with its addresses ends the request here, before anything else about it is judged.
 */
export function settleFamilies(service: Service, previous: Service | undefined): FieldError[] {
  const { spec } = service;
  if (previous && isUntouchedPreferDualStack(spec, previous.spec)) return [];
  const selectorless = Object.keys(spec.selector ?? {}).length === 0;
  const openEnded = spec.clusterIP === headless && selectorless;
  spec.ipFamilyPolicy ??= previous?.spec.ipFamilyPolicy ?? (openEnded ? 'RequireDualStack' : 'SingleStack');
  const malformed = validateClusterIPs(service);
  if (malformed.length > 0) return malformed;
  const errors = [
    ...(previous ? reduceToOne(spec, previous.spec) : []),
    ...refuseTwo(spec),
    ...familiesOfAddresses(spec),
  ];
  if (errors.length > 0) return errors;
  if (openEnded) {
    const families = orDefault(spec);
    if (families.length < 2 && spec.ipFamilyPolicy !== 'SingleStack') {
      families.push(families[0] === 'IPv4' ? 'IPv6' : 'IPv4');
    }
    return [];
  }
  const unconfigured = refuseUnconfigured(spec);
  if (unconfigured.length > 0) return unconfigured;
  orDefault(spec);
  return [];
}

/** The families, as a list that may be added to; the cluster's own where none is named. */
function orDefault(spec: ServiceSpec): NonNullable<ServiceSpec['ipFamilies']> {
  const families: NonNullable<ServiceSpec['ipFamilies']> = spec.ipFamilies?.length ? [...spec.ipFamilies] : ['IPv4'];
  spec.ipFamilies = families;
  return families;
}

/** Upstream: `isMatchingPreferDualStackClusterIPFields` */
function isUntouchedPreferDualStack(spec: ServiceSpec, before: ServiceSpec): boolean {
  return (
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    before.ipFamilyPolicy === 'PreferDualStack' &&
    spec.type === before.type &&
    deepEqual(spec.clusterIPs ?? [], before.clusterIPs ?? []) &&
    deepEqual(spec.ipFamilies ?? [], before.ipFamilies ?? [])
  );
}

/** One stack is asked for: what is unchanged of the second goes. Otherwise nothing may be left out silently. */
function reduceToOne(spec: ServiceSpec, before: ServiceSpec): FieldError[] {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  if (ipFamilyPolicy === 'SingleStack') {
    if (deepEqual(clusterIPs, before.clusterIPs ?? []) && clusterIPs.length > 1) {
      spec.clusterIPs = clusterIPs.slice(0, 1);
    }
    if (deepEqual(ipFamilies, before.ipFamilies ?? []) && ipFamilies.length > 1) {
      spec.ipFamilies = ipFamilies.slice(0, 1);
    }
    return [];
  }
  const fewer = (now: readonly string[], then: readonly string[] = []) => now.length > 0 && now.length < then.length;
  const text = (what: string) => `must be 'SingleStack' to release the secondary ${what}`;
  return [
    ...(fewer(clusterIPs, before.clusterIPs) ? [invalid(policyPath, ipFamilyPolicy, text('cluster IP'))] : []),
    ...(fewer(ipFamilies, before.ipFamilies) ? [invalid(policyPath, ipFamilyPolicy, text('IP family'))] : []),
  ];
}

function refuseTwo({ clusterIPs = [], ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] {
  if (ipFamilyPolicy !== 'SingleStack') return [];
  const text = (what: string) => `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
  return [
    ...(clusterIPs.length === 2 ? [invalid(policyPath, ipFamilyPolicy, text('cluster IPs'))] : []),
    ...(ipFamilies.length === 2 ? [invalid(policyPath, ipFamilyPolicy, text('IP families'))] : []),
  ];
}

/** An address without a family beside it names its own. */
function familiesOfAddresses(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const { clusterIPs = [] } = spec;
  for (const [i, ip] of clusterIPs.entries()) {
    if (ip === headless) break;
    if (i < (spec.ipFamilies?.length ?? 0)) continue;
    if (parseIP(ip)?.family === 4) spec.ipFamilies = [...(spec.ipFamilies ?? []), 'IPv4'];
    else {
      errors.push(invalid(path.child('clusterIPs').index(i), clusterIPs, 'IPv6 is not configured on this cluster'));
    }
  }
  return errors;
}

function refuseUnconfigured({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] {
  const text = 'this cluster is not configured for dual-stack services';
  return [
    ...(ipFamilyPolicy === 'RequireDualStack' ? [invalid(policyPath, ipFamilyPolicy, text)] : []),
    ...ipFamilies.flatMap((family, i) =>
      family === 'IPv4' ? [] : [invalid(path.child('ipFamilies').index(i), family, 'not configured on this cluster')],
    ),
  ];
}
