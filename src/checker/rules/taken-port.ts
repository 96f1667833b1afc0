import type { Rule } from '../rule';
import { hostPortOf } from '../subject';

/** Ports that the machine's own daemons hold; the scheduler knows none of them. */
const owners: Readonly<Record<number, string>> = {
  22: 'sshd',
  10248: 'the kubelet (127.0.0.1)',
  10249: 'kube-proxy (127.0.0.1)',
  10250: 'the kubelet',
  10256: 'kube-proxy',
};

export const takenPort: Rule = {
  id: 'V08',
  look(subject) {
    return subject.ports.flatMap(({ port, path }) => {
      const number = hostPortOf(subject.spec, port);
      const owner = (port.protocol ?? 'TCP') === 'TCP' ? owners[number] : undefined;
      if (!owner) return [];
      return [{ path: [...path, port.hostPort ? 'hostPort' : 'containerPort'], values: { port: number, owner } }];
    });
  },
};
