import type { JsonObject, KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { KubectlError } from '../../errors';
import { bool, string } from '../../flags/flag';
import { printFlags } from '../../flags/global-flags';
import type { Invocation } from '../../invocation';
import { type Entries, type Kubeconfig, kubeconfigFile, text } from '../../kubeconfig';
import { goStructJson } from '@/kubernetes/strconv/go-json';
import { printerOf } from '../../output/printer';
import { toYaml } from '../../output/yaml';
import { tidy } from './fields';
import { configOf } from './file';

export const viewFlags = [
  ...printFlags.map((flag) => (flag.name === 'output' ? string('output', 'o', 'yaml') : flag)),
  bool('minify'),
  bool('flatten'),
  bool('raw'),
  bool('merge', undefined, true),
];

/** Upstream: config/view.go. */
export function* view(invocation: Invocation): Task<void> {
  const { flags, args } = invocation;
  if (args.length > 0) throw invocation.usage(`unexpected arguments: [${args.join(' ')}]`);
  const output = flags.string('output');
  const printer = output === 'json' || output === 'yaml' ? undefined : printerOf(invocation);
  if (!flags.bool('merge') && flags.string('kubeconfig') === '') {
    throw new KubectlError('if merge==false a precise file must be specified');
  }
  const whole = configOf(invocation);
  const shown = flags.bool('minify') ? minified(whole, flags.string('context')) : whole;
  const value = kubeconfigFile(flags.bool('raw') || flags.bool('flatten') ? ordered(shown) : redacted(ordered(shown)));
  if (output === 'json') invocation.out(`${goStructJson(value, 4)}\n`);
  else invocation.out(printer ? printer(printable(value)) : toYaml(value));
}

/** Printers ask for metadata; a Config has none, so none is to be seen. */
function printable(value: JsonObject): KubeObject {
  const metadata = { name: '<unknown>', uid: '', creationTimestamp: '', resourceVersion: '' };
  const object: KubeObject = { ...value, apiVersion: 'v1', kind: 'Config', metadata };
  Object.defineProperty(object, 'metadata', { enumerable: false });
  return object;
}

/** What the current context needs. Upstream: client-go/tools/clientcmd/api/helpers.go `MinifyConfig`. */
function minified(config: Kubeconfig, wanted: string): Kubeconfig {
  const current = wanted || config.current;
  if (current === '') throw new KubectlError('current-context must exist in order to minify');
  const context = config.contexts.get(current);
  if (!context) throw new KubectlError(`cannot locate context ${current}`);
  const only = (entries: Entries, name: string, what: string): Entries => {
    const entry = entries.get(name);
    if (!entry && name !== '') throw new KubectlError(`cannot locate ${what} ${name}`);
    return new Map(entry ? [[name, entry]] : []);
  };
  return {
    clusters: only(config.clusters, text(context.cluster), 'cluster'),
    contexts: new Map([[current, context]]),
    users: only(config.users, text(context.user), 'user'),
    current,
  };
}

function ordered(config: Kubeconfig): Kubeconfig {
  const all = (kind: 'clusters' | 'contexts' | 'users') =>
    new Map([...config[kind]].map(([name, entry]) => [name, tidy(kind, entry)]));
  return { ...config, clusters: all('clusters'), contexts: all('contexts'), users: all('users') };
}

const secrets: Readonly<Record<string, string>> = {
  'certificate-authority-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'client-key-data': 'DATA+OMITTED',
  token: 'REDACTED',
  password: 'REDACTED',
};

/** Upstream: client-go/tools/clientcmd/api/helpers.go `RedactSecrets`, `ShortenConfig`. */
function redacted(config: Kubeconfig): Kubeconfig {
  const hide = (entries: Entries): Entries =>
    new Map(
      [...entries].map(([name, entry]) => [
        name,
        Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, secrets[field] ?? value])),
      ]),
    );
  return { ...config, clusters: hide(config.clusters), users: hide(config.users) };
}
