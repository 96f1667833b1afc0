import type { Rule } from '../rule';
import { hostPortOf } from '../subject';

/** Nobody compares host ports with the range that Services draw node ports from. */
export const nodePortRange: Rule = {
  id: 'V09',
  look(subject) {
    return subject.ports.flatMap(({ port, path }) => {
      const number = hostPortOf(subject.spec, port);
      if (number < 30000 || number > 32767) return [];
      return [{ path: [...path, port.hostPort ? 'hostPort' : 'containerPort'], values: { port: number } }];
    });
  },
};
