// Upstream: pkg/apis/flowcontrol/validation/validation.go `ValidateFlowSchemaSubject`
import { type FieldError, forbidden, notSupported, type Path, required } from '../../field-error';
import type { Subject } from '../../generated/flowcontrol-v1';
import { complaints } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../meta/names';

const fields = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' } as const;

/** One of three, and none of the others. */
export function validateSubject(subject: Subject, path: Path): FieldError[] {
  const { kind } = subject;
  if (kind !== 'ServiceAccount' && kind !== 'User' && kind !== 'Group') {
    return [notSupported(path.child('kind'), kind ?? '', ['Group', 'ServiceAccount', 'User'])];
  }
  const others = Object.entries(fields).filter(([other, field]) => other !== kind && subject[field] !== undefined);
  return [
    ...validateOwn(subject, kind, path.child(fields[kind])),
    // Upstream looks at them in this order whatever the kind.
    ...others.map(([other, field]) =>
      forbidden(path.child(field), `${field} is forbidden when subject kind is not '${other}'`),
    ),
  ];
}

function validateOwn(subject: Subject, kind: keyof typeof fields, at: Path): FieldError[] {
  const field = fields[kind];
  const own = subject[field];
  if (!own) return [required(at, `${field} is required when subject kind is '${kind}'`)];
  const errors: FieldError[] = own.name ? [] : [required(at.child('name'))];
  const account = subject.serviceAccount;
  if (kind !== 'ServiceAccount' || !account) return errors;
  if (account.name && account.name !== '*')
    errors.push(...complaints(dns1123Subdomain, at.child('name'), account.name));
  const where = at.child('namespace');
  return account.namespace
    ? [...errors, ...complaints(dns1123Label, where, account.namespace)]
    : [...errors, required(where, 'must specify namespace for service account')];
}
