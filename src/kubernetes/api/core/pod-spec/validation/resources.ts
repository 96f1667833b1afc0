// Upstream: pkg/apis/core/validation/validation.go `validateResourceRequirements`, `validatePodResources`
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notFound,
  notSupported,
  type Path,
  required,
} from '../../../field-error';
import type { ContainerResizePolicy, PodSpec, ResourceClaim, ResourceRequirements } from '../../../generated/core-v1';
import { complaints } from '../../../meta/labels';
import { dns1123Label } from '../../../meta/names';
import { negativeText } from '../../../meta/object-meta';
import { canonicalQuantity, compareQuantities, nanosOf, wholeValue } from '../../../quantity';
import {
  isHugePages,
  isInteger,
  isPodLevelResource,
  overcommitAllowed,
  type ResourceNameRule,
  validateContainerResourceName,
  validateResourceName,
} from '../resource-names';
import { aggregateContainerLimits, aggregateContainerRequests } from './aggregate-requests';

/** A negative amount, or a fraction of what is counted in pieces. */
export function validateResourceQuantity(name: string, value: string, path: Path): FieldError[] {
  const nano = nanosOf(value);
  const errors = nano < 0n ? [invalid(path, canonicalQuantity(value), negativeText)] : [];
  if (isInteger(name) && !isWhole(value, nano)) {
    errors.push(invalid(path, canonicalQuantity(value), 'must be an integer'));
  }
  return errors;
}

/** Judged by its thousandths, which wrap in 64 bits where an amount has more digits than those hold. */
function isWhole(value: string, nano: bigint): boolean {
  if (value.length <= 18) return nano % 1_000_000_000n === 0n;
  return BigInt.asIntN(64, nano / 1_000_000n) % 1000n === 0n;
}

export function validateResources(
  { limits = {}, requests = {}, claims }: ResourceRequirements,
  claimNames: ReadonlySet<string>,
  path: Path,
  nameRule: ResourceNameRule = validateContainerResourceName,
): FieldError[] {
  const errors: FieldError[] = [];
  const limitsPath = path.child('limits');
  const requestsPath = path.child('requests');
  for (const [name, value] of Object.entries(limits)) {
    errors.push(...validateOne(name, value, limitsPath.key(name), nameRule));
    errors.push(...validateHugePages(name, value, limitsPath.key(name)));
  }
  for (const [name, value] of Object.entries(requests)) {
    errors.push(...validateOne(name, value, requestsPath.key(name), nameRule));
    errors.push(...validateAgainstLimit(name, value, limits[name], requestsPath, limitsPath));
    errors.push(...validateHugePages(name, value, requestsPath.key(name)));
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory')) {
    errors.push(forbidden(path, 'HugePages require cpu or memory'));
  }
  return [...errors, ...validateClaims(claims ?? [], claimNames, path.child('claims'))];
}

function validateOne(name: string, value: string, path: Path, nameRule: ResourceNameRule): FieldError[] {
  return [...nameRule(name, path), ...validateResourceQuantity(name, value, path)];
}

function validateAgainstLimit(
  name: string,
  request: string,
  limit: string | undefined,
  path: Path,
  limitsPath: Path,
): FieldError[] {
  if (limit === undefined) {
    if (overcommitAllowed(name)) return [];
    return [required(limitsPath, 'Limit must be set for non overcommitable resources')];
  }
  const order = compareQuantities(request, limit);
  const printed = canonicalQuantity(request);
  if (order !== 0 && !overcommitAllowed(name)) {
    return [invalid(path, printed, `must be equal to ${name} limit of ${canonicalQuantity(limit) ?? ''}`)];
  }
  if (order <= 0) return [];
  return [invalid(path, printed, `must be less than or equal to ${name} limit of ${canonicalQuantity(limit) ?? ''}`)];
}

