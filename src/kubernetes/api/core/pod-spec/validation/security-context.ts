// Upstream: pkg/apis/core/validation/validation.go `ValidateSecurityContext`, `validatePodSpecSecurityContext`
import { duplicate, type FieldError, invalid, type Path, required, tooLong } from '../../../field-error';
import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
} from '../../../generated/core-v1';
import { byteLength, userOrGroupId } from '../../../meta/names';
import { internalForm } from '../../internal-form';
import { descendingPath } from './paths';
import { oneOf, optionalOneOf } from './supported';
import { validateSysctl } from './sysctls';
import { validateWindowsOptions } from './windows';

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function validateId(id: number | undefined, path: Path): FieldError[] {
  return id === undefined ? [] : userOrGroupId(id).map((message) => invalid(path, id, message));
}

/** Of one container. `hostUsers`: it shares the node's user namespace. */
export function validateSecurityContext(
  context: SecurityContext | undefined,
  hostUsers: boolean,
  path: Path,
): FieldError[] {
  if (!context) return [];
  const { procMount, allowPrivilegeEscalation, privileged, capabilities } = context;
  const errors = [
    ...validateId(context.runAsUser, path.child('runAsUser')),
    ...validateId(context.runAsGroup, path.child('runAsGroup')),
    ...optionalOneOf(procMount, ['Default', 'Unmasked'], path.child('procMount')),
  ];
  if (hostUsers && procMount === 'Unmasked') {
    errors.push(invalid(path.child('procMount'), procMount, '`hostUsers` must be false to use `Unmasked`'));
  }
  errors.push(...validateSeccompProfile(context.seccompProfile, path.child('seccompProfile')));
  if (allowPrivilegeEscalation === false) {
    const refuse = (why: string) => errors.push(invalid(path, internalForm('SecurityContext', context), why));
    if (privileged) refuse('cannot set `allowPrivilegeEscalation` to false and `privileged` to true');
    for (const one of capabilities?.add ?? []) {
      if (one !== 'CAP_SYS_ADMIN') continue;
      refuse('cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN');
    }
  }
  return [
    ...errors,
    ...validateWindowsOptions(context.windowsOptions, path.child('windowsOptions')),
    ...validateAppArmorProfile(context.appArmorProfile, path.child('appArmorProfile')),
  ];
}

/** Of the whole Pod, with what upstream keeps in the same struct: host namespaces and the shared process namespace. */
export function validatePodSecurityContext(spec: PodSpec, path: Path): FieldError[] {
  const context: PodSecurityContext = spec.securityContext ?? {};
  const errors = [
    ...validateId(context.fsGroup, path.child('fsGroup')),
    ...validateId(context.runAsUser, path.child('runAsUser')),
    ...validateId(context.runAsGroup, path.child('runAsGroup')),
    ...(context.supplementalGroups ?? []).flatMap((id, i) => validateId(id, path.child('supplementalGroups').index(i))),
  ];
  if (spec.shareProcessNamespace && spec.hostPID) {
    const text = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push(invalid(path.child('shareProcessNamespace'), true, text));
  }
  const names = new Set<string>();
  for (const [i, { name }] of (context.sysctls ?? []).entries()) {
    const at = path.child('sysctls').index(i).child('name');
    const wrong = validateSysctl(name, spec, at);
    if (wrong.format.length > 0) errors.push(...wrong.format);
    else if (names.has(name)) errors.push(duplicate(at, name));
    errors.push(...wrong.namespace);
    names.add(name);
  }
  const policies = ['Always', 'OnRootMismatch'];
  return [
    ...errors,
    ...optionalOneOf(context.fsGroupChangePolicy, policies, path.child('fsGroupChangePolicy')),
    ...validateSeccompProfile(context.seccompProfile, path.child('seccompProfile')),
    ...validateWindowsOptions(context.windowsOptions, path.child('windowsOptions')),
    ...validateAppArmorProfile(context.appArmorProfile, path.child('appArmorProfile')),
    ...optionalOneOf(context.supplementalGroupsPolicy, ['Merge', 'Strict'], path.child('supplementalGroupsPolicy')),
    ...optionalOneOf(context.seLinuxChangePolicy, ['Recursive'], path.child('seLinuxChangePolicy')),
  ];
}

function validateSeccompProfile(profile: SeccompProfile | undefined, path: Path): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const errors = type
    ? oneOf(type, profileTypes, path.child('type'))
    : [required(path.child('type'), 'type is required when seccompProfile is set')];
  const at = path.child('localhostProfile');
  if (type === 'Localhost') {
    if (localhostProfile === undefined) errors.push(required(at, 'must be set when seccomp type is Localhost'));
    else errors.push(...descendingPath(localhostProfile, at));
  } else if (localhostProfile !== undefined) {
    const value = internalForm('Profile', profile);
    errors.push(invalid(at, value, 'can only be set when seccomp type is Localhost'));
  }
  return errors;
}

/** PATH_MAX - 1 */
const maxProfileBytes = 4095;

function validateAppArmorProfile(profile: AppArmorProfile | undefined, path: Path): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const at = path.child('localhostProfile');
  if (!type) return [required(path.child('type'), 'type is required when appArmorProfile is set')];
  if (type !== 'Localhost') {
    const errors = oneOf(type, profileTypes, path.child('type'));
    if (errors.length === 0 && localhostProfile !== undefined) {
      errors.push(invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost'));
    }
    return errors;
  }
  const missing = required(at, 'must be set when AppArmor type is Localhost');
  if (localhostProfile === undefined) return [missing];
  const errors: FieldError[] = [];
  if (localhostProfile.trim() !== localhostProfile) {
    errors.push(invalid(at, localhostProfile, 'must not be padded with whitespace'));
  } else if (localhostProfile === '') errors.push(missing);
  if (byteLength(localhostProfile) > maxProfileBytes) errors.push(tooLong(at, maxProfileBytes));
  return errors;
}
