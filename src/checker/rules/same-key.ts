import type { Rule } from '../rule';
import { declaredPorts, hostPortOf, type PodSubject } from '../subject';

/** Upstream's rule of conflict: staging/src/k8s.io/kube-scheduler/framework/types.go `HostPortInfo.CheckConflict` */
function clash(a: PodSubject, b: PodSubject): string | undefined {
  for (const { port: x } of declaredPorts(a)) {
    for (const { port: y } of declaredPorts(b)) {
      const number = hostPortOf(a.spec, x);
      const [ipX, ipY] = [x.hostIP || '0.0.0.0', y.hostIP || '0.0.0.0'];
      const protocol = x.protocol ?? 'TCP';
      if (number === 0 || number !== hostPortOf(b.spec, y) || protocol !== (y.protocol ?? 'TCP')) continue;
      if (ipX === ipY || ipX === '0.0.0.0' || ipY === '0.0.0.0') return `${number}/${protocol}`;
    }
  }
  return undefined;
}

/** Two workloads of one paste claim the same host port: they can never share a node. */
export const sameKey: Rule = {
  id: 'V26',
  look(subject, { subjects }) {
    return subjects.slice(0, subjects.indexOf(subject)).flatMap((other) => {
      const key = clash(subject, other);
      if (!key) return [];
      return [{ path: [...subject.path, 'containers'], values: { key, other: `${other.kind}/${other.name}` } }];
    });
  },
};
