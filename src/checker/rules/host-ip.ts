import type { Rule } from '../rule';

/** Under hostNetwork a hostIP only reserves; what the program binds is the program's affair. */
export const hostIpWithHostNetwork: Rule = {
  id: 'V22',
  look(subject) {
    if (!subject.spec.hostNetwork) return [];
    return subject.ports.flatMap(({ port, path }) =>
      port.hostIP ? [{ path: [...path, 'hostIP'], values: { address: port.hostIP } }] : [],
    );
  },
};
