import type { FieldError } from '../field-error';
import type { KubernetesVersion } from '../kind';

interface OlderText {
  /** The last minor that put it the old way. */
  readonly until: KubernetesVersion;
  /** What the newest minor says, and what was said before. */
  readonly now: string | RegExp;
  readonly then: string;
}

/** Texts that were put differently. Upstream: staging/src/k8s.io/apimachinery/pkg/api/validate/content, validation.go */
const olderTexts: readonly OlderText[] = [
  { until: '1.34', now: ': a valid label key must consist', then: ': a qualified name must consist' },
  { until: '1.34', now: /must be no more than (\d+) bytes$/, then: 'must be no more than $1 characters' },
  {
    until: '1.34',
    now: '`configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    then: '`configMapKeyRef` or `secretKeyRef`',
  },
  { until: '1.34', now: '"Equal", "Exists", "Lt", "Gt"', then: '"Equal", "Exists"' },
  // The last field of a PodSpec that is printed whole: pkg/apis/core/types.go. Nobody can set it before 1.36.
  {
    until: '1.35',
    now: /(?<=,"HostnameOverride":(?:null|"[^"]*")),"SchedulingGroup":null}/g,
    then: ',"WorkloadRef":null}',
  },
  { until: '1.34', now: /(?<=,"HostnameOverride":(?:null|"[^"]*")),"WorkloadRef":null}/g, then: '}' },
];

// Before `StrictIPCIDRValidation` these were accepted, with a warning. Upstream: pkg/features/kube_features.go
const strictAddresses = [
  'must not have leading 0s',
  'must not have leading 0s in IP',
  'must not have leading 0s in prefix length',
  'must not be an IPv4-mapped IPv6 address',
  'must not have an IPv4-mapped IPv6 address',
  'must not have bits set beyond the prefix length',
];
const strictSince: KubernetesVersion = '1.36';

/** The errors of an object as the given minor reports them. */
export function asReportedBy(version: KubernetesVersion, errors: readonly FieldError[]): FieldError[] {
  return errors
    .filter(({ body }) => version >= strictSince || !strictAddresses.some((text) => body.endsWith(`: ${text}`)))
    .map((error) => ({ ...error, body: inWordsOf(version, error.body) }));
}

function inWordsOf(version: KubernetesVersion, text: string): string {
  return olderTexts
    .filter(({ until }) => version <= until)
    .reduce((body, { now, then }) => body.replace(now, then), text);
}
