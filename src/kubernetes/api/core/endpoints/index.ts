// Upstream: pkg/apis/core/validation/validation.go `ValidateEndpoints`, pkg/apis/core/v1/defaults.go
import { defineKind } from '../../define-kind';
import { type FieldError, Path, required } from '../../field-error';
import type { EndpointAddress, EndpointPort, Endpoints } from '../../generated/core-v1';
import { addressWarnings } from '../../meta/address-warnings';
import { validateIP, validateNonSpecialIP } from '../../meta/ip-address';
import { complaints } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain, qualifiedNameErrors } from '../../meta/names';
import { protocols, validatePortNumber } from '../pod-spec/validation/ports';
import { requiredOneOf } from '../pod-spec/validation/supported';

export const endpoints = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  namespaced: true,
  updates: ['meta', 'whole'],
  name: dns1123Subdomain,
  setDefaults({ subsets }) {
    for (const port of (subsets ?? []).flatMap(({ ports }) => ports ?? [])) port.protocol ||= 'TCP';
  },
  validateContent: ({ subsets }) =>
    (subsets ?? []).flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }, i) => {
      const at = Path.of('subsets').index(i);
      const errors: FieldError[] = [];
      if (addresses.length + notReadyAddresses.length === 0) {
        errors.push(required(at, 'must specify `addresses` or `notReadyAddresses`'));
      }
      addresses.forEach((one, j) => errors.push(...validateAddress(one, at.child('addresses').index(j))));
      notReadyAddresses.forEach((one, j) =>
        errors.push(...validateAddress(one, at.child('notReadyAddresses').index(j))),
      );
      ports.forEach((one, j) => errors.push(...validatePort(one, ports.length > 1, at.child('ports').index(j))));
      return errors;
    }),
  warnings: ({ metadata, subsets }) =>
    metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller'
      ? []
      : (subsets ?? []).flatMap((subset, i) =>
          (['addresses', 'notReadyAddresses'] as const).flatMap((field) => {
            const at = Path.of('subsets').index(i).child(field);
            return (subset[field] ?? []).flatMap(({ ip }, j) => addressWarnings(at.index(j).child('ip'), ip ?? ''));
          }),
        ),
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
});

function validateAddress({ ip = '', hostname, nodeName }: EndpointAddress, path: Path): FieldError[] {
  return [
    ...validateIP(ip, path.child('ip')),
    ...(hostname ? complaints(dns1123Label, path.child('hostname'), hostname) : []),
    ...(nodeName === undefined ? [] : complaints(dns1123Subdomain, path.child('nodeName'), nodeName)),
    ...validateNonSpecialIP(ip, path.child('ip')),
  ];
}

function validatePort({ name, port, protocol, appProtocol }: EndpointPort, named: boolean, path: Path): FieldError[] {
  const at = path.child('name');
  return [
    ...(name ? complaints(dns1123Label, at, name) : named ? [required(at)] : []),
    ...validatePortNumber(port ?? 0, path.child('port')),
    ...requiredOneOf(protocol, protocols, path.child('protocol')),
    ...(appProtocol === undefined ? [] : complaints(qualifiedNameErrors, path.child('appProtocol'), appProtocol)),
  ];
}