function validateHugePages(name: string, value: string, path: Path): FieldError[] {
  if (!isHugePages(name)) return [];
  const size = wholeValue(name.slice('hugepages-'.length));
  if (size > 0 && wholeValue(value) % size === 0) return [];
  const printed = canonicalQuantity(value) ?? '';
  return [invalid(path, printed, `${printed} is not positive integer multiple of ${name}`)];
}

function validateClaims(claims: readonly ResourceClaim[], known: ReadonlySet<string>, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [i, { name, request }] of claims.entries()) {
    const at = path.index(i);
    if (!name) {
      errors.push(required(at));
      continue;
    }
    if (seen.has(name)) errors.push(duplicate(at, name));
    else {
      if (request) errors.push(...complaints(dns1123Label, at.child('request'), request));
      const key = request ? `${name}/${request}` : name;
      if (seen.has(key)) errors.push(duplicate(at, key));
      else if (!request) for (const one of seen) if (one.startsWith(`${name}/`)) errors.push(duplicate(at, name));
      seen.add(key);
    }
    if (!known.has(name)) {
      const names = known.size === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
      errors.push(notFound(at, name, `must be one of the names in pod.spec.resourceClaims${names}`));
    }
  }
  return errors;
}

const resizable = ['cpu', 'memory'];
const resizePolicies = ['NotRequired', 'RestartContainer'];

/** Upstream `validateResizePolicy`. */
export function validateResizePolicy(
  policies: readonly ContainerResizePolicy[] | undefined,
  podRestartPolicy: string | undefined,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [i, { resourceName, restartPolicy }] of (policies ?? []).entries()) {
    if (seen.has(resourceName)) errors.push(duplicate(path.index(i), resourceName));
    seen.add(resourceName);
    if (!resourceName) errors.push(required(path));
    else if (!resizable.includes(resourceName)) errors.push(notSupported(path, resourceName, resizable));
    if (!restartPolicy) errors.push(required(path));
    else if (!resizePolicies.includes(restartPolicy)) errors.push(notSupported(path, restartPolicy, resizePolicies));
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(invalid(path, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
    }
  }
  return errors;
}

/** Resources of the whole Pod. Upstream `validatePodResources`. */
export function validatePodResources(spec: PodSpec, claimNames: ReadonlySet<string>, path: Path): FieldError[] {
  const { resources } = spec;
  if (!resources) return [];
  const errors: FieldError[] = [];
  if (resources.claims)
    errors.push(forbidden(path.child('claims'), 'claims may not be set for Resources at pod-level'));
  errors.push(...validateResources(resources, claimNames, path, validatePodLevelName));
  for (const [name, total] of aggregateContainerRequests(spec)) {
    const whole = resources.requests?.[name];
    if (whole === undefined || compareQuantities(total, whole) <= 0) continue;
    const text = `must be greater than or equal to aggregate container requests of ${total}`;
    errors.push(invalid(path.child('requests').key(name), canonicalQuantity(whole), text));
  }
  for (const [name, total] of aggregateContainerLimits(spec)) {
    const whole = resources.limits?.[name];
    if (!isHugePages(name) || whole === undefined || compareQuantities(total, whole) <= 0) continue;
    const text = `must be greater than or equal to aggregate container limits of ${total}`;
    errors.push(invalid(path.child('limits').key(name), canonicalQuantity(whole), text));
  }
  for (const [i, container] of (spec.containers ?? []).entries()) {
    for (const [name, limit] of Object.entries(container.resources?.limits ?? {})) {
      const whole = resources.limits?.[name];
      if (whole === undefined || compareQuantities(limit, whole) <= 0) continue;
      const at = path.child('containers').index(i).key(name).child('limits');
      errors.push(invalid(at, canonicalQuantity(limit), `must be less than or equal to pod limits of ${whole}`));
    }
  }
  return errors;
}

function validatePodLevelName(name: string, path: Path): FieldError[] {
  const errors = validateResourceName(name, path);
  if (errors.length > 0 || isPodLevelResource(name)) return errors;
  return [notSupported(path, name, ['cpu', 'hugepages-', 'memory'])];
}
