// Upstream: pkg/apis/core/validation/validation.go `validateReadinessGates`, `validateSchedulingGates`,
// `validatePodResourceClaims`
import { duplicate, type FieldError, invalid, type Path, required } from '../../../field-error';
import type { PodReadinessGate, PodResourceClaim, PodSchedulingGate } from '../../../generated/core-v1';
import { complaints, validateLabelName } from '../../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../../meta/names';
import { internalForm } from '../../internal-form';

export function validateReadinessGates(gates: readonly PodReadinessGate[] | undefined, path: Path): FieldError[] {
  return (gates ?? []).flatMap(({ conditionType }, i) =>
    validateLabelName(conditionType ?? '', path.index(i).child('conditionType')),
  );
}

export function validateSchedulingGates(gates: readonly PodSchedulingGate[] | undefined, path: Path): FieldError[] {
  const seen = new Set<string>();
  return (gates ?? []).flatMap(({ name }, i) => {
    const errors = validateLabelName(name ?? '', path.index(i));
    if (seen.has(name)) errors.push(duplicate(path.index(i), name));
    seen.add(name);
    return errors;
  });
}

export function validateResourceClaims(claims: readonly PodResourceClaim[] | undefined, path: Path): FieldError[] {
  const seen = new Set<string>();
  return (claims ?? []).flatMap((claim, i) => {
    const at = path.index(i);
    const { name, resourceClaimName: claimName, resourceClaimTemplateName: templateName } = claim;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(at.child('name')));
    else if (seen.has(name)) errors.push(duplicate(at.child('name'), name));
    else errors.push(...complaints(dns1123Label, at.child('name'), name));
    seen.add(name);
    const refuse = (why: string) => errors.push(invalid(at, internalForm('PodResourceClaim', claim), why));
    if (claimName !== undefined && templateName !== undefined) {
      refuse('at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified');
    }
    if (claimName === undefined && templateName === undefined) {
      refuse('must specify one of: `resourceClaimName`, `resourceClaimTemplateName`');
    }
    if (claimName !== undefined) errors.push(...complaints(dns1123Subdomain, at.child('resourceClaimName'), claimName));
    if (templateName !== undefined) {
      errors.push(...complaints(dns1123Subdomain, at.child('resourceClaimTemplateName'), templateName));
    }
    return errors;
  });
}
