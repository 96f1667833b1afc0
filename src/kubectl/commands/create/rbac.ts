import type { JsonObject } from '@/kubernetes/api/object';
import { KubectlError, NoResourceMatch } from '../../errors';
import { array, map, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { findMapping } from '../../resource/mapping';
import type { Generator } from './generator';

const apiGroup = 'rbac.authorization.k8s.io';
const apiVersion = `${apiGroup}/v1`;

/** Verbs of an ordinary kind. Upstream: create_role.go `validResourceVerbs`. */
const usualVerbs = new Set(
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(' '),
);

/** Verbs that belong to a few kinds alone. Upstream: create_role.go `specialVerbs`. */
const specialVerbs: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  escalate: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  impersonate: ['users', 'serviceaccounts', 'groups', 'userextras.authentication.k8s.io'],
};

/** Verbs on paths. Upstream: create_clusterrole.go `validNonResourceVerbs`. */
const pathVerbs = new Set('* get post put delete patch head options'.split(' '));

interface Wanted {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

function verbsOf({ flags }: Invocation): string[] {
  const verbs = [...new Set(flags.list('verb'))];
  return verbs.includes('*') ? ['*'] : verbs;
}

/** `deployments.apps/scale`; `*` alone stands for everything. Upstream: create_role.go `Complete`. */
function resourcesOf({ flags }: Invocation): Wanted[] {
  const words = flags.list('resource');
  if (words.includes('*')) return [{ group: '', resource: '*', subresource: '' }];
  return words.map((word) => {
    const [type = '', ...sub] = word.split('/');
    const [resource = '', ...group] = type.split('.');
    return { group: group.join('.'), resource, subresource: sub.join('/') };
  });
}

function warnOfVerbs(invocation: Invocation, verbs: readonly string[]): void {
  for (const verb of verbs) {
    if (!usualVerbs.has(verb)) invocation.err(`Warning: '${verb}' is not a standard resource verb\n`);
  }
}

/** Upstream: create_role.go `validateResource`. */
function checkResources(invocation: Invocation, verbs: readonly string[], wanted: readonly Wanted[]): void {
  for (const { group, resource } of wanted) {
    if (resource === '') throw new KubectlError('resource must be specified if apiGroup/subresource specified');
    if (resource === '*') return;
    const word = group === '' ? resource : `${resource}.${group}`;
    const found = findMapping(word, invocation.minor);
    const [name, of] = found ? [found.plural, found.group] : [resource, group];
    let special = false;
    for (const verb of verbs) {
      const kinds = specialVerbs[verb];
      if (!kinds) continue;
      if (!kinds.includes(of === '' ? name : `${name}.${of}`)) {
        throw new KubectlError(`can not perform '${verb}' on '${name}' in group '${of}'`);
      }
      special = true;
    }
    if (!found && !special) throw new NoResourceMatch(`the server doesn't have a resource type "${resource}"`);
  }
}

/** One rule per API group, the groups sorted. Upstream: create_role.go `generateResourcePolicyRules`. */
function rulesOf(invocation: Invocation, verbs: readonly string[], wanted: readonly Wanted[]): JsonObject[] {
  const groups = new Map<string, string[]>();
  for (const { group, resource, subresource } of wanted) {
    const found = findMapping(group === '' ? resource : `${resource}.${group}`, invocation.minor);
    const name = `${found?.plural ?? resource}${subresource === '' ? '' : `/${subresource}`}`;
    const key = found?.group ?? group;
    groups.set(key, [...new Set([...(groups.get(key) ?? []), name])]);
  }
  const resourceNames = [...new Set(invocation.flags.list('resource-name'))];
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, resources]) => ({
      apiGroups: [group],
      resources,
      verbs: [...verbs],
      ...(resourceNames.length > 0 ? { resourceNames } : {}),
    }));
}

const ruleFlags = [slice('verb'), slice('resource'), array('resource-name')];

export const role: Generator = {
  name: 'role',
  short: 'Create a role with single rule',
  flags: ruleFlags,
  make(name, invocation) {
    const verbs = verbsOf(invocation);
    const wanted = resourcesOf(invocation);
    if (verbs.length === 0) throw new KubectlError('at least one verb must be specified');
    warnOfVerbs(invocation, verbs);
    if (wanted.length === 0) throw new KubectlError('at least one resource must be specified');
    checkResources(invocation, verbs, wanted);
    return { apiVersion, kind: 'Role', metadata: { name }, rules: rulesOf(invocation, verbs, wanted) };
  },
};

