import { findResource } from '@/kubernetes/api/registry';
import { refusalOf } from '@/kubernetes/apiserver/authorize';
import type { Verb } from '@/kubernetes/apiserver/request';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { Exit, KubectlError } from '../errors';
import { bool, string } from '../flags/flag';
import { dryRunFlag, filenameFlags, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { printTable } from '../output/table';
import { fileEntries, infosOf } from '../resource/builder';
import { findMapping } from '../resource/mapping';

const knownVerbs = [
  '*',
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'use',
  'bind',
  'impersonate',
  'approve',
  'sign',
  'escalate',
  'attest',
];

const admin = 'kubernetes-admin';

/** Whether a user may do anything at all: the administrator may everything, nobody else has been given anything. */
function isAdmin(user: string): boolean {
  return user === '' || user === admin;
}

/** Upstream: kubectl/pkg/cmd/auth/cani.go. */
const canI: CommandDefinition = {
  name: 'can-i',
  short: 'Check whether an action is allowed',
  usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  flags: [bool('list'), bool('quiet', 'q'), bool('no-headers'), bool('all-namespaces', 'A'), string('subresource')],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    if (flags.bool('list')) {
      invocation.out(rulesTable(invocation));
      return;
    }
    const [verb = '', word = ''] = flags.args;
    if (flags.args.length !== 2) {
      throw new KubectlError(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    }
    if (!word.startsWith('/')) warnings(invocation, verb, word.split('/')[0] ?? '');
    const allowed = mayDo(invocation, verb, word);
    if (!flags.bool('quiet')) invocation.out(allowed ? 'yes\n' : 'no\n');
    if (!allowed) throw new Exit(1);
  },
};

/** Asks the server's own rules. A type that it does not know is a matter for the administrator alone. */
function mayDo(invocation: Invocation, verb: string, word: string): boolean {
  const { flags, namespace, context } = invocation;
  const user = flags.string('as') || admin;
  const [type = '', name] = word.split('/');
  const mapping = findMapping(type, invocation.minor);
  const known = verbsOfRequests.find((one) => one === verb);
  if (!mapping || !known) return isAdmin(flags.string('as'));
  const { group, version, plural: resource } = mapping;
  const subresource = flags.string('subresource');
  const where = flags.bool('all-namespaces') ? {} : { namespace };
  const request = { verb: known, group, version, resource, user, ...where, ...(name ? { name } : {}) };
  return refusalOf(subresource ? { ...request, subresource } : request, mapping, context.cluster.store) === undefined;
}

const verbsOfRequests: readonly Verb[] = ['get', 'list', 'create', 'update', 'patch', 'delete', 'deletecollection'];

function warnings(invocation: Invocation, verb: string, type: string): void {
  if (!knownVerbs.includes(verb.toLowerCase())) invocation.err(`Warning: verb '${verb}' is not a known verb\n\n`);
  if (type === '*') {
    if (verb !== '*') return;
    return;
  }
  const mapping = findMapping(type, invocation.minor);
  if (!mapping) invocation.err(`Warning: the server doesn't have a resource type '${type}'\n\n`);
  else if (
    !mapping.namespaced &&
    (invocation.namespaceGiven || !invocation.flags.bool('all-namespaces')) &&
    invocation.namespaceGiven
  ) {
    invocation.err(
      `Warning: resource '${mapping.plural}' is not ${mapping.namespaced ? '' : 'namespace scoped'}${mapping.group ? ` in group '${mapping.group}'` : ''}\n\n`,
    );
  }
}

/** The rules everybody has, and those of the administrator. Upstream: auth/cani.go `printStatus`. */
function rulesTable(invocation: Invocation): string {
  const open = [
    '/api/*',
    '/api',
    '/apis/*',
    '/apis',
    '/healthz',
    '/healthz',
    '/livez',
    '/livez',
    '/openapi/*',
    '/openapi',
    '/readyz',
    '/readyz',
    '/version/',
    '/version/',
    '/version',
    '/version',
  ];
  const review = (resource: string) => [resource, '[]', '[]', '[create]'];
  const own = isAdmin(invocation.flags.string('as'))
    ? [
        ['*.*', '[]', '[]', '[*]'],
        ['', '[*]', '[]', '[*]'],
      ]
    : [];
  return printTable([
    ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'],
    ...own,
    review('selfsubjectreviews.authentication.k8s.io'),
    review('selfsubjectaccessreviews.authorization.k8s.io'),
    review('selfsubjectrulesreviews.authorization.k8s.io'),
    ...open.map((path) => ['', `[${path}]`, '[]', '[get]']),
  ]);
}

/** Upstream: auth/whoami.go. */
const whoami: CommandDefinition = {
  name: 'whoami',
  short: 'Experimental: Check self subject attributes',
  flags: printFlags,
  *run(invocation): Task<void> {
    const user = invocation.flags.string('as') || admin;
    const groups =
      user === admin ? '[system:masters kubeadm:cluster-admins system:authenticated]' : '[system:authenticated]';
    const rows = [
      ['ATTRIBUTE', 'VALUE'],
      ['Username', user],
      ...(user === admin ? [['UID', 'admin-uid']] : []),
      ['Groups', groups],
    ];
    invocation.out(printTable(rows));
  },
};

const rbacKinds = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];

/** Upstream: auth/reconcile.go: objects of other kinds are passed over without a word. */
const reconcile: CommandDefinition = {
  name: 'reconcile',
  short: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
  usage: '-f FILENAME',
  flags: [...filenameFlags, ...printFlags, dryRunFlag, bool('remove-extra-permissions'), bool('remove-extra-subjects')],
  *run(invocation): Task<void> {
    for (const info of infosOf(fileEntries(invocation))) {
      if (!rbacKinds.includes(info.mapping.kind) || !findResource(info.mapping.plural, info.mapping.group)) continue;
      throw new KubectlError('auth reconcile is not simulated: requests are not checked against roles here');
    }
  },
};

export const auth: CommandDefinition = {
  name: 'auth',
  short: 'Inspect authorization',
  commands: [canI, reconcile, whoami],
};
