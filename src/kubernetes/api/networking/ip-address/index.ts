// Upstream: pkg/apis/networking/validation/validation.go `ValidateIPAddress`
import { defineKind } from '../../define-kind';
import { type FieldError, Path, required } from '../../field-error';
import type { IPAddress } from '../../generated/networking-v1';
import { canonicalIPErrors } from '../../meta/ip-address';
import { complaints } from '../../meta/labels';
import { dns1123Subdomain, pathSegmentName } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';

const path = Path.of('spec.parentRef');

export const ipAddress = defineKind<IPAddress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  namespaced: false,
  updates: ['whole', 'meta', 'change'],
  name: canonicalIPErrors,
  validateContent({ spec }): FieldError[] {
    const parent = spec?.parentRef;
    if (!parent) return [required(path)];
    const { group, resource, name, namespace } = parent;
    const named = (field: 'resource' | 'name', value: string | undefined) =>
      value ? complaints(pathSegmentName, path.child(field), value) : [required(path.child(field))];
    return [
      ...(group ? complaints(dns1123Subdomain, path.child('group'), group) : []),
      ...named('resource', resource),
      ...named('name', name),
      ...(namespace ? complaints(pathSegmentName, path.child('namespace'), namespace) : []),
    ];
  },
  validateChange: ({ spec }, old) => validateImmutable(spec?.parentRef, old.spec?.parentRef, path),
});
