import { type JsonObject, isObject } from '@/kubernetes/api/object';
import { readManifest } from '@/manifest/read';
import type { CommandContext } from './command';
import { toYaml } from './output/yaml';

/** What a kubeconfig holds; entries by name. Upstream: client-go/tools/clientcmd/api/types.go `Config`. */
export interface Kubeconfig {
  readonly clusters: Entries;
  readonly contexts: Entries;
  readonly users: Entries;
  readonly current: string;
}

/** Entries of one kind: what is written below `cluster:`, `context:` or `user:`. */
export type Entries = ReadonlyMap<string, JsonObject>;

/** The lists of the file, and what an entry's body is called there. */
export const entryKinds = { clusters: 'cluster', contexts: 'context', users: 'user' } as const;

/** The path that `kubectl config` names and writes. `explicit`: `--kubeconfig`. */
export function kubeconfigPath({ environment }: CommandContext, explicit: string): string {
  return explicit || (environment.get('KUBECONFIG') ?? `${environment.get('HOME') ?? '/root'}/.kube/config`);
}

/** The file; where there is none, the one kubeadm writes, unless the command line names another. */
export function readKubeconfig(context: CommandContext, explicit = ''): Kubeconfig {
  const text = context.files.read(kubeconfigPath(context, explicit));
  const file: unknown = text === undefined ? undefined : readManifest(text).documents[0]?.value;
  if (!isObject(file)) return explicit === '' ? kubeadm(context) : empty;
  const current = file['current-context'];
  return {
    clusters: entriesOf(file, 'clusters'),
    contexts: entriesOf(file, 'contexts'),
    users: entriesOf(file, 'users'),
    current: typeof current === 'string' ? current : '',
  };
}

/** Namespace of a context, `default` when it names none. */
export function namespaceOf({ contexts, current }: Kubeconfig, context = current): string {
  return text(contexts.get(context)?.namespace) || 'default';
}

/** What is written into a file, its lists sorted by name. Upstream: clientcmd/api/v1/conversion.go. */
export function kubeconfigFile(config: Kubeconfig): JsonObject {
  const list = (kind: keyof typeof entryKinds) => {
    const sorted = [...config[kind]].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.length === 0 ? null : sorted.map(([name, body]) => ({ name, [entryKinds[kind]]: body }));
  };
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: list('clusters'),
    users: list('users'),
    contexts: list('contexts'),
    'current-context': config.current,
  };
}

export function writeKubeconfig(context: CommandContext, explicit: string, config: Kubeconfig): void {
  context.files.write(kubeconfigPath(context, explicit), toYaml(kubeconfigFile(config)));
}

/** Text of a field that ought to hold text. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Where the API server is: the control plane's address, unless the environment names another (`$SERVER`). */
export function serverAddress({ environment, cluster }: CommandContext): string {
  const { nodes } = cluster.world;
  const plane = nodes.find((node) => node.roles?.includes('control-plane')) ?? nodes[0];
  return environment.get('SERVER') ?? `${plane?.internalIP ?? '127.0.0.1'}:6443`;
}

const empty: Kubeconfig = { clusters: new Map(), contexts: new Map(), users: new Map(), current: '' };

/** The administrator's. Certificate and token are never those of anything: nobody here would check them. */
function kubeadm(context: CommandContext): Kubeconfig {
  const cluster = { server: `https://${serverAddress(context)}`, 'certificate-authority-data': 'c2ltdWxhdGVk' };
  const name = 'kubernetes-admin@kubernetes';
  return {
    clusters: new Map([['kubernetes', cluster]]),
    contexts: new Map([[name, { cluster: 'kubernetes', user: 'kubernetes-admin' }]]),
    users: new Map([['kubernetes-admin', { token: 'simulated' }]]),
    current: name,
  };
}

function entriesOf(file: JsonObject, kind: keyof typeof entryKinds): Entries {
  const list: unknown[] = Array.isArray(file[kind]) ? file[kind] : [];
  return new Map(
    list.filter(isObject).map((entry) => {
      const body = entry[entryKinds[kind]];
      return [text(entry.name), isObject(body) ? body : {}] as const;
    }),
  );
}
