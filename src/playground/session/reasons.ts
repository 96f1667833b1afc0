import type { Cluster } from '@/kubernetes/cluster';

/** A recorded decision, ready to be read: who, about what, what, and looking at what. */
export interface Reason {
  readonly at: number;
  readonly component: string;
  readonly kind: string;
  /** `namespace/name` of the subject, or its name where it has no namespace. */
  readonly subject: string;
  readonly verdict: string;
  readonly because: readonly string[];
}

/** Every decision the components have recorded since the reader came, oldest first. */
export function reasonsOf(cluster: Cluster, start: number): Reason[] {
  return cluster.decisions
    .filter((decision) => decision.at >= start)
    .map(({ at, component, subject, verdict, because }) => ({
      at: at - start,
      component,
      kind: subject.kind,
      subject: subject.namespace ? `${subject.namespace}/${subject.name}` : subject.name,
      verdict,
      because: because.map((fact) => fact.text),
    }));
}
