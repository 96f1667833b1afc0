// Upstream: pkg/apis/core/helper/helpers.go
import { type FieldError, invalid, type Path } from '../../field-error';
import { complaints } from '../../meta/labels';
import { qualifiedNameErrors } from '../../meta/names';

const forContainers = new Set(['cpu', 'memory', 'ephemeral-storage']);
const counted = new Set([
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
const forQuota = new Set([
  ...forContainers,
  ...[...forContainers].flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  ...counted,
  'requests.storage',
]);
const standard = new Set([...forQuota, 'storage']);

/** `hugepages-2Mi`: upstream `IsHugePageResourceName`. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** Without a prefix, or of kubernetes.io. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Of a device plugin: `example.com/gpu`. */
export function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedNameErrors(`requests.${name}`).length === 0;
}

/** What a Pod as a whole may ask for. Upstream: staging/src/k8s.io/component-helpers/resource/helpers.go */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

/** Whether limits may be above requests. */
export function overcommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** Whether only whole amounts of it exist: upstream `IsIntegerResourceName`. */
export function isInteger(name: string): boolean {
  return counted.has(name) || isExtended(name);
}

/** Upstream `IsStandardQuotaResourceName`. */
export function isStandardForQuota(name: string): boolean {
  return forQuota.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');
}

function isStandard(name: string): boolean {
  return standard.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');
}

export type ResourceNameRule = (name: string, path: Path) => FieldError[];

/** Upstream: pkg/apis/core/validation/validation.go `validateResourceName` */
export function validateResourceName(name: string, path: Path): FieldError[] {
  const errors = complaints(qualifiedNameErrors, path, name);
  if (errors.length > 0 || name.includes('/') || isStandard(name)) return errors;
  return [invalid(path, name, 'must be a standard resource type or fully qualified')];
}

export function validateContainerResourceName(name: string, path: Path): FieldError[] {
  const errors = validateResourceName(name, path);
  if (!name.includes('/')) {
    if (!forContainers.has(name) && !isHugePages(name)) {
      errors.push(invalid(path, name, 'must be a standard resource for containers'));
    }
  } else if (!isNative(name) && !isExtended(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
  return errors;
}

export function validateQuotaResourceName(name: string, path: Path): FieldError[] {
  const errors = validateResourceName(name, path);
  if (!name.includes('/') && !isStandardForQuota(name)) {
    errors.push(invalid(path, name, 'must be a standard resource for quota'));
  }
  return errors;
}
