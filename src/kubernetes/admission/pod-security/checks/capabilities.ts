// Upstream: staging/src/k8s.io/pod-security-admission/policy/check_capabilities_*.go
import {
  type Check,
  type CheckRule,
  containersOf,
  containersText,
  exceptWindows,
  namesOf,
  quoted,
  sortedSet,
} from '../check';

/** What container runtimes give anyway. */
const usual = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

export const capabilitiesBaseline: Check = {
  id: 'capabilities_baseline',
  level: 'baseline',
  rules: [
    {
      since: 0,
      rule(pod) {
        const { names, added } = unwanted(pod, (capability) => usual.has(capability));
        if (names.length === 0) return undefined;
        const detail = `${containersText(names)} must not include ${quoted(added)} in securityContext.capabilities.add`;
        return { reason: 'non-default capabilities', detail };
      },
    },
  ],
};

function unwanted(pod: Parameters<CheckRule>[0], allowed: (capability: string) => boolean) {
  const wrong = (add: readonly string[] | undefined) => (add ?? []).filter((capability) => !allowed(capability));
  const names = namesOf(pod, ({ securityContext }) => wrong(securityContext?.capabilities?.add).length > 0);
  const added = sortedSet(
    containersOf(pod).flatMap(({ securityContext }) => wrong(securityContext?.capabilities?.add)),
  );
  return { names, added };
}

const restricted: CheckRule = (pod) => {
  const keeps = namesOf(pod, ({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'));
  const { names, added } = unwanted(pod, (capability) => capability === 'NET_BIND_SERVICE');
  const details: string[] = [];
  if (keeps.length > 0) details.push(`${containersText(keeps)} must set securityContext.capabilities.drop=["ALL"]`);
  if (names.length > 0) {
    details.push(`${containersText(names)} must not include ${quoted(added)} in securityContext.capabilities.add`);
  }
  return details.length > 0 ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined;
};

export const capabilitiesRestricted: Check = {
  id: 'capabilities_restricted',
  level: 'restricted',
  rules: [
    { since: 22, rule: restricted },
    { since: 25, rule: exceptWindows(restricted) },
  ],
  overrides: ['capabilities_baseline'],
};
