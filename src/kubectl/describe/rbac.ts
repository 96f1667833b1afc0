import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
} from '@/kubernetes/api/generated/rbac-v1';
import type { Describer } from './describer';
import { Lines } from './lines';
import { annotations, labels } from './metadata';

/** Upstream: kubectl/pkg/describe/describe.go `RoleDescriber`, `ClusterRoleDescriber`. */
export const describeRole: Describer<Role | ClusterRole> = ({ metadata, rules }) => {
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.add(0, 'PolicyRule:');
  lines.add(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs');
  lines.add(1, '---------\t-----------------\t--------------\t-----');
  for (const { resources = [], apiGroups = [], nonResourceURLs = [], resourceNames = [], verbs } of compact(
    rules ?? [],
  )) {
    lines.add(1, [combined(resources, apiGroups), ...[nonResourceURLs, resourceNames, verbs].map(listText)].join('\t'));
  }
  return lines.toString();
};

/** Upstream: `RoleBindingDescriber`, `ClusterRoleBindingDescriber`. */
export const describeRoleBinding: Describer<RoleBinding | ClusterRoleBinding> = ({ metadata, roleRef, subjects }) => {
  const lines = new Lines();
  lines.field('Name', metadata.name);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.add(0, 'Role:');
  lines.field('Kind', roleRef.kind, 1);
  lines.field('Name', roleRef.name, 1);
  lines.add(0, 'Subjects:');
  lines.add(1, 'Kind\tName\tNamespace');
  lines.add(1, '----\t----\t---------');
  for (const { kind, name, namespace } of subjects ?? []) lines.add(1, `${kind}\t${name}\t${namespace ?? ''}`);
  return lines.toString();
};

function listText(list: readonly string[]): string {
  return `[${list.join(' ')}]`;
}

/** `pods`, `deployments.apps/scale`. Upstream: `CombineResourceGroup`. */
function combined([resource]: readonly string[], [group]: readonly string[]): string {
  if (resource === undefined) return '';
  const [name = '', ...sub] = resource.split('/');
  return [group ? `${name}.${group}` : name, ...sub].join('/');
}

/** One rule per resource, with all its verbs, in the order of their texts. Upstream: kubectl/pkg/util/rbac/rbac.go. */
function compact(rules: readonly PolicyRule[]): PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const paths: PolicyRule[] = [];
  for (const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } of rules) {
    for (const group of apiGroups) {
      for (const resource of resources) {
        for (const name of resourceNames.length > 0 ? resourceNames : [undefined]) {
          const key = `${group}\n${resource}\n${name ?? ''}`;
          const known = simple.get(key)?.verbs ?? [];
          const names = name === undefined ? {} : { resourceNames: [name] };
          simple.set(key, {
            apiGroups: [group],
            resources: [resource],
            ...names,
            verbs: [...new Set([...known, ...verbs])],
          });
        }
      }
    }
    for (const path of nonResourceURLs) {
      for (const verb of verbs) paths.push({ nonResourceURLs: [path], verbs: [verb] });
    }
  }
  const text = ({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule) =>
    [verbs, apiGroups, resources, resourceNames, nonResourceURLs].map((list) => `[${list.join(' ')}]`).join(',');
  return [...paths, ...simple.values()].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}
