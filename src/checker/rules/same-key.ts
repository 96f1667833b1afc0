import type { Rule } from '../rule';
import { hostPortOf, type PodSubject } from '../subject';

interface Claim {
  /** Place of the subject among those of the paste. */
  readonly at: number;
  readonly subject: PodSubject;
  /** `8080/TCP` */
  readonly key: string;
  readonly ip: string;
}

/** Every host port that one of the subjects claims, by its key. Made once per paste. */
const claimsOf = new WeakMap<readonly PodSubject[], ReadonlyMap<string, readonly Claim[]>>();

function claimsBy(subjects: readonly PodSubject[]): ReadonlyMap<string, readonly Claim[]> {
  const known = claimsOf.get(subjects);
  if (known) return known;
  const made = Map.groupBy(
    subjects.flatMap((subject, at) => claims(subject, at)),
    ({ key }) => key,
  );
  claimsOf.set(subjects, made);
  return made;
}

function claims(subject: PodSubject, at: number): Claim[] {
  return subject.ports.flatMap(({ port }) => {
    const number = hostPortOf(subject.spec, port);
    if (number === 0) return [];
    return [{ at, subject, key: `${number}/${port.protocol ?? 'TCP'}`, ip: port.hostIP || '0.0.0.0' }];
  });
}

/** Upstream's rule of conflict: staging/src/k8s.io/kube-scheduler/framework/types.go `HostPortInfo.CheckConflict` */
function clash(a: Claim, b: Claim): boolean {
  return a.key === b.key && (a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0');
}

/** Two workloads of one paste claim the same host port: they can never share a node. */
export const sameKey: Rule = {
  id: 'V26',
  look(subject, { subjects }) {
    const all = claimsBy(subjects);
    const own = claims(subject, subjects.indexOf(subject));
    const others = new Map<number, Claim>();
    for (const claim of own) {
      for (const other of all.get(claim.key) ?? []) {
        if (other.at < claim.at && clash(claim, other) && !others.has(other.at)) others.set(other.at, other);
      }
    }
    return [...others.values()]
      .sort((a, b) => a.at - b.at)
      .map(({ key, subject: other }) => ({
        path: [...subject.path, 'containers'],
        values: { key, other: `${other.kind}/${other.name}` },
      }));
  },
};
