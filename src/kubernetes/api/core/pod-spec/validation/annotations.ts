// Upstream: pkg/apis/core/validation/validation.go `ValidatePodSpecificAnnotations`,
// `validateAppArmorAnnotationsAndFieldsMatchOnCreate`, `validateSeccompAnnotationsAndFields`
import { type FieldError, forbidden, invalid, type Path } from '../../../field-error';
import type { PodSpec, SeccompProfile, Toleration } from '../../../generated/core-v1';
import { isObject } from '../../../object';
import { jsonListError } from '../../json-error';
import { containersOf } from './all-containers';
import { descendingPath } from './paths';
import { validateTolerations } from './tolerations';

type Annotations = { readonly [key: string]: string };

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const mirror = 'kubernetes.io/config.mirror';
const tolerations = 'scheduler.alpha.kubernetes.io/tolerations';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';

/** Annotations that mean something to Pods. */
export function validatePodAnnotations(annotations: Annotations, spec: PodSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const mirrored = annotations[mirror];
  if (mirrored !== undefined && !spec.nodeName) {
    errors.push(invalid(path.key(mirror), mirrored, 'must set spec.nodeName if mirror pod annotation is set'));
  }
  errors.push(...validateTolerationsText(annotations[tolerations] ?? '', path));
  const cost = annotations[deletionCost];
  if (cost !== undefined && !isInt32(cost)) {
    errors.push(invalid(path.key(deletionCost), cost, 'must be a 32bit integer'));
  }
  return [...errors, ...validateSeccomp(annotations, path), ...validateAppArmor(annotations, spec, path)];
}

/** Tolerations as they were written before they had a field. Their JSON is not looked at further than to its objects. */
function validateTolerationsText(text: string, path: Path): FieldError[] {
  if (text === '') return [];
  const wrong = jsonListError(text, 'core.Toleration');
  if (wrong !== undefined) return [invalid(path, tolerations, wrong)];
  const given: unknown = JSON.parse(text);
  // Upstream's internal type, whose fields are read whatever their case.
  const read = (Array.isArray(given) ? given : []).map((one: unknown) => (isObject(one) ? (one as Toleration) : {}));
  return validateTolerations(read, path.child(tolerations));
}

/** No plus sign, no leading zeros: as client-go writes numbers. */
function isInt32(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text) && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}

function validateSeccomp(annotations: Annotations, path: Path): FieldError[] {
  const keys = Object.keys(annotations).filter((key) => key === seccompPod || key.startsWith(seccompContainer));
  return keys.flatMap((key) => {
    const profile = annotations[key] ?? '';
    if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
    if (profile.startsWith('localhost/')) return descendingPath(profile.slice('localhost/'.length), path.child(key));
    return [invalid(path.child(key), profile, 'must be a valid seccomp profile')];
  });
}

function validateAppArmor(annotations: Annotations, spec: PodSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  for (const [key, profile] of Object.entries(annotations)) {
    if (!key.startsWith(appArmorPrefix)) continue;
    const name = key.slice(appArmorPrefix.length);
    if (!containersOf(spec, path).some(({ container }) => container.name === name)) {
      errors.push(invalid(path.key(key), name, 'container not found'));
    }
    if (!['', 'runtime/default', 'unconfined'].includes(profile) && !profile.startsWith('localhost/')) {
      errors.push(invalid(path.key(key), profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`));
    }
  }
  return errors;
}

/** Where an annotation and a field name a profile, they must name the same. */
export function validateProfilesMatch(annotations: Annotations, spec: PodSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (Object.keys(annotations).length === 0) return errors;
  const compare = (kind: 'seccomp' | 'apparmor', key: string, profile: SeccompProfile | undefined, at: Path) => {
    const annotation = annotations[key];
    if (!profile || annotation === undefined) return;
    const wanted = { Unconfined: 'unconfined', RuntimeDefault: 'runtime/default' }[profile.type];
    const local = profile.type === 'Localhost';
    if (local ? !annotation.startsWith('localhost/') : wanted !== undefined && annotation !== wanted) {
      errors.push(forbidden(at.child('type'), `${kind} type in annotation and field must match`));
    } else if (local && annotation.slice('localhost/'.length) !== profile.localhostProfile) {
      errors.push(forbidden(at.child('localhostProfile'), `${kind} profile in annotation and field must match`));
    }
  };
  const ofPod = spec.securityContext;
  compare('seccomp', seccompPod, ofPod?.seccompProfile, path.child('securityContext', 'seccompProfile'));
  const containers = containersOf(spec, path);
  for (const { container, at } of containers) {
    const profile = container.securityContext?.seccompProfile;
    compare('seccomp', seccompContainer + container.name, profile, at.child('securityContext', 'seccompProfile'));
  }
  if (spec.os?.name === 'windows') return errors;
  for (const { container, at } of containers) {
    const profile = container.securityContext?.appArmorProfile ?? ofPod?.appArmorProfile;
    compare('apparmor', appArmorPrefix + container.name, profile, at.child('securityContext', 'appArmorProfile'));
  }
  return errors;
}
