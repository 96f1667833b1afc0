// Upstream: pkg/apis/networking/validation/validation.go `ValidateServiceCIDR`
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { ServiceCIDR } from '../../generated/networking-v1';
import { parseCIDR, validateCIDR } from '../../meta/ip-address';
import { dns1123Subdomain } from '../../meta/names';
import { immutableText } from '../../meta/object-meta';

const path = Path.of('spec.cidrs');

export const serviceCIDR = defineKind<ServiceCIDR>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  namespaced: false,
  updates: ['meta', 'change'],
  name: dns1123Subdomain,
  prepareForCreate(object) {
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validateNew: ({ spec }) => validateRanges(spec?.cidrs ?? []),
  validateChange({ spec }, { spec: before }) {
    const now = spec?.cidrs ?? [];
    const then = before?.cidrs ?? [];
    if (then.length === 1 && now.length === 2) {
      const moved = now[0] === then[0] ? [] : [invalid(path.index(0), now[0], immutableText)];
      return [...moved, ...validateRanges(now)];
    }
    if (now.length !== then.length) return [invalid(path, now, immutableText)];
    return then.flatMap((one, i) => (one === now[i] ? [] : [invalid(path.index(i), now[i], immutableText)]));
  },
});

function validateRanges(cidrs: readonly string[]): FieldError[] {
  if (cidrs.length === 0) return [required(path, 'at least one CIDR required')];
  if (cidrs.length > 2) return [invalid(path, { CIDRs: cidrs }, 'may only hold up to 2 values')];
  const errors = cidrs.flatMap((cidr, i) => validateCIDR(cidr, path.index(i)));
  const [first, second] = cidrs.map((cidr) => parseCIDR(cidr)?.ip.family);
  if (first === undefined || first !== second) return errors;
  const text = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';
  return [...errors, invalid(path, cidrs, text)];
}
