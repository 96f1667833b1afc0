import { isObject } from '@/kubernetes/api/object';
import type { Rule } from '../rule';
import { hostPortOf } from '../subject';

/** Two Pods of one DaemonSet on one node want one key; nothing refuses it, and it never ends. */
export const surgeDaemonSet: Rule = {
  id: 'V20',
  look(subject) {
    const spec = isObject(subject.object.spec) ? subject.object.spec : {};
    const strategy = isObject(spec.updateStrategy) ? spec.updateStrategy : {};
    const rolling = isObject(strategy.rollingUpdate) ? strategy.rollingUpdate : {};
    const surge = rolling.maxSurge;
    if (subject.kind !== 'DaemonSet' || surge === undefined || surge === 0 || surge === '0%') return [];
    if (!subject.ports.some(({ port }) => hostPortOf(subject.spec, port) > 0)) return [];
    return [{ path: ['spec', 'updateStrategy', 'rollingUpdate', 'maxSurge'] }];
  },
};
