// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/matching/matching.go, webhook/predicates/rules
import type { MatchResources, NamedRuleWithOperations } from '../../api/generated/admissionregistration-v1';
import { matchesLabelSelector } from '../../api/label-selector';
import type { AdmissionAttributes, AdmissionReader } from '../chain';

/** Whether a policy or a binding means this request. */
export function matchesRequest(
  match: MatchResources | undefined,
  attributes: AdmissionAttributes,
  reader: AdmissionReader,
): boolean {
  if (!match) return true;
  const { namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules = [] } = match;
  if (!matchesNamespace(namespaceSelector, attributes, reader)) return false;
  const { object, old } = attributes;
  const labelled = [object, old].filter((one) => one !== undefined);
  if (objectSelector && !labelled.some(({ metadata }) => matchesLabelSelector(objectSelector, metadata.labels ?? {}))) {
    return false;
  }
  if (excludeResourceRules.some((rule) => matchesRule(rule, attributes))) return false;
  return resourceRules.length === 0 || resourceRules.some((rule) => matchesRule(rule, attributes));
}

function matchesNamespace(
  selector: MatchResources['namespaceSelector'],
  { resource, namespace, object, old }: AdmissionAttributes,
  reader: AdmissionReader,
): boolean {
  if (!selector) return true;
  // A Namespace is judged by its own labels; what belongs to the cluster is always meant.
  if (resource.name === 'namespaces') return matchesLabelSelector(selector, (object ?? old)?.metadata.labels ?? {});
  if (!namespace) return true;
  return matchesLabelSelector(selector, reader.get('namespaces', undefined, namespace)?.metadata.labels ?? {});
}

function matchesRule(
  rule: NamedRuleWithOperations,
  { operation, resource, subresource, name, ...rest }: AdmissionAttributes,
): boolean {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], resourceNames = [], scope = '*' } = rule;
  const allows = (list: readonly string[], value: string) => list.includes('*') || list.includes(value);
  const isNamespaced = resource.namespaced && resource.name !== 'namespaces';
  return (
    (scope === '*' || (scope === 'Namespaced') === isNamespaced) &&
    allows(operations, operation) &&
    allows(apiGroups, resource.group) &&
    allows(apiVersions, resource.version) &&
    resources.some((one) => matchesResource(one, resource.plural, subresource ?? '')) &&
    (resourceNames.length === 0 || resourceNames.includes(name || (rest.object?.metadata.name ?? '')))
  );
}

/** `pods`, `pods/status`, `pods/*`, and a star for either part. A lone name means no subresource. */
function matchesResource(pattern: string, plural: string, subresource: string): boolean {
  const [first = '', second = ''] = pattern.split('/', 2);
  return (first === '*' || first === plural) && (second === '*' || second === subresource);
}
