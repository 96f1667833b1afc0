// Upstream: pkg/apis/core/validation/validation.go `validateObjectFieldSelector`,
// `validateContainerResourceFieldSelector`; pkg/apis/core/pods/helpers.go `ConvertDownwardAPIFieldLabel`
import { type FieldError, invalid, notSupported, type Path, required } from '../../../field-error';
import type { ObjectFieldSelector, ResourceFieldSelector } from '../../../generated/core-v1';
import { complaints } from '../../../meta/labels';
import { qualifiedNameErrors } from '../../../meta/names';
import { canonicalQuantity, nanosOf } from '../../../quantity';

/** Fields of a Pod that an environment variable may show. */
export const envFieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** Fields of a Pod that a file of a volume may show. */
export const fileFieldPaths = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

const convertible = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);

/** `metadata.labels['app']` → path and subscript. */
function subscripted(fieldPath: string): [path: string, subscript: string] | undefined {
  const match = /^(.+?)\['(.*)'\]$/.exec(fieldPath);
  return match ? [match[1] ?? '', match[2] ?? ''] : undefined;
}

export function validateFieldReference(ref: ObjectFieldSelector, allowed: readonly string[], path: Path): FieldError[] {
  if (!ref.apiVersion) return [required(path.child('apiVersion'))];
  if (!ref.fieldPath) return [required(path.child('fieldPath'))];
  const refuse = (why: string) => [
    invalid(path.child('fieldPath'), ref.fieldPath, `error converting fieldPath: ${why}`),
  ];
  if (ref.apiVersion !== 'v1') return refuse(`unsupported pod version: ${ref.apiVersion}`);
  const parts = subscripted(ref.fieldPath);
  if (parts) {
    const [base, subscript] = parts;
    if (base === 'metadata.labels') return complaints(qualifiedNameErrors, path, subscript);
    if (base === 'metadata.annotations') return complaints(qualifiedNameErrors, path, subscript.toLowerCase());
    return refuse(`field label does not support subscript: ${ref.fieldPath}`);
  }
  if (ref.fieldPath === 'spec.host') return [];
  if (!convertible.has(ref.fieldPath)) return refuse(`field label not supported: ${ref.fieldPath}`);
  return allowed.includes(ref.fieldPath) ? [] : [notSupported(path.child('fieldPath'), ref.fieldPath, allowed)];
}

const resources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const hugePages = ['limits.hugepages-', 'requests.hugepages-'];

/** `fromFile`: a file has to say of which container. */
export function validateResourceReference(ref: ResourceFieldSelector, path: Path, fromFile: boolean): FieldError[] {
  const errors: FieldError[] = [];
  if (fromFile && !ref.containerName) errors.push(required(path.child('containerName')));
  else if (!ref.resource) errors.push(required(path.child('resource')));
  else if (!resources.includes(ref.resource) && !hugePages.some((prefix) => ref.resource.startsWith(prefix))) {
    errors.push(notSupported(path.child('resource'), ref.resource, resources));
  }
  return [...errors, ...validateDivisor(ref, path.child('divisor'))];
}

const bytes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** What a value may be counted in, by resource, and what its refusal calls it. */
function divisors(resource: string): { allowed: readonly string[]; text: string } | undefined {
  if (resource.endsWith('.cpu')) return { allowed: ['1m', '1'], text: '1m and 1 are supported with the cpu resource' };
  const name = resource.includes('.hugepages-')
    ? 'hugepages'
    : { memory: 'memory', 'ephemeral-storage': 'local ephemeral storage' }[resource.split('.')[1] ?? ''];
  return name ? { allowed: bytes, text: `${bytes.join(', ')} are supported with the ${name} resource` } : undefined;
}

function validateDivisor({ resource, divisor }: ResourceFieldSelector, path: Path): FieldError[] {
  if (nanosOf(divisor) === 0n) return [];
  const rule = divisors(resource);
  if (!rule || rule.allowed.includes(canonicalQuantity(divisor ?? '') ?? '')) return [];
  return [invalid(path, resource, `only divisor's values ${rule.text}`)];
}
