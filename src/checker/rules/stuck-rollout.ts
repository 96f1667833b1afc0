import { isObject } from '@/kubernetes/api/object';
import type { Rule } from '../rule';
import { hostPortOf } from '../subject';

/** pkg/controller/deployment/util/deployment_util.go `ResolveFenceposts` */
function scaled(value: unknown, replicas: number, up: boolean): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(String(value ?? '25%'));
  const exact = (Number(percent?.[1] ?? 0) * replicas) / 100;
  return up ? Math.ceil(exact) : Math.floor(exact);
}

/** New waits for a port that old may not give up. */
export const stuckRollout: Rule = {
  id: 'V05',
  look(subject, { schedulableNodes }) {
    const spec = isObject(subject.object.spec) ? subject.object.spec : {};
    if (subject.kind !== 'Deployment') return [];
    const replicas = typeof spec.replicas === 'number' ? spec.replicas : 1;
    const strategy = isObject(spec.strategy) ? spec.strategy : {};
    if (strategy.type === 'Recreate' || replicas < schedulableNodes) return [];
    const rolling = isObject(strategy.rollingUpdate) ? strategy.rollingUpdate : {};
    const surge = scaled(rolling.maxSurge, replicas, true);
    const unavailable = scaled(rolling.maxUnavailable, replicas, false);
    if (surge === 0 || unavailable > 0) return [];
    const held = subject.ports.find(({ port }) => hostPortOf(subject.spec, port) > 0);
    if (!held) return [];
    return [{ path: ['spec', 'strategy'], values: { port: hostPortOf(subject.spec, held.port), replicas, surge } }];
  },
};
