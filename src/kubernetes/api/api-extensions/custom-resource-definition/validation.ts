// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
import { validateClientConfig } from '../../admission-registration/webhook-configuration/client-config';
import { requiredOneOf } from '../../core/pod-spec/validation/supported';
import { type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type {
  CustomResourceConversion,
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
} from '../../generated/apiextensions-apiserver-pkg-apis-apiextensions-v1';
import { dns1035Label, dns1123Subdomain } from '../../meta/names';
import { deepEqual } from '../../object';
import { printedVersions } from './printed-versions';
import { validateSchema } from './schema';
import { validateSelectableFields } from './selectable-fields';
import { validateColumns, validateSubresources } from './subresources';

const path = Path.of('spec');
const approval = 'api-approved.kubernetes.io';

export function validateDefinition({ metadata, spec }: CustomResourceDefinition): FieldError[] {
  const { versions = [], names } = spec;
  const list = path.child('versions');
  const shared = sharedParts(versions);
  const errors = [
    ...validateGroup(spec.group ?? ''),
    ...requiredOneOf(spec.scope, ['Cluster', 'Namespaced'], path.child('scope')),
  ];
  versions.forEach(({ schema }, i) => {
    if (schema?.openAPIV3Schema) return;
    if (!versions.some((one) => one.schema?.openAPIV3Schema) || !shared.schema) {
      errors.push(required(list.index(i).child('schema', 'openAPIV3Schema')));
    }
  });
  const seen = versions.map(({ name }) => name);
  const printed = () => (versions.length > 0 ? printedVersions(versions, shared) : null);
  versions.forEach((version, i) => {
    const at = list.index(i);
    const wrong = dns1035Label(version.name ?? '');
    if (wrong.length > 0) errors.push(invalid(at.child('name'), version.name ?? '', wrong.join(',')));
    errors.push(...validateDeprecation(version, at.child('deprecationWarning')));
    errors.push(...validateParts(version, at, 'schema', (part) => !shared[part]));
  });
  if (new Set(seen).size < seen.length) errors.push(invalid(list, printed(), 'must contain unique version names'));
  if (versions.filter(({ storage }) => storage).length !== 1) {
    errors.push(invalid(list, printed(), 'must have exactly one version marked as storage version'));
  }
  const [first] = versions;
  // The first version is also kept above the list, where it came from once.
  const wrongFirst = first?.name ? dns1035Label(first.name) : [];
  if (wrongFirst.length > 0) errors.push(invalid(path.child('version'), first?.name, wrongFirst.join(',')));
  errors.push(...validateNames(names ?? { plural: '', kind: '' }, path.child('names')));
  // Upstream keeps what all versions have in common above them, and looks at it there.
  if (first) errors.push(...validateParts(first, path, 'validation', (part) => shared[part]));
  errors.push(...validateConversion(spec.conversion, path.child('conversion')));
  errors.push(...validateStored(versions));
  return [...errors, ...validateApproval(spec, metadata.annotations?.[approval] ?? ''), ...validatePreserving(spec)];
}

/** The first version that is for storage is the one that is stored: any other one is missing there. */
function validateStored(versions: readonly CustomResourceDefinitionVersion[]): FieldError[] {
  const at = Path.of('status.storedVersions');
  const [stored, ...others] = versions.filter(({ storage }) => storage).map(({ name }) => name);
  if (stored === undefined) return [invalid(at, null, 'must have at least one stored version')];
  return others.map((name) => invalid(at, [stored], `must have the storage version ${name}`));
}

type Part = 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields';

/** Which parts are the same in all versions. */
function sharedParts(versions: readonly CustomResourceDefinitionVersion[]): Readonly<Record<Part, boolean>> {
  const same = (part: Part) => versions.every((one) => deepEqual(one[part], versions[0]?.[part]));
  return {
    schema: same('schema'),
    subresources: same('subresources'),
    additionalPrinterColumns: same('additionalPrinterColumns'),
    selectableFields: same('selectableFields'),
  };
}

function validateParts(
  version: CustomResourceDefinitionVersion,
  at: Path,
  schemaField: string,
  takes: (part: Part) => boolean,
): FieldError[] {
  const { schema, subresources, additionalPrinterColumns, selectableFields = [] } = version;
  const root = schema?.openAPIV3Schema;
  const errors: FieldError[] = [];
  if (root && takes('schema')) {
    const status = subresources?.status !== undefined;
    errors.push(...validateSchema(root, at.child(schemaField, 'openAPIV3Schema'), status));
  }
  if (subresources && takes('subresources')) {
    errors.push(...validateSubresources(subresources, at.child('subresources')));
  }
  if (takes('additionalPrinterColumns')) {
    errors.push(...validateColumns(additionalPrinterColumns ?? [], at.child('additionalPrinterColumns')));
  }
  if (!takes('selectableFields') || selectableFields.length === 0) return errors;
  const fields = at.child('selectableFields');
  if (root) return [...errors, ...validateSelectableFields(selectableFields, root, fields)];
  const text = 'may only be set when `version.schema.openAPIV3Schema` is not included';
  return [...errors, invalid(fields, '', text)];
}

function validateGroup(group: string): FieldError[] {
  const at = path.child('group');
  if (group === '') return [required(at)];
  const wrong = dns1123Subdomain(group);
  if (wrong.length > 0) return [invalid(at, group, wrong.join(','))];
  return group.includes('.') ? [] : [invalid(at, group, 'should be a domain with at least one dot')];
}

const longestWarning = 256;

function validateDeprecation(version: CustomResourceDefinitionVersion, at: Path): FieldError[] {
  const { deprecated, deprecationWarning: text } = version;
  if (text === undefined) return [];
  if (!deprecated) return [invalid(at, text, 'can only be set for deprecated versions')];
  const errors: FieldError[] = [];
  if (text.length > longestWarning) errors.push(invalid(at, text, `must be <= ${longestWarning} characters long`));
  if (text === '') errors.push(invalid(at, text, 'must not be an empty string'));
  const index = text.search(/[\p{C}\p{Zl}\p{Zp}]/u);
  if (index >= 0) {
    const found = `non-printable character found at index ${index}`;
    errors.push(invalid(at, text, `must only contain printable UTF-8 characters; ${found}`));
  }
  return errors;
}

function validateNames(names: CustomResourceDefinitionNames, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) {
    if (!names[field]) errors.push(required(at.child(field)));
  }
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) {
    const name = names[field];
    const mixed = field === 'kind' || field === 'listKind';
    const wrong = name ? dns1035Label(mixed ? name.toLowerCase() : name) : [];
    const text = `${mixed ? 'may have mixed case, but should otherwise match: ' : ''}${wrong.join(',')}`;
    if (wrong.length > 0) errors.push(invalid(at.child(field), name, text));
  }
  const labels = (field: 'shortNames' | 'categories') =>
    (names[field] ?? []).flatMap((name, i) => {
      const wrong = dns1035Label(name);
      return wrong.length > 0 ? [invalid(at.child(field).index(i), name, wrong.join(','))] : [];
    });
  errors.push(...labels('shortNames'));
  if (names.kind && names.kind === names.listKind) {
    errors.push(invalid(at.child('listKind'), names.listKind, 'kind and listKind may not be the same'));
  }
  return [...errors, ...labels('categories')];
}

