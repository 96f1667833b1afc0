import { dns1123Label, dns1123Subdomain } from '../api/meta/names';
import type { Asker, Credentials } from '../api/kind';
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, Subject } from '../api/generated/rbac-v1';
import type { ResourceInfo } from '../api/registry';
import type { ApiRequest } from './request';
import { forbiddenStatus, type Status } from './status';
import type { Store } from './store';

const administrator = 'kubernetes-admin';
const usual: Credentials = { uid: 'admin-uid', groups: ['system:masters', 'kubeadm:cluster-admins'] };

/**
 * Whether the user of a request may make it: the administrator and the cluster's own components may everything,
 * anybody else what the roles bound to them say. Undefined: yes. Upstream: plugin/pkg/auth/authorizer/rbac/rbac.go,
 * staging/src/k8s.io/apiserver/pkg/endpoints/filters/authorization.go.
 */
export function refusalOf(request: ApiRequest, info: ResourceInfo, store: Store): Status | undefined {
  const { user, name = '', verb, subresource } = request;
  if (mayEverything(user, request.groups) || (verb === 'create' && asksOfItself.has(info.plural))) return undefined;
  const namespace = info.namespaced ? request.namespace : undefined;
  const asked = { verb, group: info.group, resource: info.plural, subresource, name: request.name, namespace };
  if (grantOf(askerOf(request), asked, store).source !== undefined) return undefined;
  const resource = resourceText(asked);
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${user}" cannot ${request.verb} resource "${resource}" in API group "${info.group}" ${where}`;
  return forbiddenStatus(info.plural, info.group, request.verb === 'create' ? '' : name, why);
}

/** Anybody may ask what they may, and who they are. Upstream: bootstrappolicy/policy.go `system:basic-user` */
const asksOfItself = new Set(['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews']);

/** What is asked for: something of a resource, or a path of the server. */
export interface Asked {
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly path?: string;
}

/** Whether nobody looks at roles at all. */
export function mayEverything(user: string, groups: readonly string[] = []): boolean {
  return user === administrator || isComponent(user) || groups.includes('system:masters');
}

function resourceText({ subresource, resource = '' }: Asked): string {
  return subresource ? `${resource}/${subresource}` : resource;
}

/** The cluster's own components, and the accounts its controllers go by; other service accounts are users like others. */
function isComponent(user: string): boolean {
  if (user === anonymous) return false;
  if (ownAccount.test(user)) return true;
  return user.startsWith(accountPrefix) ? accountNamespace(user) === 'kube-system' : user.startsWith('system:');
}

/** The accounts of the cluster's own controllers, as their names usually are. */
const ownAccount = /^system:serviceaccount:kube-system:[a-z]([a-z-]{0,61}[a-z])?$/;
const accountPrefix = 'system:serviceaccount:';
const anonymous = 'system:anonymous';

/**
 * The namespace of a service account; undefined for a name that only looks like one (`system:serviceaccount:a:*`).
 * Upstream: apiserver/pkg/authentication/serviceaccount/util.go `SplitUsername`
 */
function accountNamespace(user: string): string | undefined {
  const [, namespace = '', name = ''] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  return [...dns1123Label(namespace), ...dns1123Subdomain(name)].length === 0 ? namespace : undefined;
}

/** Who makes a request. `credentials`: those of the cluster's administrator, where they matter. */
export function askerOf(request: Pick<ApiRequest, 'user' | 'groups'>, credentials: Credentials = usual): Asker {
  const { user, groups = [] } = request;
  if (user !== administrator || groups.length > 0) return { user, groups: groupsOf(request) };
  return { ...credentials, user, groups: [...credentials.groups, 'system:authenticated'] };
}

/**
 * The groups of a user: those of its certificate or of impersonation, and those that everybody of its kind is in. A
 * service account that is impersonated with groups is in no others. Upstream: endpoints/filters/impersonation
 */
function groupsOf({ user, groups = [] }: Pick<ApiRequest, 'user' | 'groups'>): string[] {
  if (user === anonymous) return [...groups, 'system:unauthenticated'];
  const namespace = groups.length === 0 ? accountNamespace(user) : undefined;
  const own = namespace === undefined ? groups : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return [...own, 'system:authenticated'];
}

