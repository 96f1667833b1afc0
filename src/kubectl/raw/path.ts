import { type ResourceInfo } from '@/kubernetes/api/registry';
import { unknownResource } from '@/kubernetes/apiserver/status';
import { KubectlError, StatusError } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { servedResources } from '../resource/mapping';

/** What the path of a request leads to. */
export interface RawTarget {
  readonly mapping: ResourceInfo;
  readonly ask: Ask;
}

/** Throws for what is no path at all. Upstream: net/url `ParseRequestURI`. */
export function checkPath(path: string): void {
  if (path.startsWith('/')) return;
  throw new KubectlError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`);
}

/** `/apis/apps/v1/namespaces/default/deployments/web/scale`. Throws a Status for a path that leads to nothing. */
export function targetOf({ minor }: Invocation, path: string): RawTarget {
  const plain = path.replace(/\?.*$/s, '').replace(/\/$/, '');
  const [, group = '', version = '', rest = ''] = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(.+)$/.exec(plain) ?? [];
  const parts = rest.split('/');
  const inNamespace = parts[0] === 'namespaces' && parts.length > 2 && !['status', 'finalize'].includes(parts[2] ?? '');
  const [namespace, type = '', name, subresource] = inNamespace ? parts.slice(1) : [undefined, ...parts];
  const mapping = servedResources(minor).find(
    (info) => info.plural === type && info.group === group && info.version === version,
  );
  if (!mapping) throw new StatusError(unknownResource());
  return {
    mapping,
    ask: {
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(subresource === undefined ? {} : { subresource }),
    },
  };
}