function validateConversion(conversion: CustomResourceConversion | undefined, at: Path): FieldError[] {
  if (!conversion) return [];
  const { strategy, webhook } = conversion;
  const errors = requiredOneOf(strategy, ['None', 'Webhook'], at.child('strategy'));
  const client = at.child('webhookClientConfig');
  const versions = webhook?.conversionReviewVersions ?? [];
  const where = at.child('conversionReviewVersions');
  if (strategy !== 'Webhook') {
    const text = 'should not be set when strategy is not set to Webhook';
    if (webhook?.clientConfig) errors.push(forbidden(client, text));
    return versions.length > 0 ? [...errors, forbidden(where, text)] : errors;
  }
  if (webhook?.clientConfig) errors.push(...validateClientConfig(webhook.clientConfig, client));
  else errors.push(required(client, 'required when strategy is set to Webhook'));
  if (versions.length === 0) return [...errors, required(where)];
  versions.forEach((version, i) => {
    if (versions.indexOf(version) < i) errors.push(invalid(where.index(i), version, 'duplicate version'));
    else errors.push(...dns1035Label(version).map((message) => invalid(where.index(i), version, message)));
  });
  if (!versions.some((version) => version === 'v1' || version === 'v1beta1')) {
    errors.push(invalid(where, versions, 'must include at least one of v1, v1beta1'));
  }
  return errors;
}

/** Groups of the project itself need an approval. */
function validateApproval({ group = '' }: CustomResourceDefinitionSpec, said: string): FieldError[] {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(group)) return [];
  const at = Path.of('metadata.annotations').key(approval);
  const see = 'see https://github.com/kubernetes/enhancements/pull/1111';
  const must = `protected groups must have approval annotation "${approval}"`;
  if (said === '') return [required(at, `${must}, ${see}`)];
  if (said.startsWith('unapproved') || /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/?#]/.test(said)) return [];
  return [invalid(at, said, `${must} with either a URL or a reason starting with "unapproved", ${see}`)];
}

function validatePreserving({ preserveUnknownFields }: CustomResourceDefinitionSpec): FieldError[] {
  if (!preserveUnknownFields) return [];
  const text =
    'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  return [invalid(path.child('preserveUnknownFields'), true, text)];
}
