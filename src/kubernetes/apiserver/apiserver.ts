import type { KindContext } from '../api/kind';
import { definitionOf, findResource, resources, type ResourceInfo } from '../api/registry';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import { answered, type Backend, find, groupVersionOf, Lots, missing, refused } from './backend';
import type { RequestHandler } from './client';
import { create } from './create';
import { remove, removeCollection } from './delete';
import { patch } from './patch';
import type { ApiRequest, ApiResponse } from './request';
import { matcherOf } from './select';
import { methodNotAllowed, unknownResource } from './status';
import { ServiceRange } from './services/cluster-ips';
import type { Store } from './store';
import { refusalOf } from './authorize';
import { bind } from './subresources/binding';
import { updateEphemeralContainers } from './subresources/ephemeral-containers';
import { evict } from './subresources/eviction';
import { finalize } from './subresources/finalize';
import { scale } from './subresources/scale';
import { update, updateStatusTrusted } from './update';

/** Flags of the server. */
export interface ApiServerOptions {
  /** `--service-cluster-ip-range` */
  readonly serviceCIDR?: string;
}

/**
 * The request path of a kube-apiserver: decode → default → admission → validate → store. One door, `handle`, for
 * kubectl and for every component.
 */
export class ApiServer implements RequestHandler {
  private readonly backend: Backend;

  constructor(
    readonly store: Store,
    clock: Clock,
    random: Random,
    context: KindContext,
    options: ApiServerOptions = {},
  ) {
    const serviceRange = new ServiceRange(options.serviceCIDR ?? '10.96.0.0/12');
    this.backend = { store, clock, context, lots: new Lots(random), serviceRange };
  }

  handle(request: ApiRequest): ApiResponse {
    const info = findResource(request.resource, request.group);
    if (!info || !isServed(request, info) || isNoPath(request, info)) return refused(unknownResource());
    const refusal = refusalOf(request, info, this.store);
    if (refusal) return refused(refusal);
    const response = this.route(request, info);
    const deprecation = definitionOf(info.group, info.kind)?.deprecation;
    return deprecation ? { ...response, warnings: [deprecation, ...response.warnings] } : response;
  }

  private route(request: ApiRequest, info: ResourceInfo): ApiResponse {
    switch (request.subresource) {
      case undefined:
      case 'status':
        return this.object(request, info);
      case 'scale':
        return scale(request, info, this.backend);
      case 'binding':
        return bind(request, this.backend);
      case 'eviction':
        return evict(request, info, this.backend);
      case 'finalize':
        return finalize(request, info, this.backend);
      case 'ephemeralcontainers':
        if (request.verb === 'get') return this.object(request, info);
        return updateEphemeralContainers(request, info, this.backend);
      default:
        return refused(unknownResource());
    }
  }

  private object(request: ApiRequest, info: ResourceInfo): ApiResponse {
    switch (request.verb) {
      case 'get': {
        const found = find(this.backend, request, info);
        return found ? answered(200, found) : refused(missing(request, info));
      }
      case 'list':
        return this.list(request, info);
      case 'create':
        if (!info.verbs.includes('create')) return refused(methodNotAllowed('create', info.plural, info.group));
        return create(request, info, this.backend);
      case 'update':
        if (request.trusted && request.subresource === 'status')
          return updateStatusTrusted(request, info, this.backend);
        return update(request, info, this.backend);
      case 'patch':
        return patch(request, info, this.backend);
      case 'delete':
        return remove(request, info, this.backend);
      case 'deletecollection':
        return removeCollection(request, info, this.backend);
    }
  }

  private list(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const matcher = matcherOf(request, info);
    if ('status' in matcher) return refused(matcher);
    const items = this.store.list(info.name, request.namespace).filter(matcher.matches);
    const metadata = { resourceVersion: String(this.store.revision) };
    return {
      code: 200,
      body: { kind: `${info.kind}List`, apiVersion: groupVersionOf(info), metadata, items },
      warnings: [],
    };
  }
}

/** A sub-resource that the kind has not; names with a slash, which make another path of it. */
function isNoPath({ namespace = '', name = '', subresource }: ApiRequest, info: ResourceInfo): boolean {
  if (namespace.includes('/') || name.includes('/')) return true;
  return subresource !== undefined && !info.subresources.includes(subresource);
}

/** A request that names no version takes the one that is served. */
function isServed({ version, resource, group }: ApiRequest, info: ResourceInfo): boolean {
  if (version === '' || version === info.version) return true;
  return resources.some((one) => one.plural === resource && one.group === group && one.version === version);
}
