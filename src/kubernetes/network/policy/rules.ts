import type { Pod } from '../../api/generated/core-v1';
import type { LabelSelector } from '../../api/generated/meta-v1';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../api/generated/networking-v1';
import { type Labels, matchesLabelSelector } from '../../api/label-selector';
import { contains } from '../address';
import type { Packet } from '../packet';

export type Direction = 'Ingress' | 'Egress';

/** One end of a connection as policies see it: an address, and the Pod that has it (none on a host's network). */
export interface End {
  readonly address: string;
  readonly pod?: Pod;
}

/** Labels of a Namespace by its name. */
export type NamespaceLabels = (name: string) => Labels | undefined;

/** What isolates a Pod, and which of it lets a packet through. */
export interface Judgement {
  /** `default/deny-all`, sorted; empty: the Pod is not isolated in this direction. */
  readonly isolating: readonly string[];
  readonly allowing?: string;
}

/**
 * Whether the policies let `packet` pass at `own`, whose other end is `other`. A Pod that no policy selects takes and
 * sends everything; one that some select, what at least one rule of any of them allows.
 * See https://kubernetes.io/docs/concepts/services-networking/network-policies/.
 */
export function judge(
  policies: readonly NetworkPolicy[],
  direction: Direction,
  own: Pod,
  ends: { readonly other: End; readonly target: End },
  packet: Packet,
  labelsOf: NamespaceLabels,
): Judgement {
  const isolating = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === own.metadata.namespace &&
      typesOf(spec).includes(direction) &&
      matchesLabelSelector(spec.podSelector ?? {}, own.metadata.labels),
  );
  const allowing = isolating.find(({ metadata, spec }) =>
    rulesOf(spec, direction).some(
      ({ peers, ports }) =>
        (peers.length === 0 || peers.some((peer) => isPeer(peer, ends.other, metadata.namespace, labelsOf))) &&
        (ports.length === 0 || ports.some((port) => isPort(port, packet, ends.target.pod))),
    ),
  );
  return { isolating: isolating.map(nameOf).sort(), ...(allowing ? { allowing: nameOf(allowing) } : {}) };
}

function nameOf({ metadata }: NetworkPolicy): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}

/** Without `policyTypes` a policy is about what comes in, and about what goes out if it has rules for that. */
function typesOf({ policyTypes, egress }: NetworkPolicy['spec']): readonly Direction[] {
  return policyTypes ?? (egress ? ['Ingress', 'Egress'] : ['Ingress']);
}

interface Rule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

function rulesOf({ ingress = [], egress = [] }: NetworkPolicy['spec'], direction: Direction): readonly Rule[] {
  if (direction === 'Ingress') return ingress.map(({ from = [], ports = [] }) => ({ peers: from, ports }));
  return egress.map(({ to = [], ports = [] }) => ({ peers: to, ports }));
}

/** Pods are chosen by their labels and their Namespace's; everything else, Pods on a host's network too, by address. */
function isPeer(
  { ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer,
  { address, pod }: End,
  ownNamespace: string | undefined,
  labelsOf: NamespaceLabels,
): boolean {
  if (ipBlock) {
    return contains(ipBlock.cidr, address) && !(ipBlock.except ?? []).some((range) => contains(range, address));
  }
  if (!pod) return false;
  const { namespace = 'default', labels } = pod.metadata;
  const inNamespace = namespaceSelector ? selects(namespaceSelector, labelsOf(namespace)) : namespace === ownNamespace;
  return inNamespace && (podSelector === undefined || selects(podSelector, labels));
}

function selects(selector: LabelSelector, labels: Labels | undefined): boolean {
  return matchesLabelSelector(selector, labels);
}

/** A port's number is the one that the packet has when it reaches the Pod; a name is looked up in that Pod. */
function isPort(
  { port, endPort, protocol = 'TCP' }: NetworkPolicyPort,
  packet: Packet,
  target: Pod | undefined,
): boolean {
  if (packet.protocol !== protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return packet.destinationPort >= port && packet.destinationPort <= (endPort ?? port);
  const named = (target?.spec.containers ?? []).flatMap(({ ports = [] }) => ports).find(({ name }) => name === port);
  return named?.containerPort === packet.destinationPort;
}
