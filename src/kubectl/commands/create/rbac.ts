import { KubectlError } from '../../errors';
import { array, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { findMapping } from '../../resource/mapping';
import type { Generator } from './generator';

const verbs = [
  '*',
  'get',
  'delete',
  'list',
  'create',
  'update',
  'patch',
  'watch',
  'proxy',
  'deletecollection',
  'use',
  'bind',
  'escalate',
  'impersonate',
  'approve',
  'sign',
  'attest',
];

/** Rules, one per API group. Upstream: create_role.go `generateResourcePolicyRules`. */
function rulesOf({
  flags,
  minor,
}: Invocation): { apiGroups: string[]; resources: string[]; verbs: string[]; resourceNames?: string[] }[] {
  const wanted = [...new Set(flags.list('verb'))];
  if (wanted.length === 0) throw new KubectlError('at least one verb must be specified');
  const bad = wanted.find((verb) => !verbs.includes(verb));
  if (bad !== undefined) throw new KubectlError(`invalid verb: '${bad}'`);
  const resources = flags.list('resource');
  if (resources.length === 0) throw new KubectlError('at least one resource must be specified');
  const groups = new Map<string, string[]>();
  for (const text of resources) {
    const [word = '', sub] = text.split('/');
    const found = word === '*' ? undefined : findMapping(word, minor);
    if (word !== '*' && !found)
      throw new KubectlError(`the server doesn't have a resource type "${word.split('.')[0] ?? ''}"`);
    const group = found?.group ?? (word === '*' ? '*' : '');
    const name = `${found?.plural ?? word}${sub === undefined ? '' : `/${sub}`}`;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  const resourceNames = flags.list('resource-name');
  return [...groups].map(([group, names]) => ({
    apiGroups: [group],
    resources: names,
    verbs: wanted,
    ...(resourceNames.length > 0 ? { resourceNames: [...resourceNames] } : {}),
  }));
}

const ruleFlags = [slice('verb'), slice('resource'), array('resource-name')];

export const role: Generator = {
  name: 'role',
  short: 'Create a role with single rule',
  usage:
    'NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: ruleFlags,
  make: (name, invocation) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name },
    rules: rulesOf(invocation),
  }),
};

export const clusterRole: Generator = {
  name: 'clusterrole',
  short: 'Create a cluster role',
  usage: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: [...ruleFlags, slice('non-resource-url'), slice('aggregation-rule')],
  make: (name, invocation) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: rulesOf(invocation),
  }),
};

const subjectFlags = [array('user'), array('group'), array('serviceaccount'), string('clusterrole')];
const apiGroup = 'rbac.authorization.k8s.io';

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
  usage:
    'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
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
      apiVersion: 'rbac.authorization.k8s.io/v1',
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
  usage:
    'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: subjectFlags,
  required: ['clusterrole'],
  failure: 'failed to create clusterrolebinding: ',
  make(name, invocation) {
    const subjects = subjectsOf(invocation);
    return {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup, kind: 'ClusterRole', name: invocation.flags.string('clusterrole') },
      ...(subjects.length > 0 ? { subjects } : {}),
    };
  },
};
