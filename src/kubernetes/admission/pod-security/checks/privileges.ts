// Upstream: staging/src/k8s.io/pod-security-admission/policy/check_privileged.go, check_allowPrivilegeEscalation.go,
// check_procMount.go, check_windowsHostProcess.go, check_runAs*.go
import {
  type Check,
  type CheckRule,
  containersOf,
  containersText,
  exceptWindows,
  namesOf,
  podAndContainers,
  quoted,
  sortedSet,
} from '../check';

export const privileged: Check = {
  id: 'privileged',
  level: 'baseline',
  rules: [
    {
      since: 0,
      rule(pod) {
        const names = namesOf(pod, ({ securityContext }) => securityContext?.privileged === true);
        if (names.length === 0) return undefined;
        return {
          reason: 'privileged',
          detail: `${containersText(names)} must not set securityContext.privileged=true`,
        };
      },
    },
  ],
};

const escalation: CheckRule = (pod) => {
  const names = namesOf(pod, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  const detail = `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail };
};

export const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  rules: [
    { since: 8, rule: escalation },
    { since: 25, rule: exceptWindows(escalation) },
  ],
};

const unmasked: CheckRule = (pod) => {
  const wrong = (mount: string | undefined) => mount !== undefined && mount !== 'Default';
  const names = namesOf(pod, ({ securityContext }) => wrong(securityContext?.procMount));
  if (names.length === 0) return undefined;
  const values = sortedSet(
    containersOf(pod).flatMap(({ securityContext }) => {
      const mount = securityContext?.procMount;
      return mount !== undefined && wrong(mount) ? [mount] : [];
    }),
  );
  return {
    reason: 'procMount',
    detail: `${containersText(names)} must not set securityContext.procMount to ${quoted(values)}`,
  };
};

/** Since 1.35 a Pod in a user namespace of its own may unmask its proc under `baseline`. */
export const procMount: Check = {
  id: 'procMount',
  level: 'baseline',
  rules: [
    { since: 0, rule: unmasked },
    { since: 35, rule: unlessOwnUsers(unmasked) },
  ],
};

export const procMountRestricted: Check = {
  id: 'procMount_restricted',
  level: 'restricted',
  rules: [{ since: 35, rule: unmasked }],
  overrides: ['procMount'],
};

export const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  level: 'baseline',
  rules: [
    {
      since: 0,
      rule(pod) {
        const ofPod = pod.spec.securityContext?.windowsOptions?.hostProcess === true;
        const names = namesOf(pod, ({ securityContext }) => securityContext?.windowsOptions?.hostProcess === true);
        if (!ofPod && names.length === 0) return undefined;
        const who = podAndContainers(ofPod, names);
        return { reason: 'hostProcess', detail: `${who} must not set securityContext.windowsOptions.hostProcess=true` };
      },
    },
  ],
};

/** Since 1.35 root in a user namespace of the Pod's own is nobody outside it. */
function unlessOwnUsers(rule: CheckRule): CheckRule {
  return (pod) => (pod.spec.hostUsers === false ? undefined : rule(pod));
}

const nonRoot: CheckRule = (pod) => {
  const reason = 'runAsNonRoot != true';
  const ofPod = pod.spec.securityContext?.runAsNonRoot;
  const bad = namesOf(pod, ({ securityContext }) => securityContext?.runAsNonRoot === false);
  if (bad.length > 0 || ofPod === false) {
    const who = podAndContainers(ofPod === false, bad);
    return { reason, detail: `${who} must not set securityContext.runAsNonRoot=false` };
  }
  const unset = namesOf(pod, ({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  if (ofPod === true || unset.length === 0) return undefined;
  return { reason, detail: `pod or ${containersText(unset)} must set securityContext.runAsNonRoot=true` };
};

export const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  level: 'restricted',
  rules: [
    { since: 0, rule: nonRoot },
    { since: 35, rule: unlessOwnUsers(nonRoot) },
  ],
};

const rootUser: CheckRule = (pod) => {
  const ofPod = pod.spec.securityContext?.runAsUser === 0;
  const names = namesOf(pod, ({ securityContext }) => securityContext?.runAsUser === 0);
  if (!ofPod && names.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${podAndContainers(ofPod, names)} must not set runAsUser=0` };
};

export const runAsUser: Check = {
  id: 'runAsUser',
  level: 'restricted',
  rules: [
    { since: 23, rule: rootUser },
    { since: 35, rule: unlessOwnUsers(rootUser) },
  ],
};
