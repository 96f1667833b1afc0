// Upstream: pkg/apis/core/validation/validation.go `ValidateServiceClusterIPsRelatedFields`
import { duplicate, type FieldError, invalid, notSupported, Path, required } from '../../field-error';
import type { Service } from '../../generated/core-v1';
import { parseIP, validateIP } from '../../meta/ip-address';
import { optionalOneOf } from '../pod-spec/validation/supported';
import { isHeadless } from './facts';

const spec = Path.of('spec');
const ips = spec.child('clusterIPs');

function familyOf(ip: string): 'IPv4' | 'IPv6' {
  return parseIP(ip)?.family === 6 ? 'IPv6' : 'IPv4';
}

export function validateClusterIPs(service: Service): FieldError[] {
  const { type, clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = service.spec;
  if (type === 'ExternalName') return [];
  const errors: FieldError[] = [];
  if (clusterIP && clusterIPs.length === 0) errors.push(required(ips));
  else if (clusterIP && clusterIPs[0] !== clusterIP) {
    errors.push(invalid(ips, clusterIPs, 'first value must match `clusterIP`'));
  } else if (!clusterIP && clusterIPs.length > 0) {
    errors.push(invalid(ips, clusterIPs, 'must be empty when `clusterIP` is not specified'));
  }
  const seen = new Set<string>();
  for (const [i, family] of ipFamilies.entries()) {
    const at = spec.child('ipFamilies').index(i);
    if (family !== 'IPv4' && family !== 'IPv6') errors.push(notSupported(at, family, ['IPv4', 'IPv6']));
    if (seen.has(family)) errors.push(duplicate(at, family));
    seen.add(family);
  }
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
  errors.push(...optionalOneOf(ipFamilyPolicy, policies, spec.child('ipFamilyPolicy')));
  const wrong = validateAddresses(clusterIPs);
  errors.push(...wrong);
  if (clusterIPs.length > 2) errors.push(invalid(ips, clusterIPs, 'may only hold up to 2 values'));
  if (wrong.length > 0) return errors;
  if (clusterIPs.length > 1 && new Set(clusterIPs.map(familyOf)).size < 2) {
    errors.push(invalid(ips, clusterIPs, 'may specify no more than one IP for each IP family'));
  }
  if (isHeadless(service)) return errors;
  for (const [i, ip] of clusterIPs.entries()) {
    const wanted = ipFamilies[i];
    if ((wanted !== 'IPv4' && wanted !== 'IPv6') || familyOf(ip) === wanted) continue;
    errors.push(invalid(ips.index(i), ip, `expected an ${wanted} value as indicated by \`ipFamilies[${i}]\``));
  }
  return errors;
}

function validateAddresses(clusterIPs: readonly string[]): FieldError[] {
  return clusterIPs.flatMap((ip, i) => {
    if (i !== 0 || ip !== 'None') return validateIP(ip, ips.index(i));
    return clusterIPs.length > 1 ? [invalid(ips, clusterIPs, "'None' must be the first and only value")] : [];
  });
}
