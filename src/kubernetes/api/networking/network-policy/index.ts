// Upstream: pkg/apis/networking/validation/validation.go `ValidateNetworkPolicySpec`, pkg/apis/networking/v1/defaults.go
import { defineKind } from '../../define-kind';
import { type FieldError, forbidden, invalid, notSupported, Path, required } from '../../field-error';
import type {
  IPBlock,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../generated/networking-v1';
import { countGeneration } from '../../generation';
import { networkWarnings } from '../../meta/address-warnings';
import { type Network, networkOf, parseCIDR, validateCIDR } from '../../meta/ip-address';
import { validateLabelSelector } from '../../meta/label-selector';
import { complaints } from '../../meta/labels';
import { dns1123Subdomain, portName } from '../../meta/names';
import { validatePortNumber } from '../../core/pod-spec/validation/ports';
import { optionalOneOf } from '../../core/pod-spec/validation/supported';

export const networkPolicy = defineKind<NetworkPolicy>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  namespaced: true,
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    spec.podSelector ??= {};
    const rules = [...(spec.ingress ?? []), ...(spec.egress ?? [])];
    for (const port of rules.flatMap(({ ports }) => ports ?? [])) port.protocol ??= 'TCP';
    if (!spec.policyTypes?.length) spec.policyTypes = spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
  },
  prepareForUpdate(object, old) {
    countGeneration(object, old);
  },
  validateContent: ({ spec }) => validateSpec(spec, Path.of('spec')),
  warnings: ({ spec }) => blockWarnings(spec, Path.of('spec')),
});

function blockWarnings({ ingress = [], egress = [] }: NetworkPolicySpec, path: Path): string[] {
  const ofPeers = (peers: readonly NetworkPolicyPeer[] | undefined, at: Path) =>
    (peers ?? []).flatMap(({ ipBlock }, i) => {
      if (!ipBlock) return [];
      const block = at.index(i).child('ipBlock');
      const except = (ipBlock.except ?? []).flatMap((one, j) => networkWarnings(block.child('except').index(j), one));
      return [...networkWarnings(block.child('cidr'), ipBlock.cidr ?? ''), ...except];
    });
  return [
    ...ingress.flatMap(({ from }, i) => ofPeers(from, path.child('ingress').index(i).child('from'))),
    ...egress.flatMap(({ to }, i) => ofPeers(to, path.child('egress').index(i).child('to'))),
  ];
}

function validateSpec(spec: NetworkPolicySpec, path: Path): FieldError[] {
  const { podSelector, ingress = [], egress = [], policyTypes = [] } = spec;
  const errors = validateLabelSelector(podSelector, path.child('podSelector'));
  ingress.forEach(({ ports, from }, i) => {
    const at = path.child('ingress').index(i);
    errors.push(...validatePorts(ports, at.child('ports')), ...validatePeers(from, at.child('from')));
  });
  egress.forEach(({ ports, to }, i) => {
    const at = path.child('egress').index(i);
    errors.push(...validatePorts(ports, at.child('ports')), ...validatePeers(to, at.child('to')));
  });
  const types = path.child('policyTypes');
  if (policyTypes.length > 2) {
    return [...errors, invalid(types, policyTypes, 'may not specify more than two policyTypes')];
  }
  policyTypes.forEach((type, i) => {
    if (type !== 'Ingress' && type !== 'Egress') errors.push(notSupported(types.index(i), type, ['Ingress', 'Egress']));
  });
  return errors;
}

function validatePorts(ports: readonly NetworkPolicyPort[] | undefined, path: Path): FieldError[] {
  return (ports ?? []).flatMap(({ protocol, port, endPort }, i) => {
    const at = path.index(i);
    const errors = optionalOneOf(protocol, ['TCP', 'UDP', 'SCTP'], at.child('protocol'));
    const end = at.child('endPort');
    if (typeof port === 'string') {
      if (endPort !== undefined) errors.push(invalid(end, endPort, 'may not be specified when `port` is non-numeric'));
      errors.push(...complaints(portName, at.child('port'), port));
    } else if (port !== undefined) {
      errors.push(...validatePortNumber(port, at.child('port')));
      if (endPort === undefined) return errors;
      if (endPort < port) errors.push(invalid(end, port, 'must be greater than or equal to `port`'));
      errors.push(...validatePortNumber(endPort, end));
    } else if (endPort !== undefined) {
      errors.push(invalid(end, endPort, 'may not be specified when `port` is not specified'));
    }
    return errors;
  });
}

function validatePeers(peers: readonly NetworkPolicyPeer[] | undefined, path: Path): FieldError[] {
  return (peers ?? []).flatMap(({ podSelector, namespaceSelector, ipBlock }, i) => {
    const at = path.index(i);
    const given = [podSelector, namespaceSelector, ipBlock].filter(Boolean).length;
    const errors = [
      ...validateLabelSelector(podSelector, at.child('podSelector')),
      ...validateLabelSelector(namespaceSelector, at.child('namespaceSelector')),
      ...(ipBlock ? validateIPBlock(ipBlock, at.child('ipBlock')) : []),
    ];
    if (given === 0) errors.push(required(at, 'must specify a peer'));
    if (given > 1 && ipBlock) errors.push(forbidden(at, 'may not specify both ipBlock and another peer'));
    return errors;
  });
}

function validateIPBlock({ cidr, except = [] }: IPBlock, path: Path): FieldError[] {
  if (!cidr) return [required(path.child('cidr'))];
  const errors = validateCIDR(cidr, path.child('cidr'));
  const outer = parseCIDR(cidr);
  if (!outer) return errors;
  except.forEach((text, i) => {
    const at = path.child('except').index(i);
    const wrong = validateCIDR(text, at);
    errors.push(...wrong);
    const inner = parseCIDR(text);
    if (inner && !isStrictSubset(inner, outer)) errors.push(invalid(at, text, 'must be a strict subset of `cidr`'));
  });
  return errors;
}

function isStrictSubset(inner: Network, outer: Network): boolean {
  if (inner.ip.family !== outer.ip.family || inner.prefix <= outer.prefix) return false;
  const base = networkOf(outer).bytes;
  return networkOf({ ...inner, prefix: outer.prefix }).bytes.every((byte, i) => byte === base[i]);
}
