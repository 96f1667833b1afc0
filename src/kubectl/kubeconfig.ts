import { isObject } from '@/kubernetes/api/object';
import { readManifest } from '@/manifest/read';
import type { CommandContext } from './command';
import { toYaml } from './output/yaml';

/** What a kubeconfig says that is of use here: names, and the namespace of the current context. */
export interface Kubeconfig {
  readonly contexts: readonly KubeconfigContext[];
  readonly current: string;
  /** Namespace of the current context, `default` when it names none. */
  readonly namespace: string;
}

export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace?: string;
}

const kubeadm: KubeconfigContext = {
  name: 'kubernetes-admin@kubernetes',
  cluster: 'kubernetes',
  user: 'kubernetes-admin',
};

/** Where `kubectl config` keeps what was changed; until then the file kubeadm writes is assumed. */
function kubeconfigPath(context: CommandContext): string {
  return context.environment.get('KUBECONFIG') ?? `${context.environment.get('HOME') ?? '/root'}/.kube/config`;
}

export function readKubeconfig(context: CommandContext): Kubeconfig {
  const text = context.files.read(kubeconfigPath(context));
  const file: unknown = text === undefined ? undefined : readManifest(text).documents[0]?.value;
  const contexts =
    isObject(file) && Array.isArray(file.contexts) ? file.contexts.filter(isObject).map(readContext) : [];
  const current =
    isObject(file) && typeof file['current-context'] === 'string' ? file['current-context'] : kubeadm.name;
  const all = contexts.length > 0 ? contexts : [kubeadm];
  return { contexts: all, current, namespace: all.find((one) => one.name === current)?.namespace ?? 'default' };
}

export function writeKubeconfig(context: CommandContext, config: Pick<Kubeconfig, 'contexts' | 'current'>): void {
  const file = {
    apiVersion: 'v1',
    kind: 'Config',
    contexts: config.contexts.map(({ name, ...rest }) => ({ context: rest, name })),
    'current-context': config.current,
  };
  context.files.write(kubeconfigPath(context), toYaml(file));
}

function readContext(entry: { [field: string]: unknown }): KubeconfigContext {
  const inner = isObject(entry.context) ? entry.context : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const namespace = text(inner.namespace);
  return {
    name: text(entry.name),
    cluster: text(inner.cluster),
    user: text(inner.user),
    ...(namespace ? { namespace } : {}),
  };
}