export const clusterRole: Generator = {
  name: 'clusterrole',
  short: 'Create a cluster role',
  flags: [...ruleFlags, slice('non-resource-url'), { ...map('aggregation-rule'), shown: '' }],
  make(name, invocation) {
    const { flags } = invocation;
    const verbs = verbsOf(invocation);
    const wanted = resourcesOf(invocation);
    const nonResourceURLs = [...new Set(flags.list('non-resource-url'))];
    const made = { apiVersion, kind: 'ClusterRole', metadata: { name } };
    const pairs = flags.list('aggregation-rule');
    if (pairs.length > 0) {
      const others = [nonResourceURLs, verbs, wanted, flags.list('resource-name')];
      if (others.some((list) => list.length > 0)) {
        throw new KubectlError(
          'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
        );
      }
      // A flag of pairs was read as such: each has its `=`.
      const matchLabels = Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
      return { ...made, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] }, rules: null };
    }
    if (verbs.length === 0) throw new KubectlError('at least one verb must be specified');
    if (wanted.length === 0 && nonResourceURLs.length === 0) {
      throw new KubectlError('one of resource or nonResourceURL must be specified');
    }
    if (wanted.length > 0) {
      warnOfVerbs(invocation, verbs);
      checkResources(invocation, verbs, wanted);
    }
    if (nonResourceURLs.length > 0) checkPaths(verbs, nonResourceURLs);
    const paths = nonResourceURLs.length > 0 ? [{ nonResourceURLs, verbs }] : [];
    return { ...made, rules: [...rulesOf(invocation, verbs, wanted), ...paths] };
  },
};

/** Upstream: create_clusterrole.go `Validate`. */
function checkPaths(verbs: readonly string[], paths: readonly string[]): void {
  const bad = verbs.find((verb) => !pathVerbs.has(verb));
  if (bad !== undefined) throw new KubectlError(`invalid verb: '${bad}' for nonResourceURL`);
  for (const path of paths) {
    if (path === '*') continue;
    if (!path.startsWith('/')) throw new KubectlError('nonResourceURL should start with /');
    if (path.slice(0, -1).includes('*')) {
      throw new KubectlError("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
  }
}

const subjectFlags = [array('user'), array('group'), array('serviceaccount'), string('clusterrole')];
/** Upstream: create_rolebinding.go. */
export function subjectsOf({ flags }: Invocation) {
  const users = flags.list('user').map((name) => ({ apiGroup, kind: 'User', name }));
  const groups = flags.list('group').map((name) => ({ apiGroup, kind: 'Group', name }));
  const accounts = flags.list('serviceaccount').map((text) => {
    const [namespace = '', name = '', more] = text.split(':');
    if (namespace === '' || name === '' || more !== undefined) {
      throw new KubectlError('serviceaccount must be <namespace>:<name>');
    }
    return { kind: 'ServiceAccount', name, namespace };
  });
  return [...users, ...groups, ...accounts];
}

export const roleBinding: Generator = {
  name: 'rolebinding',
  short: 'Create a role binding for a particular role or cluster role',
  flags: [...subjectFlags, string('role')],
  failure: 'failed to create rolebinding: ',
  make(name, invocation) {
    const { flags } = invocation;
    const clusterRoleName = flags.string('clusterrole');
    if ((clusterRoleName === '') === (flags.string('role') === '')) {
      throw new KubectlError('exactly one of clusterrole or role must be specified');
    }
    const kind = clusterRoleName ? 'ClusterRole' : 'Role';
    const roleRef = { apiGroup, kind, name: clusterRoleName || flags.string('role') };
    const subjects = subjectsOf(invocation);
    return {
      apiVersion,
      kind: 'RoleBinding',
      metadata: { name },
      roleRef,
      ...(subjects.length > 0 ? { subjects } : {}),
    };
  },
};

export const clusterRoleBinding: Generator = {
  name: 'clusterrolebinding',
  short: 'Create a cluster role binding for a particular cluster role',
  flags: subjectFlags,
  required: ['clusterrole'],
  failure: 'failed to create clusterrolebinding: ',
  make(name, invocation) {
    const subjects = subjectsOf(invocation);
    return {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup, kind: 'ClusterRole', name: invocation.flags.string('clusterrole') },
      ...(subjects.length > 0 ? { subjects } : {}),
    };
  },
};
