import { KubectlError } from '../../errors';
import { bool, array, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import type { Generator } from './generator';

const dataFlags = [slice('from-file'), array('from-literal'), slice('from-env-file'), bool('append-hash')];

/** Keys and values of `--from-literal`, `--from-file`, `--from-env-file`. Upstream: create_configmap.go. */
function dataOf(invocation: Invocation, kind: 'ConfigMap' | 'Secret', name: string): [key: string, value: string][] {
  const { flags, context } = invocation;
  const found: [string, string][] = [];
  const add = (key: string, value: string) => {
    if (found.some(([one]) => one === key)) {
      throw new KubectlError(
        `cannot add key "${key}", another key by that name already exists in Data for ${kind} "${name}"`,
      );
    }
    if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
      const rule =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
      throw new KubectlError(`"${key}" is not a valid key name for a ${kind}: ${rule}`);
    }
    found.push([key, value]);
  };
  for (const path of flags.list('from-env-file')) for (const [key, value] of envFile(invocation, path)) add(key, value);
  for (const literal of flags.list('from-literal')) {
    const equals = literal.indexOf('=');
    if (equals <= 0) throw new KubectlError(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, equals), literal.slice(equals + 1).replace(/^(['"])(.*)\1$/s, '$2'));
  }
  for (const source of flags.list('from-file')) {
    const equals = source.indexOf('=');
    const path = source.slice(equals + 1);
    const key = equals < 0 ? (path.split('/').pop() ?? path) : source.slice(0, equals);
    const text = context.files.read(path);
    if (text !== undefined) {
      add(key, text);
      continue;
    }
    const names = equals < 0 ? context.files.list(path) : undefined;
    if (names === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`);
    for (const one of [...names].sort()) {
      const content = context.files.read(`${path}/${one}`);
      if (content !== undefined) add(one, content);
    }
  }
  return found;
}

function envFile(invocation: Invocation, path: string): [string, string][] {
  const text = invocation.context.files.read(path);
  if (text === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`);
  return text
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=');
      if (equals < 0) return [line, invocation.context.environment.get(line) ?? ''];
      return [line.slice(0, equals), line.slice(equals + 1)];
    });
}

export const configMap: Generator = {
  name: 'configmap',
  aliases: ['cm'],
  short: 'Create a config map from a local file, directory or literal value',
  usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: dataFlags,
  failure: 'failed to create configmap: ',
  make(name, invocation) {
    const data = dataOf(invocation, 'ConfigMap', name);
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
      ...(data.length > 0 ? { data: Object.fromEntries(data) } : {}),
    };
  },
};

/** base64 of the UTF-8 bytes of a text. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

export const genericSecret: Generator = {
  name: 'generic',
  short: 'Create a secret from a local file, directory, or literal value',
  usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: [...dataFlags, string('type')],
  failure: 'failed to create secret ',
  make(name, invocation) {
    const data = dataOf(invocation, 'Secret', name);
    const type = invocation.flags.string('type');
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      ...(data.length > 0 ? { data: Object.fromEntries(data.map(([key, value]) => [key, base64(value)])) } : {}),
      ...(type ? { type } : {}),
    };
  },
};

export const dockerSecret: Generator = {
  name: 'docker-registry',
  short: 'Create a secret for use with a Docker registry',
  usage:
    'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
  flags: [
    string('docker-server', undefined, 'https://index.docker.io/v1/'),
    string('docker-username'),
    string('docker-password'),
    string('docker-email'),
    slice('from-file'),
    bool('append-hash'),
  ],
  failure: 'failed to create secret ',
  make(name, { flags }) {
    const [server, username, password, email] = ['server', 'username', 'password', 'email'].map((one) =>
      flags.string(`docker-${one}`),
    );
    if (!username || !password) {
      throw new KubectlError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    }
    // Go writes the fields of the struct in their order: username, password, email, auth.
    const entry = { username, password, ...(email ? { email } : {}), auth: base64(`${username}:${password}`) };
    const file = JSON.stringify({ auths: { [server ?? '']: entry } });
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      data: { '.dockerconfigjson': base64(file) },
      type: 'kubernetes.io/dockerconfigjson',
    };
  },
};

export const tlsSecret: Generator = {
  name: 'tls',
  short: 'Create a TLS secret',
  usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  flags: [string('cert'), string('key'), bool('append-hash')],
  failure: 'failed to create secret ',
  make(name, { flags, context }) {
    if (!flags.string('key')) throw new KubectlError('key must be specified');
    if (!flags.string('cert')) throw new KubectlError('certificate must be specified');
    const read = (path: string) => {
      const text = context.files.read(path);
      if (text === undefined) throw new KubectlError(`open ${path}: no such file or directory`);
      return base64(text);
    };
    const data = { 'tls.crt': read(flags.string('cert')), 'tls.key': read(flags.string('key')) };
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data, type: 'kubernetes.io/tls' };
  },
};

export const namespace: Generator = {
  name: 'namespace',
  aliases: ['ns'],
  short: 'Create a namespace with the specified name',
  usage: 'NAME [--dry-run=server|client|none]',
  make: (name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }),
};

export const serviceAccount: Generator = {
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Create a service account with the specified name',
  usage: 'NAME [--dry-run=server|client|none]',
  failure: 'failed to create serviceaccount: ',
  make: (name) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }),
};