/** What a user may do in a namespace, rule by rule. Upstream: pkg/registry/rbac/validation/rule.go `RulesFor` */
export function rulesFor(asker: Asker, namespace: string, store: Store): { resources: object[]; paths: object[] } {
  const rules: PolicyRule[] = mayEverything(asker.user, asker.groups) ? [...everything] : [];
  for (const { binding } of bindingsOf(asker, namespace, store)) rules.push(...(roleOf(binding, store)?.rules ?? []));
  if (asker.groups.includes('system:authenticated')) rules.push(...everybodys);
  return {
    resources: rules
      .filter(({ resources = [] }) => resources.length > 0)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({ verbs, apiGroups, resources, resourceNames })),
    paths: rules
      .filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
  };
}

/** The rules of `cluster-admin`. */
const everything: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/** `system:basic-user` and `system:discovery`. Upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go */
const everybodys: readonly PolicyRule[] = [
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
  {
    verbs: ['get'],
    nonResourceURLs: '/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/'.split(
      ' ',
    ),
  },
];

type Binding = ClusterRoleBinding | RoleBinding;

/** The bindings, of the cluster and of a namespace, that name somebody. */
function bindingsOf(
  asker: Asker,
  namespace: string | undefined,
  store: Store,
): { binding: Binding; subject: Subject }[] {
  const everywhere: readonly Binding[] = store.list('clusterrolebindings.rbac.authorization.k8s.io');
  const here: readonly Binding[] = namespace ? store.list('rolebindings.rbac.authorization.k8s.io', namespace) : [];
  return [...everywhere, ...here].flatMap((binding) => {
    const subject = (binding.subjects ?? []).find((one) => isSubject(one, asker, binding.metadata.namespace));
    return subject ? [{ binding, subject }] : [];
  });
}

function roleOf({ roleRef, metadata }: Binding, store: Store): Role | ClusterRole | undefined {
  return roleRef.kind === 'ClusterRole'
    ? store.get('clusterroles.rbac.authorization.k8s.io', undefined, roleRef.name)
    : store.get('roles.rbac.authorization.k8s.io', metadata.namespace, roleRef.name);
}

/**
 * The binding by which somebody may do something, as upstream names it; otherwise the roles that bindings name in vain.
 * Upstream: pkg/registry/rbac/validation/rule.go `VisitRulesFor`
 */
export function grantOf(asker: Asker, asked: Asked, store: Store): { source?: string; absent: string[] } {
  const absent: string[] = [];
  for (const { binding, subject } of bindingsOf(asker, asked.namespace, store)) {
    const { kind, name } = binding.roleRef;
    const { namespace } = binding.metadata;
    const role = roleOf(binding, store);
    if (!role) absent.push(`${kind.toLowerCase()}s.rbac.authorization.k8s.io "${name}" not found`);
    else if ((role.rules ?? []).some((rule) => covers(rule, asked))) {
      const of = namespace ? `${binding.metadata.name}/${namespace}` : binding.metadata.name;
      const bound = namespace ? 'RoleBinding' : 'ClusterRoleBinding';
      return { source: `${bound} "${of}" of ${kind} "${name}" to ${describe(subject, namespace)}`, absent };
    }
  }
  return { absent };
}

function isSubject(subject: Subject, { user, groups }: Asker, bound = ''): boolean {
  const { kind, name, namespace = bound } = subject;
  if (kind === 'User') return name === user;
  if (kind === 'Group') return groups.includes(name);
  return kind === 'ServiceAccount' && user === `${accountPrefix}${namespace}:${name}`;
}

function describe({ kind, name, namespace }: Subject, bound = ''): string {
  return kind === 'ServiceAccount' ? `${kind} "${name}/${namespace ?? bound}"` : `${kind} "${name}"`;
}

/** Upstream: pkg/apis/rbac/v1/evaluation_helpers.go, plugin/pkg/auth/authorizer/rbac/rbac.go `RuleAllows` */
function covers(rule: PolicyRule, asked: Asked): boolean {
  const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const { verb, group = '', subresource, name, path } = asked;
  const has = (list: readonly string[], word: string) => list.includes('*') || list.includes(word);
  if (!has(verbs, verb)) return false;
  if (path !== undefined) {
    return nonResourceURLs.some((url) => url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1))));
  }
  if (!has(apiGroups, group)) return false;
  const all = subresource !== undefined && subresource !== '' && resources.includes(`*/${subresource}`);
  if (!all && !has(resources, resourceText(asked))) return false;
  return resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name));
}
