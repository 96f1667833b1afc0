// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateRule`
import { type FieldError, invalid, type Path, required } from '../field-error';
import type { RuleWithOperations } from '../generated/admissionregistration-v1';
import { presentOneOf } from '../core/pod-spec/validation/supported';

/** The groups, versions, resources and scope of a rule; resources may name subresources. */
export function validateRule(rule: RuleWithOperations, path: Path): FieldError[] {
  const { apiGroups = [], apiVersions = [], resources = [] } = rule;
  const versions = path.child('apiVersions');
  return [
    ...validateNames(apiGroups, path.child('apiGroups'), 'groups'),
    ...validateNames(apiVersions, versions, 'versions'),
    ...apiVersions.flatMap((version, i) => (version === '' ? [required(versions.index(i))] : [])),
    ...validateResources(resources, path.child('resources')),
    ...presentOneOf(rule.scope, ['*', 'Cluster', 'Namespaced'], path.child('scope')),
  ];
}

function validateNames(names: readonly string[], path: Path, what: string): FieldError[] {
  if (names.length === 0) return [required(path)];
  if (names.length === 1 || !names.includes('*')) return [];
  return [invalid(path, names, `if '*' is present, must not specify other API ${what}`)];
}

// A lone star swallows the others; so do `pods/*` and a star before `/status` their own.
function validateResources(resources: readonly string[], path: Path): FieldError[] {
  if (resources.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const wholly = new Set<string>();
  const subresources = new Set<string>();
  resources.forEach((one, i) => {
    const at = path.index(i);
    if (one === '') {
      errors.push(required(at));
      return;
    }
    if (one === '*/*' && resources.length > 1) {
      errors.push(invalid(path, resources, "if '*/*' is present, must not specify other resources"));
    } else if (one === '*' && resources.some((other) => !other.includes('/') && other !== '*')) {
      const text = "if '*' is present, must not specify other resources without subresources";
      errors.push(invalid(path, resources, text));
    }
    const [resource = '', subresource] = split(one);
    if (subresource === undefined) return;
    if (wholly.has(resource)) errors.push(invalid(at, one, `if '${resource}/*' is present, must not specify ${one}`));
    if (subresources.has(subresource)) {
      errors.push(invalid(at, one, `if '*/${subresource}' is present, must not specify ${one}`));
    }
    if (subresource === '*') wholly.add(resource);
    if (resource === '*') subresources.add(subresource);
  });
  return errors;
}

/** `pods/status` → `['pods', 'status']`; only the first stroke parts. */
function split(resource: string): [resource: string, subresource?: string] {
  const stroke = resource.indexOf('/');
  return stroke < 0 ? [resource] : [resource.slice(0, stroke), resource.slice(stroke + 1)];
}
