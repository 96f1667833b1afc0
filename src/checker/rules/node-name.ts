import type { Rule } from '../rule';
import { hostPortOf } from '../subject';

/** nodeName goes round the scheduler; the kubelet then refuses for good. */
export const nodeName: Rule = {
  id: 'V07',
  look(subject) {
    const held = subject.ports.find(({ port }) => hostPortOf(subject.spec, port) > 0);
    if (!subject.spec.nodeName || !held) return [];
    return [{ path: [...subject.path, 'nodeName'], values: { node: subject.spec.nodeName } }];
  },
};
