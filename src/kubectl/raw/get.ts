import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { isServedBy } from '@/kubernetes/api/versions/served';
import { unknownResource } from '@/kubernetes/apiserver/status';
import { KubectlError, StatusError } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { goStructJson } from '../output/go-json';
import { inTypedOrder } from '../output/typed-order';
import { serverVersion } from '../version';

const health = new Set(['/healthz', '/livez', '/readyz']);

/**
 * `kubectl get --raw PATH`: health, version, collections and objects, as the server writes them. Upstream:
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
  if (!path.startsWith('/')) {
    throw new KubectlError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`);
  }
  invocation.out(answer(invocation, path.replace(/\?.*$/s, '')));
  return 0;
}

function answer(invocation: Invocation, path: string): string {
  if (health.has(path)) return 'ok';
  if (path === '/version') return JSON.stringify(serverVersion(invocation.context.cluster.world), null, 2);
  const [, group = '', version = '', rest = ''] = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const parts = rest.split('/');
  const [namespace, type = '', name, subresource] =
    parts[0] === 'namespaces' && parts.length > 2 ? parts.slice(1) : [undefined, ...parts];
  const mapping = findResource(type, group);
  if (!mapping || mapping.version !== version || !isServedBy(invocation.minor, mapping)) {
    if (/^\/(api|apis)(\/|$)/.test(path) && rest === '') {
      throw new KubectlError('get --raw of discovery documents is not simulated: use kubectl api-resources');
    }
    throw new StatusError(unknownResource());
  }
  const ask: Ask = {
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
  if (name !== undefined) return line(invocation, invocation.request('get', mapping, ask));
  const list = invocation.request('list', mapping, ask);
  const items = (list.items as KubeObject[]).map((item) => inTypedOrder(item, invocation.minor));
  const { resourceVersion } = list.metadata;
  const head = { kind: `${mapping.kind}List`, apiVersion: mapping.group ? `${mapping.group}/${version}` : version };
  // A list leaves out what its items' kind says already.
  const bare = items.map(({ kind: _, apiVersion: __, ...item }) => item);
  return `${goStructJson({ ...head, metadata: { resourceVersion }, items: bare })}\n`;
}

function line({ minor }: Invocation, object: KubeObject): string {
  return `${goStructJson(inTypedOrder(object, minor))}\n`;
}
