// Upstream: staging/src/k8s.io/pod-security-admission/policy/check_host*.go
import { type Check, containersOf, containersText, namesOf, plural, quoted, sortedSet } from '../check';

export const hostNamespaces: Check = {
  id: 'hostNamespaces',
  level: 'baseline',
  rules: [
    {
      since: 0,
      rule({ spec }) {
        const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
        if (shared.length === 0) return undefined;
        return { reason: 'host namespaces', detail: shared.map((field) => `${field}=true`).join(', ') };
      },
    },
  ],
};

export const hostPorts: Check = {
  id: 'hostPorts',
  level: 'baseline',
  rules: [
    {
      since: 0,
      rule(pod) {
        const used = (ports: readonly { hostPort?: number }[] | undefined) =>
          (ports ?? []).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
        const names = namesOf(pod, ({ ports }) => used(ports).length > 0);
        if (names.length === 0) return undefined;
        const ports = sortedSet(containersOf(pod).flatMap((container) => used(container.ports)));
        const verb = plural('uses', 'use', names.length);
        const what = `${plural('hostPort', 'hostPorts', ports.length)} ${ports.join(', ')}`;
        return { reason: 'hostPort', detail: `${containersText(names)} ${verb} ${what}` };
      },
    },
  ],
};

export const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  level: 'baseline',
  rules: [
    {
      since: 0,
      rule({ spec }) {
        const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath).map(({ name }) => name);
        if (names.length === 0) return undefined;
        return { reason: 'hostPath volumes', detail: `${plural('volume', 'volumes', names.length)} ${quoted(names)}` };
      },
    },
  ],
};

export const hostProbesAndHostLifecycle: Check = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  rules: [
    {
      since: 34,
      rule(pod) {
        const hostsOf = ({ livenessProbe, readinessProbe, startupProbe, lifecycle }: (typeof containers)[number]) =>
          [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop]
            .flatMap((handler) => [handler?.httpGet?.host, handler?.tcpSocket?.host])
            .filter((host) => host !== undefined)
            .filter((host) => host !== '');
        const containers = containersOf(pod);
        const hosts = sortedSet(containers.flatMap(hostsOf));
        const names = namesOf(pod, (container) => hostsOf(container).length > 0);
        if (names.length === 0) return undefined;
        const verb = plural('uses', 'use', names.length);
        const what = `probe or lifecycle ${plural('host', 'hosts', hosts.length)} ${quoted(hosts)}`;
        return { reason: 'probe or lifecycle host', detail: `${containersText(names)} ${verb} ${what}` };
      },
    },
  ],
};
