import type { KindContext } from '../api/kind';
import { definitionOf, findResource, resources, type ResourceInfo } from '../api/registry';
import { isServedBy } from '../api/versions/served';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import { answered, type Backend, find, groupVersionOf, Lots, missing, refused } from './backend';
import type { Changes } from './changes';
import type { RequestHandler } from './client';
import { componentStatuses } from './component-statuses';
import { create } from './create';
import type { ApiRequest, ApiResponse } from './request';
import { matcherOf } from './select';
import { methodNotAllowed, unknownResource, unservedMethod } from './status';
import { ServiceRange } from './services/cluster-ips';
import { answerIn, inVersion } from './versions';
import type { Store } from './store';
import { refusalOf } from './authorize';

/** Flags of the server. */
export interface ApiServerOptions {
  /** `--service-cluster-ip-range` */
  readonly serviceCIDR?: string;
  /** What it does to objects that exist. Without: it knows `create`, `get` and `list`. */
  readonly changes?: Changes;
}

/**
 * The request path of a kube-apiserver: decode → default → admission → validate → store. One door, `handle`, for
 * kubectl and for every component.
 */
export class ApiServer implements RequestHandler {
  private readonly backend: Backend;
  private readonly changes: Changes | undefined;

  constructor(
    readonly store: Store,
    clock: Clock,
    random: Random,
    context: KindContext,
    options: ApiServerOptions = {},
  ) {
    this.changes = options.changes;
    const serviceRange = new ServiceRange(options.serviceCIDR ?? '10.96.0.0/12');
    this.backend = {
      store,
      clock,
      context,
      lots: new Lots(random),
      serviceRange,
      recordManager: options.changes?.recordManager,
    };
  }

  handle(request: ApiRequest): ApiResponse {
    const preferred = findResource(request.resource, request.group);
    if (!preferred || !this.serves(request, preferred)) return refused(unknownResource());
    const info = inVersion(request, preferred);
    if (isNoPath(request, info)) return refused(unknownResource());
    const refusal = refusalOf(request, info, this.store);
    if (refusal) return refused(refusal);
    const answer = this.route(request, info);
    const definition = definitionOf(info.group, info.kind);
    if (!definition?.otherVersions && !definition?.deprecation) return answer;
    const { deprecation } = definition;
    const response = answerIn(answer, info);
    return deprecation ? { ...response, warnings: [deprecation, ...response.warnings] } : response;
  }

  /** A request that names no version takes the one that is served. */
  private serves({ version, resource, group }: ApiRequest, info: ResourceInfo): boolean {
    if (!isServedBy(this.backend.context.kubernetes, info)) return false;
    if (version === '' || version === info.version) return true;
    return resources.some((one) => one.plural === resource && one.group === group && one.version === version);
  }

  private route(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const { subresource } = request;
    if (subresource === undefined || subresource === 'status') return this.object(request, info);
    const isPod = subresource === 'ephemeralcontainers' || subresource === 'resize';
    if (isPod && request.verb === 'get') return this.object(request, info);
    const handler = this.changes?.subresources[subresource];
    return handler ? handler(request, info, this.backend) : refused(unknownResource());
  }

  private object(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const { verb } = request;
    if (info.name === 'componentstatuses') return componentStatuses(request, info);
    switch (verb) {
      case 'get': {
        const found = find(this.backend, request, info);
        return found ? answered(200, found) : refused(missing(request, info));
      }
      case 'list':
        if (!info.verbs.includes('list')) return refused(unservedMethod());
        return this.list(request, info);
      case 'create':
        if (!info.verbs.includes('create')) return refused(methodNotAllowed('create', info.plural, info.group));
        return this.changes?.review(request, info, this.backend) ?? create(request, info, this.backend);
    }
    if (!this.changes) return refused(methodNotAllowed(verb, info.plural, info.group));
    return this.change(this.changes, request, info);
  }

  private change(changes: Changes, request: ApiRequest, info: ResourceInfo): ApiResponse {
    switch (request.verb) {
      case 'update':
        if (request.trusted && request.subresource === 'status')
          return changes.updateStatusTrusted(request, info, this.backend);
        return changes.update(request, info, this.backend);
      case 'patch':
        return changes.patch(request, info, this.backend);
      case 'delete':
        return changes.remove(request, info, this.backend);
      case 'deletecollection':
        return changes.removeCollection(request, info, this.backend);
      default:
        return refused(methodNotAllowed(request.verb, info.plural, info.group));
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
