// Upstream: pkg/apis/rbac/validation/validation.go
import { type FieldError, invalid, notSupported, Path, required } from '../field-error';
import type { ClusterRole, PolicyRule, RoleRef, Subject } from '../generated/rbac-v1';
import { isReadable, validateLabelSelector } from '../meta/label-selector';
import { complaints } from '../meta/labels';
import { dns1123Subdomain, pathSegmentName } from '../meta/names';

export const rbacGroup = 'rbac.authorization.k8s.io';

export function validateRules(rules: readonly PolicyRule[] | undefined, namespaced: boolean): FieldError[] {
  return (rules ?? []).flatMap((rule, i) => validateRule(rule, namespaced, Path.of('rules').index(i)));
}

function validateRule(rule: PolicyRule, namespaced: boolean, path: Path): FieldError[] {
  const { verbs = [], nonResourceURLs = [], apiGroups = [], resources = [], resourceNames = [] } = rule;
  const errors: FieldError[] = [];
  if (verbs.length === 0) errors.push(required(path.child('verbs'), 'verbs must contain at least one value'));
  if (nonResourceURLs.length > 0) {
    const at = path.child('nonResourceURLs');
    if (namespaced) errors.push(invalid(at, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'));
    if (apiGroups.length + resources.length + resourceNames.length > 0) {
      errors.push(invalid(at, nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs'));
    }
    return errors;
  }
  if (apiGroups.length === 0) {
    errors.push(required(path.child('apiGroups'), 'resource rules must supply at least one api group'));
  }
  if (resources.length === 0) {
    errors.push(required(path.child('resources'), 'resource rules must supply at least one resource'));
  }
  return errors;
}

export function validateAggregation({ aggregationRule }: ClusterRole): FieldError[] {
  if (!aggregationRule) return [];
  const path = Path.of('aggregationRule.clusterRoleSelectors');
  const selectors = aggregationRule.clusterRoleSelectors ?? [];
  if (selectors.length === 0)
    return [required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
  return selectors.flatMap((selector, i) => {
    const at = path.index(i);
    // What cannot be made a selector is refused once more, and printed as the nothing it became.
    const unusable = isReadable(selector, at) ? [] : [invalid(at, null, 'invalid label selector.')];
    return [...validateLabelSelector(selector, at), ...unusable];
  });
}

/** `kinds`: what the binding may refer to. */
export function validateRoleRef(ref: RoleRef, kinds: readonly string[]): FieldError[] {
  const path = Path.of('roleRef');
  const { apiGroup = '', kind = '', name = '' } = ref;
  return [
    ...(apiGroup === rbacGroup ? [] : [notSupported(path.child('apiGroup'), apiGroup, [rbacGroup])]),
    ...(kinds.includes(kind) ? [] : [notSupported(path.child('kind'), kind, kinds)]),
    ...(name ? complaints(pathSegmentName, path.child('name'), name) : [required(path.child('name'))]),
  ];
}

export function validateSubjects(subjects: readonly Subject[] | undefined, namespaced: boolean): FieldError[] {
  return (subjects ?? []).flatMap((subject, i) => validateSubject(subject, namespaced, Path.of('subjects').index(i)));
}

function validateSubject(
  { kind, name, apiGroup = '', namespace }: Subject,
  namespaced: boolean,
  path: Path,
): FieldError[] {
  const errors = name ? [] : [required(path.child('name'))];
  const inGroup = (wanted: string) =>
    apiGroup === wanted ? [] : [notSupported(path.child('apiGroup'), apiGroup, [wanted])];
  switch (kind) {
    case 'ServiceAccount':
      if (name) errors.push(...complaints(dns1123Subdomain, path.child('name'), name));
      errors.push(...inGroup(''));
      if (!namespaced && !namespace) errors.push(required(path.child('namespace')));
      return errors;
    case 'User':
    case 'Group':
      return [...errors, ...inGroup(rbacGroup)];
    default:
      return [...errors, notSupported(path.child('kind'), kind ?? '', ['ServiceAccount', 'User', 'Group'])];
  }
}

/** Upstream: pkg/apis/rbac/v1/defaults.go */
export function defaultBinding(binding: {
  metadata: { namespace?: string };
  roleRef: RoleRef;
  subjects?: Subject[];
}): void {
  binding.roleRef.apiGroup ||= rbacGroup;
  for (const subject of binding.subjects ?? []) {
    if (!subject.apiGroup && (subject.kind === 'User' || subject.kind === 'Group')) subject.apiGroup = rbacGroup;
  }
}
