import type { Draft, JsonObject, KubeObject, ResourceMap, ResourceName } from '../api/object';
import { isObject } from '../api/object';
import type { ApiRequest, ApiResponse, PatchType } from './request';
import type { Status } from './status';
import type { Store } from './store';

/** What a component gets back: the stored object, or the server's refusal. */
export type Result<T> =
  | { readonly ok: true; readonly object: T; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly status: Status };

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/** An `autoscaling/v1` Scale as the server answers with it. */
export type Scale = KubeObject;

/** Where objects of some kind live, for a client that learns the kind only as it runs. */
export interface ResourcePath {
  readonly plural: string;
  readonly group: string;
}

/** The doors of the API server that a client needs. */
export interface RequestHandler {
  handle(request: ApiRequest): ApiResponse;
  readonly store: Store;
}

/**
 * A component's connection to the API server under a user name of its own. Reads are served from the store, as from
 * an informer's cache; every write is a request and goes the whole way through admission and validation.
 */
export class Client {
  /** How many requests it has made. */
  requests = 0;

  constructor(
    private readonly server: RequestHandler,
    readonly user: string,
    /** Whether the server can be reached from where this client runs. */
    private readonly connected: () => boolean = () => true,
  ) {}

  /** How many writes the cluster has seen. */
  get revision(): number {
    return this.server.store.revision;
  }

  get<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ResourceMap[R] | undefined {
    return this.server.store.get(resource, namespace, name);
  }

  /** Grows with every write of such an object. */
  lastChange(resource: ResourceName): number {
    return this.server.store.lastChange(resource);
  }

  list<R extends ResourceName>(resource: R, namespace?: string): ResourceMap[R][] {
    return this.server.store.list(resource, namespace);
  }

  create<R extends ResourceName>(resource: R, object: Draft<ResourceMap[R]>): Result<ResourceMap[R]> {
    const namespace = object.metadata.namespace;
    return this.send<R>({ ...this.target(resource, namespace), verb: 'create', body: object });
  }

  update<R extends ResourceName>(resource: R, object: ResourceMap[R]): Result<ResourceMap[R]> {
    return this.put(resource, object, undefined);
  }

  updateStatus<R extends ResourceName>(resource: R, object: ResourceMap[R]): Result<ResourceMap[R]> {
    return this.put(resource, object, 'status');
  }

  /** `PUT namespaces/NAME/finalize`: the only way to take away the finalizers in a Namespace's spec. */
  updateFinalize(namespace: ResourceMap['namespaces']): Result<ResourceMap['namespaces']> {
    return this.put('namespaces', namespace, 'finalize');
  }

  patch<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
    body: JsonObject,
    options: { subresource?: string; patchType?: PatchType } = {},
  ): Result<ResourceMap[R]> {
    return this.send<R>({
      ...this.target(resource, namespace),
      verb: 'patch',
      name,
      body,
      patchType: options.patchType ?? 'merge',
      subresource: options.subresource,
      trusted: true,
    });
  }

  delete<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): Result<ResourceMap[R]> {
    return this.send<R>({ ...this.target(resource, namespace), verb: 'delete', name, ...options });
  }

  /** `POST pods/NAME/binding`: what the scheduler does to place a Pod. */
  bind(namespace: string, pod: string, uid: string, node: string): Result<KubeObject> {
    const body = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: pod, namespace, uid },
      target: { kind: 'Node', name: node },
    };
    return this.sendAny({
      ...this.target('pods', namespace),
      verb: 'create',
      subresource: 'binding',
      name: pod,
      body,
    });
  }

  /** `GET …/NAME/scale` of any kind that can be scaled. */
  getScale({ plural, group }: ResourcePath, namespace: string | undefined, name: string): Result<Scale> {
    const target = { group, version: '', resource: plural, namespace, user: this.user };
    return this.sendAny({ ...target, verb: 'get', subresource: 'scale', name });
  }

  updateScale({ plural, group }: ResourcePath, body: Scale): Result<Scale> {
    const { namespace, name } = body.metadata;
    const target = { group, version: '', resource: plural, namespace, user: this.user };
    return this.sendAny({ ...target, verb: 'update', subresource: 'scale', name, body });
  }

  private put<R extends ResourceName>(
    resource: R,
    object: ResourceMap[R],
    subresource: string | undefined,
  ): Result<ResourceMap[R]> {
    const { namespace, name } = object.metadata;
    const { group, plural } = pathOf(resource);
    return this.send<R>({
      verb: 'update',
      group,
      version: '',
      resource: plural,
      namespace,
      name,
      subresource,
      body: object,
      user: this.user,
      trusted: true,
    });
  }

  private target(resource: ResourceName, namespace: string | undefined) {
    const { group, plural } = pathOf(resource);
    return { group, version: '', resource: plural, namespace, user: this.user };
  }

  private send<R extends ResourceName>(request: ApiRequest): Result<ResourceMap[R]> {
    // The server answers a request for resource R with an object of R's kind.
    return this.sendAny(request) as Result<ResourceMap[R]>;
  }

  private sendAny(request: ApiRequest): Result<KubeObject> {
    this.requests++;
    if (!this.connected()) return { ok: false, status: unreachable };
    const response = this.server.handle(request);
    if (isStatus(response.body)) return { ok: false, status: response.body };
    return { ok: true, object: response.body as KubeObject, warnings: response.warnings }; // not a Status, so an object
  }
}

const paths = new Map<ResourceName, ResourcePath>();

/** `deployments.apps` taken apart, once. */
function pathOf(resource: ResourceName): ResourcePath {
  const known = paths.get(resource);
  if (known) return known;
  const dot = resource.indexOf('.');
  const path =
    dot < 0 ? { plural: resource, group: '' } : { plural: resource.slice(0, dot), group: resource.slice(dot + 1) };
  paths.set(resource, path);
  return path;
}

/** What a client makes of a server that does not answer (k8s.io/apimachinery, `NewTimeoutError`). */
const unreachable: Status = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'the server was unable to return a response in the time allotted',
  reason: 'Timeout',
  code: 504,
};

/** Whether the server answered with a refusal. */
export function isStatus(body: unknown): body is Status {
  return isObject(body) && body.kind === 'Status' && body.status === 'Failure';
}
