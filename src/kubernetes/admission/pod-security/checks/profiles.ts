// Upstream: staging/src/k8s.io/pod-security-admission/policy/check_appArmorProfile.go, check_seccompProfile_*.go,
// check_seLinuxOptions.go
import type { SELinuxOptions } from '../../../api/generated/core-v1';
import {
  type Check,
  type CheckRule,
  containersOf,
  containersText,
  exceptWindows,
  namesOf,
  plural,
  podAndContainers,
  quoted,
  sortedSet,
} from '../check';

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

export const appArmorProfile: Check = {
  id: 'appArmorProfile',
  level: 'baseline',
  rules: [
    {
      since: 0,
      rule(pod) {
        const wrong = (type: string | undefined) =>
          type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
        const ofPod = pod.spec.securityContext?.appArmorProfile?.type;
        const values: string[] = wrong(ofPod) ? [JSON.stringify(ofPod)] : [];
        const names = namesOf(pod, ({ securityContext }) => wrong(securityContext?.appArmorProfile?.type));
        for (const { securityContext } of containersOf(pod)) {
          const type = securityContext?.appArmorProfile?.type;
          if (wrong(type)) values.push(JSON.stringify(type));
        }
        const annotations = Object.entries(pod.metadata.annotations ?? {})
          .filter(([key, value]) => key.startsWith(appArmorPrefix) && !allowedAnnotation(value))
          .map(([key, value]) => `"${key}=${JSON.stringify(value)}"`);
        values.push(...annotations);
        if (values.length === 0) return undefined;
        const who = [
          podAndContainers(wrong(ofPod), names),
          ...(annotations.length > 0 ? [annotationWord(annotations.length)] : []),
        ];
        const kinds = sortedSet(values);
        return {
          reason: `forbidden AppArmor ${plural('profile', 'profiles', kinds.length)}`,
          detail: `${who.filter(Boolean).join(' and ')} must not set AppArmor profile type to ${kinds.join(', ')}`,
        };
      },
    },
  ],
};

function annotationWord(count: number): string {
  return plural('annotation', 'annotations', count);
}

function allowedAnnotation(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/');
}

function isConfined(type: string | undefined): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost';
}

const seccompAnnotationPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompAnnotationContainer = 'container.seccomp.security.alpha.kubernetes.io/';

/** Before 1.19 the profile was an annotation. */
const seccompAnnotations: CheckRule = (pod) => {
  const allowed = (value: string) =>
    ['runtime/default', 'docker/default'].includes(value) || value.startsWith('localhost/');
  const forbidden = Object.entries(pod.metadata.annotations ?? {})
    .filter(([key]) => key === seccompAnnotationPod || key.startsWith(seccompAnnotationContainer))
    .filter(([, value]) => !allowed(value))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  if (forbidden.length === 0) return undefined;
  const what = `${annotationWord(forbidden.length)} ${sortedSet(forbidden).join(', ')}`;
  return { reason: 'seccompProfile', detail: `forbidden ${what}` };
};

const seccompFields: CheckRule = (pod) => {
  const wrong = (type: string | undefined) => type !== undefined && !isConfined(type);
  const ofPod = pod.spec.securityContext?.seccompProfile?.type;
  const names = namesOf(pod, ({ securityContext }) => wrong(securityContext?.seccompProfile?.type));
  if (!wrong(ofPod) && names.length === 0) return undefined;
  const types = [ofPod, ...containersOf(pod).map(({ securityContext }) => securityContext?.seccompProfile?.type)];
  const values = sortedSet(types.flatMap((type) => (type !== undefined && wrong(type) ? [type] : [])));
  const who = podAndContainers(wrong(ofPod), names);
  return {
    reason: 'seccompProfile',
    detail: `${who} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
  };
};

export const seccompBaseline: Check = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  rules: [
    { since: 0, rule: seccompAnnotations },
    { since: 19, rule: seccompFields },
  ],
};

const seccompRequired: CheckRule = (pod) => {
  const violation = seccompFields(pod);
  if (violation) return violation;
  if (isConfined(pod.spec.securityContext?.seccompProfile?.type)) return undefined;
  const names = namesOf(pod, ({ securityContext }) => securityContext?.seccompProfile === undefined);
  if (names.length === 0) return undefined;
  const detail = `pod or ${containersText(names)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`;
  return { reason: 'seccompProfile', detail };
};

export const seccompRestricted: Check = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  rules: [
    { since: 19, rule: seccompRequired },
    { since: 25, rule: exceptWindows(seccompRequired) },
  ],
  overrides: ['seccompProfile_baseline'],
};

const types = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

function seLinux(allowed: readonly string[]): CheckRule {
  return (pod) => {
    const badTypes: string[] = [];
    let user = false;
    let role = false;
    const wrong = (options: SELinuxOptions | undefined): boolean => {
      if (!options) return false;
      const badType = !allowed.includes(options.type ?? '');
      if (badType) badTypes.push(options.type ?? '');
      if (options.user) user = true;
      if (options.role) role = true;
      return badType || Boolean(options.user) || Boolean(options.role);
    };
    const ofPod = wrong(pod.spec.securityContext?.seLinuxOptions);
    const names = namesOf(pod, ({ securityContext }) => wrong(securityContext?.seLinuxOptions));
    if (!ofPod && names.length === 0) return undefined;
    const kinds = sortedSet(badTypes);
    const parts = [
      ...(kinds.length > 0 ? [`${plural('type', 'types', kinds.length)} ${quoted(kinds)}`] : []),
      ...(user ? ['user may not be set'] : []),
      ...(role ? ['role may not be set'] : []),
    ];
    const who = podAndContainers(ofPod, names);
    return {
      reason: 'seLinuxOptions',
      detail: `${who} set forbidden securityContext.seLinuxOptions: ${parts.join('; ')}`,
    };
  };
}

export const seLinuxOptions: Check = {
  id: 'seLinuxOptions',
  level: 'baseline',
  rules: [
    { since: 0, rule: seLinux(types) },
    { since: 31, rule: seLinux([...types, 'container_engine_t']) },
  ],
};
