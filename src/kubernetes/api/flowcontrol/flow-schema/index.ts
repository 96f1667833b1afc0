// Upstream: pkg/apis/flowcontrol/validation/validation.go `ValidateFlowSchema`, pkg/apis/flowcontrol/v1/defaults.go
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, notSupported, Path, required } from '../../field-error';
import type { FlowSchema, NonResourcePolicyRule, ResourcePolicyRule } from '../../generated/flowcontrol-v1';
import { countGeneration } from '../../generation';
import { complaints } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../meta/names';
import { validateSubject } from './subject';

const path = Path.of('spec');
const usualPrecedence = 1000;
const highestPrecedence = 10_000;
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];

export const flowSchema = defineKind<FlowSchema>({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'FlowSchema',
  namespaced: false,
  updates: ['whole'],
  name: dns1123Subdomain,
  setDefaults(object) {
    const spec = (object.spec ??= { priorityLevelConfiguration: { name: '' } });
    spec.matchingPrecedence ||= usualPrecedence;
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validateContent({ metadata, spec }) {
    const { matchingPrecedence, distinguisherMethod, priorityLevelConfiguration, rules = [] } = spec ?? {};
    const name = priorityLevelConfiguration?.name;
    const nameAt = path.child('priorityLevelConfiguration', 'name');
    const methods = ['ByNamespace', 'ByUser'];
    return [
      ...validatePrecedence(matchingPrecedence ?? 0, metadata.name, path.child('matchingPrecedence')),
      ...(distinguisherMethod && !methods.includes(distinguisherMethod.type)
        ? [notSupported(path.child('distinguisherMethod', 'type'), { Type: distinguisherMethod.type ?? '' }, methods)]
        : []),
      ...(name ? complaints(dns1123Subdomain, nameAt, name) : [required(nameAt, 'must reference a priority level')]),
      ...rules.flatMap(({ subjects = [], resourceRules = [], nonResourceRules = [] }, i) => {
        const at = path.child('rules').index(i);
        const none = subjects.length === 0;
        return [
          ...(none ? [required(at.child('subjects'), 'subjects must contain at least one value')] : []),
          ...subjects.flatMap((subject, j) => validateSubject(subject, at.child('subjects').index(j))),
          ...(resourceRules.length + nonResourceRules.length === 0
            ? [required(at, 'at least one of resourceRules and nonResourceRules has to be non-empty')]
            : []),
          ...resourceRules.flatMap((rule, j) => validateResourceRule(rule, at.child('resourceRules').index(j))),
          ...nonResourceRules.flatMap((rule, j) => validateURLRule(rule, at.child('nonResourceRules').index(j))),
        ];
      }),
    ];
  },
});

function validatePrecedence(precedence: number, name: string | undefined, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (precedence <= 0) errors.push(invalid(at, precedence, 'must be a positive value'));
  if (precedence > highestPrecedence) {
    errors.push(invalid(at, precedence, `must not be greater than ${highestPrecedence}`));
  }
  if (precedence === 1 && name !== 'exempt') {
    errors.push(invalid(at, precedence, "only the schema named 'exempt' may have matchingPrecedence 1"));
  }
  return errors;
}

/** A list with something in it; where a star stands, it stands alone. `what` is how upstream calls the others. */
function validateStarred(list: readonly string[], at: Path, missing: string, what: string): FieldError[] {
  if (list.length === 0) return [required(at, missing)];
  return list.length > 1 && list.includes('*')
    ? [invalid(at, list, `if '*' is present, must not specify other ${what}`)]
    : [];
}

function validateVerbs(list: readonly string[], at: Path): FieldError[] {
  const errors = validateStarred(list, at, 'verbs must contain at least one value', 'verbs');
  const unknown = !list.includes('*') && list.some((verb) => !verbs.includes(verb));
  return unknown ? [...errors, notSupported(at, list, verbs)] : errors;
}

function validateResourceRule(rule: ResourcePolicyRule, at: Path): FieldError[] {
  const { apiGroups = [], resources = [], namespaces = [], clusterScope } = rule;
  const group = 'resource rules must supply at least one api group';
  const resource = 'resource rules must supply at least one resource';
  const where = at.child('namespaces');
  const intro = "each member of this list must be '*' or a DNS-1123 label; ";
  const errors = [
    ...validateVerbs(rule.verbs ?? [], at.child('verbs')),
    ...validateStarred(apiGroups, at.child('apiGroups'), group, 'api groups'),
    ...validateStarred(resources, at.child('resources'), resource, 'resources'),
  ];
  if (namespaces.length === 0) {
    const text = 'resource rules that are not cluster scoped must supply at least one namespace';
    return clusterScope ? errors : [...errors, required(where, text)];
  }
  if (namespaces.includes('*')) return [...errors, ...validateStarred(namespaces, where, '', 'namespaces')];
  const wrong = namespaces.flatMap((name, i) =>
    dns1123Label(name).map((message) => invalid(where.index(i), name, `${intro}${message}`)),
  );
  return [...errors, ...wrong];
}

function validateURLRule({ verbs: given = [], nonResourceURLs: urls = [] }: NonResourcePolicyRule, at: Path) {
  const where = at.child('nonResourceURLs');
  const missing = 'nonResourceURLs must contain at least one value';
  const errors = [
    ...validateVerbs(given, at.child('verbs')),
    ...validateStarred(urls, where, missing, 'non-resource URLs'),
  ];
  if (urls.includes('*')) return errors;
  return [...errors, ...urls.flatMap((url, i) => validateURL(url, where.index(i)))];
}

function validateURL(url: string, at: Path): FieldError[] {
  if (url === '') return [invalid(at, url, 'must not be empty')];
  if (url === '/') return [];
  if (!url.startsWith('/')) return [invalid(at, url, 'must start with slash')];
  if (url.includes(' ')) return [invalid(at, url, 'must not contain white-space')];
  if (url.includes('//')) return [invalid(at, url, 'must not contain double slash')];
  const stars = url.split('*').length - 1;
  const misplaced = stars > 1 || (stars === 1 && !url.endsWith('/*'));
  return misplaced ? [invalid(at, url, 'wildcard can only do suffix matching')] : [];
}
