// Upstream: pkg/apis/coordination/validation/validation.go
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path } from '../../field-error';
import type { Lease } from '../../generated/coordination-v1';
import { dns1123Subdomain } from '../../meta/names';
import { validateNonNegative } from '../../meta/object-meta';

export const lease = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  namespaced: true,
  standardFinalizers: false,
  name: dns1123Subdomain,
  validateContent({ spec }) {
    const { leaseDurationSeconds: seconds, leaseTransitions } = spec ?? {};
    const path = Path.of('spec');
    const errors: FieldError[] = [];
    if (seconds !== undefined && seconds <= 0) {
      errors.push(invalid(path.child('leaseDurationSeconds'), seconds, 'must be greater than 0'));
    }
    return [...errors, ...validateNonNegative(leaseTransitions, path.child('leaseTransitions'))];
  },
});
