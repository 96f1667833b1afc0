import type { ClusterRoleBinding, PolicyRule, RoleBinding } from '../api/generated/rbac-v1';
import type { ResourceInfo } from '../api/registry';
import type { ApiRequest } from './request';
import { forbiddenStatus, type Status } from './status';
import type { Store } from './store';

const administrator = 'kubernetes-admin';

/**
 * Whether the user of a request may make it: the administrator and the cluster's own components may everything,
 * anybody else what the roles bound to them say. Undefined: yes. Upstream: plugin/pkg/auth/authorizer/rbac/rbac.go,
 * staging/src/k8s.io/apiserver/pkg/endpoints/filters/authorization.go.
 */
export function refusalOf(request: ApiRequest, info: ResourceInfo, store: Store): Status | undefined {
  const { user, name = '' } = request;
  if (user === administrator || isComponent(user) || request.groups?.includes('system:masters')) return undefined;
  const namespace = info.namespaced ? request.namespace : undefined;
  if (rulesFor(request, namespace, store).some((rule) => covers(rule, request, info))) return undefined;
  const resource = resourceText(request, info);
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${user}" cannot ${request.verb} resource "${resource}" in API group "${info.group}" ${where}`;
  return forbiddenStatus(info.plural, info.group, request.verb === 'create' ? '' : name, why);
}

function resourceText({ subresource }: ApiRequest, { plural }: ResourceInfo): string {
  return subresource === undefined ? plural : `${plural}/${subresource}`;
}

/** The cluster's own components, and the accounts its controllers go by; other service accounts are users like others. */
function isComponent(user: string): boolean {
  return user.startsWith(accountPrefix) ? user.startsWith(`${accountPrefix}kube-system:`) : user.startsWith('system:');
}

const accountPrefix = 'system:serviceaccount:';

/** The groups of a user: those of its certificate or of impersonation, and those that everybody of its kind is in. */
function groupsOf({ user, groups = [] }: ApiRequest): string[] {
  if (!user.startsWith(accountPrefix)) return [...groups, 'system:authenticated'];
  const [, , namespace = ''] = user.split(':');
  return [...groups, 'system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
}

function rulesFor(request: ApiRequest, namespace: string | undefined, store: Store): PolicyRule[] {
  const { user } = request;
  const groups = groupsOf(request);
  const bound = ({ metadata, subjects = [] }: RoleBinding | ClusterRoleBinding) =>
    subjects.some(
      ({ kind, name, namespace: of = metadata.namespace ?? '' }) =>
        (kind === 'User' && name === user) ||
        (kind === 'Group' && groups.includes(name)) ||
        (kind === 'ServiceAccount' && user === `${accountPrefix}${of}:${name}`),
    );
  const everywhere = store.list('clusterrolebindings.rbac.authorization.k8s.io').filter(bound);
  const here =
    namespace === undefined ? [] : store.list('rolebindings.rbac.authorization.k8s.io', namespace).filter(bound);
  return [...everywhere, ...here].flatMap(({ roleRef }) => {
    const role =
      roleRef.kind === 'ClusterRole'
        ? store.get('clusterroles.rbac.authorization.k8s.io', undefined, roleRef.name)
        : store.get('roles.rbac.authorization.k8s.io', namespace, roleRef.name);
    return role?.rules ?? [];
  });
}

/** Upstream: pkg/registry/rbac/validation/rule.go, pkg/apis/rbac/v1/evaluation_helpers.go. */
function covers(rule: PolicyRule, request: ApiRequest, info: ResourceInfo): boolean {
  const { verbs, apiGroups = [], resources = [], resourceNames = [] } = rule;
  const has = (list: readonly string[], word: string) => list.includes('*') || list.includes(word);
  if (!has(verbs, request.verb) || !has(apiGroups, info.group)) return false;
  if (
    !has(resources, resourceText(request, info)) &&
    !(request.subresource && resources.includes(`*/${request.subresource}`))
  ) {
    return false;
  }
  return resourceNames.length === 0 || (request.name !== undefined && resourceNames.includes(request.name));
}
