import type { KubeObject } from '@/kubernetes/api/object';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import { serverAddress } from '../kubeconfig';
import { goStructJson } from '@/kubernetes/strconv/go-json';
import { inTypedOrder } from '../output/typed-order';
import { apiVersionOf } from '../resource/info';
import { serverVersion } from '../version';
import { discoveryDocument } from './discovery';
import { checkPath, targetOf } from './path';

const health = /^\/(healthz|livez|readyz)(\/(ping|log|etcd))?$/;

/**
 * `kubectl get --raw PATH`: health, version, discovery, collections and objects, as the server writes them. Upstream:
 * kubectl/pkg/rawhttp/raw.go. Throws for what is no path and for what the server refuses.
 */
export function getRaw(invocation: Invocation): number {
  const { flags } = invocation;
  const path = flags.string('raw');
  if (flags.args.length > 0) throw new KubectlError('arguments may not be passed when --raw is specified');
  if (flags.bool('watch') || flags.bool('watch-only') || flags.string('selector') !== '') {
    throw new KubectlError(
      '--raw may not be specified with other flags that filter the server request or alter the output',
    );
  }
  if (flags.string('output') !== '') throw new KubectlError('--raw and --output are mutually exclusive');
  checkPath(path);
  invocation.out(answer(invocation, path));
  return 0;
}

const notSimulated = [
  /^\/api\/v1\/(nodes|namespaces\/[^/]+\/(pods|services))\/[^/]+\/proxy(\/|$)/,
  /^\/(openapi|metrics|logs|debug)(\/|$)/,
];

function answer(invocation: Invocation, whole: string): string {
  const { minor, context } = invocation;
  const path = whole.replace(/\?.*$/s, '');
  if (health.test(path)) return 'ok';
  if (path === '/version') return JSON.stringify(serverVersion(context.cluster.world), null, 2);
  if (notSimulated.some((one) => one.test(path))) throw new KubectlError(`get --raw ${path} is not simulated`);
  const document = discoveryDocument(path, minor, serverAddress(context));
  if (document) return `${goStructJson(document)}\n`;
  const { mapping, ask } = targetOf(invocation, path);
  if (ask.subresource === 'log') throw new KubectlError(`get --raw ${path} is not simulated: use kubectl logs`);
  if (ask.name !== undefined) return line(invocation, invocation.request('get', mapping, ask));
  const list = invocation.request('list', mapping, ask);
  const items = (list.items as KubeObject[]).map((item) => inTypedOrder(item, minor)); // a list's items are objects
  const { resourceVersion } = list.metadata;
  const head = { kind: `${mapping.kind}List`, apiVersion: apiVersionOf(mapping) };
  // A list leaves out what its items' kind says already.
  const bare = items.map(({ kind: _, apiVersion: __, ...item }) => item);
  return `${goStructJson({ ...head, metadata: { resourceVersion }, items: bare })}\n`;
}

/** An object as the server writes it. */
export function line({ minor }: Invocation, object: KubeObject): string {
  return `${goStructJson(inTypedOrder(object, minor))}\n`;
}
