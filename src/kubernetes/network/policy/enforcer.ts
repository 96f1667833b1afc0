import type { Namespace, Pod } from '../../api/generated/core-v1';
import type { NetworkPolicy } from '../../api/generated/networking-v1';
import type { Store } from '../../apiserver/store';
import type { Packet } from '../packet';
import { type Direction, type End, type Judgement, judge } from './rules';

/** What the enforcer says to a packet; nothing where no policy is about it. */
export interface PolicyVerdict {
  readonly passes: boolean;
  /** For a reader of the walk. */
  readonly text: string;
}

/** Which ends of a packet are Pods of the node that looks at it. */
export interface LocalEnds {
  readonly source: boolean;
  readonly destination: boolean;
}

/**
 * The part of a network plug-in that enforces NetworkPolicies, as Calico and Cilium have one: on each node, between its
 * Pods and everything else, before sources are rewritten and after destinations are. Pods on a host's network, and what
 * a node itself sends to its own Pods, are left alone.
 */
export class PolicyEnforcer {
  constructor(private readonly store: Store) {}

  /** Judges a packet at the ends that are Pods of this node: what leaves the one, then what enters the other. */
  judge(packet: Packet, local: LocalEnds): PolicyVerdict | undefined {
    const policies = this.store.list('networkpolicies.networking.k8s.io') as NetworkPolicy[]; // decoded as such
    if (policies.length === 0) return undefined;
    const source = this.endAt(packet.source);
    const destination = this.endAt(packet.destination);
    const sides: readonly [Direction, boolean, End, End][] = [
      ['Egress', local.source, source, destination],
      ['Ingress', local.destination, destination, source],
    ];
    let passed: PolicyVerdict | undefined;
    for (const [direction, here, own, other] of sides) {
      if (!here || !own.pod) continue;
      const ends = { other, target: destination };
      const judgement = judge(policies, direction, own.pod, ends, packet, (name) => this.labelsOf(name));
      if (judgement.isolating.length === 0) continue;
      const verdict = { passes: judgement.allowing !== undefined, text: describe(direction, own.pod, judgement) };
      if (!verdict.passes) return verdict;
      passed = verdict;
    }
    return passed;
  }

  private endAt(address: string): End {
    // Decoded as such.
    const pod = (this.store.list('pods') as Pod[]).find(
      ({ spec, status }) =>
        status.podIP === address && !spec.hostNetwork && status.phase !== 'Succeeded' && status.phase !== 'Failed',
    );
    return pod ? { address, pod } : { address };
  }

  private labelsOf(name: string): Namespace['metadata']['labels'] {
    return this.store.get('namespaces', undefined, name)?.metadata.labels;
  }
}

function describe(direction: Direction, { metadata }: Pod, { isolating, allowing }: Judgement): string {
  const pod = `Pod ${metadata.namespace ?? 'default'}/${metadata.name}`;
  const way = direction === 'Ingress' ? `into ${pod}` : `out of ${pod}`;
  if (allowing !== undefined) return `NetworkPolicy ${allowing} lets it ${way}`;
  const policies = isolating.length === 1 ? 'NetworkPolicy' : 'NetworkPolicies';
  return `no rule of ${policies} ${isolating.join(', ')} lets it ${way}: dropped`;
}
