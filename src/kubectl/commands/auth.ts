import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { askerOf, refusalOf } from '@/kubernetes/apiserver/authorize';
import type { Verb } from '@/kubernetes/apiserver/request';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { Exit, KubectlError } from '../errors';
import { bool, string } from '../flags/flag';
import { dryRunFlag, filenameFlags, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { printTable } from '../output/table';
import { printerOf } from '../output/printer';
import { fileEntries, hasFiles, infosOf } from '../resource/builder';
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
  flags: [bool('list'), bool('quiet', 'q'), bool('no-headers'), bool('all-namespaces', 'A'), string('subresource')],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    if (flags.bool('list')) {
      listRules(invocation);
      return;
    }
    const [verb = '', word = ''] = flags.args;
    if (flags.args.length !== 2) {
      throw new KubectlError(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    }
    const path = word.startsWith('/');
    const subresource = flags.string('subresource');
    if (path && subresource !== '') throw new KubectlError('--subresource can not be used with NonResourceURL');
    if (!path) warnings(invocation, verb, word.split('/')[0] ?? '');
    if (flags.bool('no-headers')) throw new KubectlError('--no-headers cannot be set without --list specified');
    const allowed = path ? mayRead(invocation, verb, word) : mayDo(invocation, verb, word);
    if (!flags.bool('quiet')) invocation.out(allowed ? 'yes\n' : 'no\n');
    if (!allowed) throw new Exit(1);
  },
};

function listRules(invocation: Invocation): void {
  const { flags } = invocation;
  if (flags.args.length > 0) throw new KubectlError('list option must be specified with no arguments');
  if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.string('subresource') !== '') {
    throw new KubectlError("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  }
  const [head = [], ...rows] = rules(invocation);
  invocation.out(printTable(flags.bool('no-headers') ? rows : [head, ...rows]));
}

/** Paths are open to the administrator, and some to everybody: the discovery and version roles. */
function mayRead(invocation: Invocation, verb: string, path: string): boolean {
  if (isAdmin(invocation.flags.string('as'))) return true;
  const fits = (open: string) => (open.endsWith('*') ? path.startsWith(open.slice(0, -1)) : path === open);
  return verb === 'get' && openPaths.some(fits);
}

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

/** Names that roles may speak of and no server serves. Upstream: cani.go `nonStandardResourceNames`. */
const nonStandard = new Set(['users', 'groups']);

/** Upstream: cani.go `resourceFor`, `Validate`. */
function warnings(invocation: Invocation, verb: string, type: string): void {
  const warn = (text: string) => invocation.err(`Warning: ${text}\n\n`);
  const mapping = findMapping(type, invocation.minor);
  if (!mapping && type !== '*' && !nonStandard.has(type.toLowerCase())) {
    const [name = '', ...group] = type.toLowerCase().split('.');
    const where = group.length > 0 ? ` in group '${group.join('.')}'` : '';
    warn(`the server doesn't have a resource type '${name}'${where}`);
  }
  if (invocation.flags.bool('all-namespaces')) return;
  if (mapping && !mapping.namespaced) {
    const where = mapping.group ? ` in group '${mapping.group}'` : '';
    warn(`resource '${mapping.plural}' is not namespace scoped${where}`);
  }
  if (!knownVerbs.includes(verb)) warn(`verb '${verb}' is not a known verb`);
}

/** What the roles system:discovery and system:public-info-viewer open, in the order of their rules. */
const openPaths = [
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

/** The rules everybody has, and those of the administrator. Upstream: auth/cani.go `printStatus`. */
function rules(invocation: Invocation): string[][] {
  const review = (resource: string) => [resource, '[]', '[]', '[create]'];
  const own = isAdmin(invocation.flags.string('as'))
    ? [
        ['*.*', '[]', '[]', '[*]'],
        ['', '[*]', '[]', '[*]'],
      ]
    : [];
  return [
    ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'],
    ...own,
    review('selfsubjectreviews.authentication.k8s.io'),
    review('selfsubjectaccessreviews.authorization.k8s.io'),
    review('selfsubjectrulesreviews.authorization.k8s.io'),
    ...openPaths.map((path) => ['', `[${path}]`, '[]', '[get]']),
  ];
}

/** Upstream: auth/whoami.go. */
const whoami: CommandDefinition = {
  name: 'whoami',
  short: 'Experimental: Check self subject attributes',
  flags: printFlags,
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const printer = printerOf(invocation, { typed: true });
    const user = flags.string('as') || admin;
    const mine = user === admin && !flags.changed('as');
    const { administrator } = invocation.context.cluster.world;
    // The administrator's groups stand in its certificate: who is impersonated by its name has none of them.
    const named = user === admin && !mine;
    const given = flags.list('as-group');
    const groups = named ? [...given, 'system:authenticated'] : askerOf({ user, groups: given }, administrator).groups;
    const uid = mine ? administrator.uid : flags.string('as-uid');
    if (printer) {
      const userInfo = { groups, ...(uid ? { uid } : {}), username: user };
      const metadata = { creationTimestamp: invocation.context.cluster.clock.timestamp() };
      const review = {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
        metadata,
        status: { userInfo },
      };
      const named = flags.string('output') === 'name' ? { ...review, metadata: { name: '<unknown>' } } : review;
      // A review is never stored: of what every object has, it has no name and no uid, and no printer asks for them.
      invocation.out(printer(named as unknown as KubeObject));
      return;
    }
    const rows = [
      ['ATTRIBUTE', 'VALUE'],
      ['Username', user],
      ...(uid ? [['UID', uid]] : []),
      ['Groups', `[${groups.join(' ')}]`],
    ];
    invocation.out(printTable(rows));
  },
};

const rbacKinds = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];

/** Upstream: auth/reconcile.go: objects of other kinds are passed over without a word. */
const reconcile: CommandDefinition = {
  name: 'reconcile',
  short: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
  flags: [...filenameFlags, ...printFlags, dryRunFlag, bool('remove-extra-permissions'), bool('remove-extra-subjects')],
  *run(invocation): Task<void> {
    if (!hasFiles(invocation)) throw new KubectlError('must specify one of -f and -k');
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
