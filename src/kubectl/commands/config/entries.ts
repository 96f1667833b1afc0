import type { JsonObject } from '@/kubernetes/api/object';
import { encodeBase64 } from '@/kubernetes/api/base64';
import type { Task } from '@/kubernetes/clock/task';
import { KubectlError } from '../../errors';
import type { Invocation } from '../../invocation';
import { entryKinds } from '../../kubeconfig';
import { tidy } from './fields';
import { configOf, pathOf, save, unexpectedArgs } from './file';

/** Upstream: config/delete_cluster.go, delete_context.go, delete_user.go. */
export function deleteEntry(kind: keyof typeof entryKinds) {
  const word = entryKinds[kind];
  return function* (invocation: Invocation): Task<void> {
    const { args } = invocation;
    const [name = ''] = args;
    if (args.length !== 1) {
      if (kind === 'users') throw invocation.usage('user to delete is required');
      invocation.out(invocation.help());
      return;
    }
    const config = configOf(invocation);
    const path = pathOf(invocation);
    if (!config[kind].has(name)) throw new KubectlError(`cannot delete ${word} ${name}, not in ${path}`);
    if (kind === 'contexts' && config.current === name) {
      invocation.err(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      );
    }
    save(invocation, { ...config, [kind]: new Map([...config[kind]].filter(([one]) => one !== name)) });
    invocation.out(`deleted ${word} ${name} from ${path}\n`);
  };
}

/** Upstream: config/set_cluster.go. */
export function* setCluster(invocation: Invocation): Task<void> {
  const { flags, args } = invocation;
  const [name = ''] = args;
  if (args.length !== 1) throw unexpectedArgs(invocation);
  if (name === '') throw new KubectlError('you must specify a non-empty cluster name');
  const authority = flags.string('certificate-authority');
  if (flags.bool('insecure-skip-tls-verify') && authority !== '') {
    throw new KubectlError('you cannot specify a certificate authority and insecure mode at the same time');
  }
  checkEmbedded(invocation, ['certificate-authority']);
  const config = configOf(invocation);
  const next: JsonObject = { ...config.clusters.get(name) };
  if (flags.changed('server')) Object.assign(next, { server: flags.string('server'), 'tls-server-name': '' });
  for (const field of ['tls-server-name', 'proxy-url']) if (flags.changed(field)) next[field] = flags.string(field);
  if (flags.changed('insecure-skip-tls-verify')) {
    next['insecure-skip-tls-verify'] = flags.bool('insecure-skip-tls-verify');
    if (next['insecure-skip-tls-verify'] === true) takeCertificate(invocation, next, 'certificate-authority', '');
  }
  if (flags.changed('certificate-authority')) {
    takeCertificate(invocation, next, 'certificate-authority', authority);
    if (authority !== '') next['insecure-skip-tls-verify'] = false;
  }
  save(invocation, { ...config, clusters: new Map([...config.clusters, [name, tidy('clusters', next)]]) });
  invocation.out(`Cluster "${name}" set.\n`);
}

/** Upstream: config/set_credentials.go. */
export function* setCredentials(invocation: Invocation): Task<void> {
  const { flags, args } = invocation;
  const [name = ''] = args;
  if (args.length !== 1) throw unexpectedArgs(invocation, 'unexpected');
  if (name === '') throw new KubectlError('you must specify a non-empty user name');
  const token = flags.string('token') !== '';
  const basic = flags.string('username') !== '' || flags.string('password') !== '';
  if (token && basic) {
    throw new KubectlError(
      'you cannot specify more than one authentication method at the same time: --token, --username/--password',
    );
  }
  const certificates = ['client-certificate', 'client-key'] as const;
  checkEmbedded(invocation, certificates);
  const mode = flags.string('exec-interactive-mode');
  if (flags.changed('exec-interactive-mode') && !['IfAvailable', 'Always', 'Never'].includes(mode)) {
    throw new KubectlError('invalid interactive mode type, can be only IfAvailable, Never, Always');
  }
  const config = configOf(invocation);
  const next: JsonObject = { ...config.users.get(name) };
  for (const field of certificates) {
    if (flags.changed(field)) takeCertificate(invocation, next, field, flags.string(field));
  }
  for (const field of ['token', 'username', 'password']) if (flags.changed(field)) next[field] = flags.string(field);
  if (token) Object.assign(next, { username: '', password: '' });
  if (basic) next.token = '';
  if (flags.changed('auth-provider')) {
    const pairs = flags.list('auth-provider-arg').map(pairOf);
    next['auth-provider'] = { config: Object.fromEntries(pairs), name: flags.string('auth-provider') };
  }
  if (flags.changed('exec-command')) next.exec = execOf(invocation);
  save(invocation, { ...config, users: new Map([...config.users, [name, tidy('users', next)]]) });
  invocation.out(`User "${name}" set.\n`);
}

/** A program that is asked for credentials. Upstream: clientcmd/api/v1/types.go `ExecConfig`. */
function execOf({ flags }: Invocation): JsonObject {
  const args = flags.list('exec-arg');
  const env = flags.list('exec-env').map((pair) => {
    const [name, value] = pairOf(pair);
    return { name, value };
  });
  const mode = flags.string('exec-interactive-mode');
  return {
    apiVersion: flags.string('exec-api-version'),
    args: args.length > 0 ? args : null,
    command: flags.string('exec-command'),
    env: env.length > 0 ? env : null,
    ...(mode === '' ? {} : { interactiveMode: mode }),
    provideClusterInfo: flags.bool('exec-provide-cluster-info'),
  };
}

function pairOf(text: string): readonly [string, string] {
  const [key = '', ...value] = text.split('=');
  return [key, value.join('=')];
}

/** `--embed-certs` wants a file, and one that is there. */
function checkEmbedded({ flags, context }: Invocation, fields: readonly string[]): void {
  if (!flags.bool('embed-certs')) return;
  const given = fields.filter((field) => flags.string(field) !== '');
  if (given.length === 0) {
    throw new KubectlError(`you must specify a ${fields.map((field) => `--${field}`).join(' or ')} to embed`);
  }
  for (const field of given) {
    const file = flags.string(field);
    if (context.files.read(file) === undefined) {
      throw new KubectlError(`could not stat ${field} file ${file}: stat ${file}: no such file or directory`);
    }
  }
}

/** A certificate by its file, or by what is in it; the one takes the place of the other. */
function takeCertificate({ flags, context }: Invocation, entry: JsonObject, field: string, file: string): void {
  const embeds = flags.bool('embed-certs') && file !== '';
  entry[field] = embeds ? '' : file;
  entry[`${field}-data`] = embeds ? encodeBase64(context.files.read(file) ?? '') : '';
}
