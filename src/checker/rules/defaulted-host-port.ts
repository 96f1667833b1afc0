import type { Rule } from '../rule';

/** pkg/apis/core/v1/defaults.go `defaultHostNetworkPorts` */
export const defaultedHostPort: Rule = {
  id: 'V02',
  look(subject) {
    if (!subject.spec.hostNetwork) return [];
    return subject.ports
      .filter(({ port }) => !port.hostPort)
      .map(({ port, path }) => ({ path: [...path, 'containerPort'], values: { port: port.containerPort } }));
  },
};
