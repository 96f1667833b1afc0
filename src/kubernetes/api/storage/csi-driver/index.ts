// Upstream: pkg/apis/storage/validation/validation.go `ValidateCSIDriver`, pkg/apis/storage/v1/defaults.go, pkg/registry/storage/csidriver/strategy.go
import { oneOf, optionalOneOf } from '../../core/pod-spec/validation/supported';
import { defineKind } from '../../define-kind';
import { duplicate, type FieldError, invalid, Path } from '../../field-error';
import type { CSIDriver, CSIDriverSpec } from '../../generated/storage-v1';
import { dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';

const path = Path.of('spec');
const shortestToken = 600;
const longestToken = 2 ** 32;
const shortestPeriod = 10;

export const csiDriver = defineKind<CSIDriver>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  namespaced: false,
  updates: ['meta', 'content', 'change'],
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    spec.attachRequired ??= true;
    spec.podInfoOnMount ??= false;
    spec.storageCapacity ??= false;
    spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
    if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ['Persistent'];
    spec.requiresRepublish ??= false;
    spec.seLinuxMount ??= false;
  },
  // VolumeLimitScaling is off.
  prepareForCreate: ({ spec }) => void delete spec.preventPodSchedulingIfMissing,
  validateContent: ({ spec }) => validateSpec(spec),
  validateChange: ({ spec }, old) => [
    ...validateImmutable(spec.attachRequired, old.spec.attachRequired, path.child('attachedRequired')),
    ...validateImmutable(spec.volumeLifecycleModes, old.spec.volumeLifecycleModes, path.child('volumeLifecycleModes')),
  ],
  warnings: ({ spec }) =>
    spec.tokenRequests?.length && spec.serviceAccountTokenInSecrets === undefined
      ? [
          'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes',
        ]
      : [],
});

function validateSpec(spec: CSIDriverSpec): FieldError[] {
  const { fsGroupPolicy, tokenRequests, volumeLifecycleModes = [], nodeAllocatableUpdatePeriodSeconds: period } = spec;
  const errors = [
    ...optionalOneOf(fsGroupPolicy, ['File', 'None', 'ReadWriteOnceWithFSType'], path.child('fsGroupPolicy')),
    ...validateTokenRequests(spec, path.child('tokenRequests')),
    ...volumeLifecycleModes.flatMap((mode) =>
      oneOf(mode, ['Persistent', 'Ephemeral'], path.child('volumeLifecycleModes')),
    ),
  ];
  if (period !== undefined && period < shortestPeriod) {
    const at = path.child('nodeAllocatableUpdatePeriodSeconds');
    errors.push(invalid(at, period, `must be greater than or equal to ${shortestPeriod} seconds`));
  }
  if (spec.serviceAccountTokenInSecrets !== undefined && !tokenRequests?.length) {
    const text = 'serviceAccountTokenInSecrets is set but no tokenRequests are specified';
    errors.push(invalid(path.child('serviceAccountTokenInSecrets'), spec.serviceAccountTokenInSecrets, text));
  }
  return errors;
}

function validateTokenRequests({ tokenRequests = [] }: CSIDriverSpec, at: Path): FieldError[] {
  const audiences = new Set<string>();
  return tokenRequests.flatMap(({ audience, expirationSeconds: seconds }, i) => {
    if (audiences.has(audience)) return [duplicate(at.index(i).child('audience'), audience)];
    audiences.add(audience);
    const one = at.index(i).child('expirationSeconds');
    if (seconds === undefined) return [];
    if (seconds < shortestToken) {
      return [invalid(one, seconds, 'may not specify a duration less than 10 minutes')];
    }
    return seconds > longestToken ? [invalid(one, seconds, 'may not specify a duration larger than 2^32 seconds')] : [];
  });
}
