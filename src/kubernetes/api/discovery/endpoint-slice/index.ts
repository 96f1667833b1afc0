// Upstream: pkg/apis/discovery/validation/validation.go, pkg/apis/discovery/v1/defaults.go
import { duplicate, type FieldError, invalid, Path, required, tooMany } from '../../field-error';
import type { Endpoint, EndpointHints, EndpointPort, EndpointSlice } from '../../generated/discovery-v1';
import type { KindDefinition } from '../../kind';
import { deepEqual } from '../../object';
import { addressWarnings } from '../../meta/address-warnings';
import { parseIP, validateIP, validateNonSpecialIP } from '../../meta/ip-address';
import { complaints, validateLabels } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain, labelValueErrors, type NameRule, qualifiedNameErrors } from '../../meta/names';
import { validateCommonFields, validateImmutable, validateObjectMeta } from '../../meta/object-meta';
import { protocols } from '../../core/pod-spec/validation/ports';
import { presentOneOf, requiredOneOf } from '../../core/pod-spec/validation/supported';

const maxEndpoints = 1000;
const maxPorts = 20_000;
const maxAddresses = 100;
/** Controllers that write addresses in the usual form. */
const trusted = new Set(['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io']);

const metaRules = { namespaced: true, name: dns1123Subdomain };

export const endpointSlice: KindDefinition<EndpointSlice> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  setDefaults({ ports }) {
    for (const port of ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  // pkg/registry/discovery/endpointslice/strategy.go: anything but the metadata counts, and the labels.
  prepareForUpdate(object, old) {
    const changed =
      !deepEqual({ ...object, metadata: {} }, { ...old, metadata: {} }) ||
      !deepEqual(object.metadata.labels ?? {}, old.metadata.labels ?? {});
    object.metadata.generation = (old.metadata.generation ?? 0) + (changed ? 1 : 0);
  },
  validate: (object) => [...validateObjectMeta(object.metadata, metaRules), ...validateContent(object)],
  validateUpdate: (object, old) => [
    ...validateCommonFields(object.metadata, old.metadata),
    ...validateObjectMeta(object.metadata, metaRules),
    ...validateContent(object, old),
    ...validateImmutable(object.addressType, old.addressType, Path.of('addressType')),
  ],
  warnings: ({ metadata, endpoints }) =>
    trusted.has(metadata.labels?.['endpointslice.kubernetes.io/managed-by'] ?? '')
      ? []
      : (endpoints ?? []).flatMap(({ addresses }, i) => {
          const at = Path.of('endpoints').index(i).child('addresses');
          return (addresses ?? []).flatMap((address, j) => addressWarnings(at.index(j), address));
        }),
};

function validateContent({ addressType, endpoints = [], ports }: EndpointSlice, old?: EndpointSlice): FieldError[] {
  const same = old !== undefined && deepEqual(old.endpoints ?? [], endpoints);
  return [
    ...requiredOneOf(addressType, ['FQDN', 'IPv4', 'IPv6'], Path.of('addressType')),
    ...validatePorts(ports ?? [], Path.of('ports')),
    // Older servers took more: what they stored may stay.
    ...(same ? [] : validateEndpoints(endpoints, addressType ?? '', Path.of('endpoints'))),
  ];
}

function validateEndpoints(endpoints: readonly Endpoint[], type: string, path: Path): FieldError[] {
  if (endpoints.length > maxEndpoints) return [tooMany(path, endpoints.length, maxEndpoints)];
  return endpoints.flatMap((endpoint, i) => validateEndpoint(endpoint, type, path.index(i)));
}

function validateEndpoint(
  { addresses = [], nodeName, hostname, hints, deprecatedTopology }: Endpoint,
  type: string,
  path: Path,
): FieldError[] {
  const at = path.child('addresses');
  const errors: FieldError[] = [];
  if (addresses.length === 0) errors.push(required(at, 'must contain at least 1 address'));
  else if (addresses.length > maxAddresses) errors.push(tooMany(at, addresses.length, maxAddresses));
  addresses.forEach((address, i) => errors.push(...validateAddress(address, type, at, i)));
  if (nodeName !== undefined) errors.push(...complaints(dns1123Subdomain, path.child('nodeName'), nodeName));
  errors.push(...validateLabels(deprecatedTopology, path.child('deprecatedTopology')));
  if (hostname !== undefined) errors.push(...complaints(dns1123Label, path.child('hostname'), hostname));
  return hints ? [...errors, ...validateHints(hints, path.child('hints'))] : errors;
}

const maxHints = 8;

/** Where a client should be to use the endpoint. Upstream `validateHints` */
function validateHints({ forZones = [], forNodes = [] }: EndpointHints, path: Path): FieldError[] {
  const zones = path.child('forZones');
  const nodes = path.child('forNodes');
  if (forZones.length > maxHints) return [tooMany(zones, forZones.length, maxHints)];
  const errors = validateNames(forZones, labelValueErrors, zones);
  if (forNodes.length > maxHints) return [...errors, tooMany(nodes, forNodes.length, maxHints)];
  return [...errors, ...validateNames(forNodes, dns1123Subdomain, nodes)];
}

function validateNames(hints: readonly { name: string }[], rule: NameRule, path: Path): FieldError[] {
  const names = hints.map(({ name }) => name ?? '');
  return names.flatMap((name, i) => {
    const at = path.index(i).child('name');
    const twice = names.indexOf(name) < i ? [duplicate(at, name)] : [];
    return [...twice, ...complaints(rule, at, name)];
  });
}

/** An address of the wrong family is an error of the list, one that is none an error of its place in it. */
function validateAddress(address: string, type: string, path: Path, i: number): FieldError[] {
  const at = path.index(i);
  if (type === 'FQDN') return complaints(dns1123Subdomain, at, address);
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const wrong = validateIP(address, at);
  if (wrong.length > 0) return wrong;
  const family = parseIP(address)?.family === 6 ? 'IPv6' : 'IPv4';
  const errors = family === type ? [] : [invalid(path, address, `must be an ${type} address`)];
  return [...errors, ...validateNonSpecialIP(address, at)];
}

// The number of a port may be any: only Services and containers are asked for one that can be had.
function validatePorts(ports: readonly EndpointPort[], path: Path): FieldError[] {
  if (ports.length > maxPorts) return [tooMany(path, ports.length, maxPorts)];
  const names = new Set<string>();
  return ports.flatMap(({ name = '', protocol, appProtocol }, i) => {
    const at = path.index(i);
    const errors = name ? complaints(dns1123Label, at.child('name'), name) : [];
    if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    names.add(name);
    errors.push(...presentOneOf(protocol, protocols, at.child('protocol')));
    if (appProtocol !== undefined)
      errors.push(...complaints(qualifiedNameErrors, at.child('appProtocol'), appProtocol));
    return errors;
  });
}
