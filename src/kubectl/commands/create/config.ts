import { KubectlError } from '../../errors';
import { bool, array, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { type Data, dataOf } from './data-sources';
import type { Generator, Made } from './generator';
import { withNameHash } from './name-hash';

const dockerKey = '.dockerconfigjson';

const dataFlags = [slice('from-file'), array('from-literal'), slice('from-env-file'), bool('append-hash')];

function hashed(made: Made, { flags }: Invocation): Made {
  return flags.bool('append-hash') ? withNameHash(made) : made;
}

export const configMap: Generator = {
  name: 'configmap',
  aliases: ['cm'],
  short: 'Create a config map from a local file, directory or literal value',
  flags: dataFlags,
  failure: 'failed to create configmap: ',
  make(name, invocation) {
    const data = dataOf(invocation, 'ConfigMap', name);
    const made: Made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
    return hashed(data.length > 0 ? { ...made, data: Object.fromEntries(data) } : made, invocation);
  },
};

/** base64 of the UTF-8 bytes of a text. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function encodedData(data: Data): Record<string, string> {
  return Object.fromEntries(data.map(([key, value]) => [key, base64(value)]));
}

export const genericSecret: Generator = {
  name: 'generic',
  short: 'Create a secret from a local file, directory, or literal value',
  flags: [...dataFlags, string('type')],
  failure: 'failed to create secret ',
  make(name, invocation) {
    const data = dataOf(invocation, 'Secret', name);
    const type = invocation.flags.string('type');
    const encoded = data.length > 0 ? { data: encodedData(data) } : {};
    const made: Made = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, ...encoded, ...(type ? { type } : {}) };
    return hashed(made, invocation);
  },
};

export const dockerSecret: Generator = {
  name: 'docker-registry',
  short: 'Create a secret for use with a Docker registry',
  flags: [
    string('docker-server', undefined, 'https://index.docker.io/v1/'),
    string('docker-username'),
    string('docker-password'),
    string('docker-email'),
    slice('from-file'),
    bool('append-hash'),
  ],
  failure: 'failed to create secret ',
  make(name, invocation) {
    const { flags } = invocation;
    const [server = '', username, password, email] = ['server', 'username', 'password', 'email'].map((one) =>
      flags.string(`docker-${one}`),
    );
    const fromFiles = flags.list('from-file').length > 0;
    if (!fromFiles && (!username || !password || !server)) {
      throw new KubectlError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    }
    // Go writes the fields of the struct in their order: username, password, email, auth.
    const entry = { username, password, ...(email ? { email } : {}), auth: base64(`${username}:${password}`) };
    const data: Data = fromFiles
      ? dataOf(invocation, 'Secret', name, dockerKey)
      : [[dockerKey, JSON.stringify({ auths: { [server]: entry } })]];
    const type = 'kubernetes.io/dockerconfigjson';
    return hashed({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: encodedData(data), type }, invocation);
  },
};

const pem = /-----BEGIN [A-Z ]+-----[\s\S]+-----END [A-Z ]+-----/;

export const tlsSecret: Generator = {
  name: 'tls',
  short: 'Create a TLS secret',
  flags: [string('cert'), string('key'), bool('append-hash')],
  failure: 'failed to create secret ',
  make(name, invocation) {
    const { flags, context } = invocation;
    if (!flags.string('key') || !flags.string('cert')) throw new KubectlError('key and cert must be specified');
    const read = (path: string) => {
      const text = context.files.read(path);
      if (text === undefined)
        throw new KubectlError(`Cannot read file ${path}, open ${path}: no such file or directory`);
      return text;
    };
    const files = { certificate: read(flags.string('cert')), key: read(flags.string('key')) };
    // Upstream: crypto/tls `X509KeyPair`. Whether the two belong together is not looked at here.
    for (const [what, text] of Object.entries(files)) {
      if (!pem.test(text)) throw new KubectlError(`tls: failed to find any PEM data in ${what} input`);
    }
    const data = { 'tls.crt': base64(files.certificate), 'tls.key': base64(files.key) };
    return hashed(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data, type: 'kubernetes.io/tls' },
      invocation,
    );
  },
};

export const namespace: Generator = {
  name: 'namespace',
  aliases: ['ns'],
  short: 'Create a namespace with the specified name',
  make: (name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }),
};

export const serviceAccount: Generator = {
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Create a service account with the specified name',
  failure: 'failed to create serviceaccount: ',
  make: (name) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }),
};
