import { definitionOf, findResource, type ResourceInfo } from '../api/registry';
import { deepEqual, isObject, type KubeObject } from '../api/object';
import type { KindContext } from '../api/kind';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { ApiRequest, ApiResponse } from './request';
import { alreadyExists, badRequest, conflict, invalidStatus, modifiedMeanwhile, notFoundStatus, type Status } from './status';
import type { Store } from './store';
import type { RequestHandler } from './client';

const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The request path of a kube-apiserver: decode → default → admission → validate → store. One door, `handle`, for
 * kubectl and for every component.
 */
export class ApiServer implements RequestHandler {
  private drawn = 0;

  constructor(
    readonly store: Store,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly context: KindContext,
  ) {}

  handle(request: ApiRequest): ApiResponse {
    const info = findResource(request.resource, request.group);
    if (!info) return refused(notFoundStatus(request.resource, request.group, request.name ?? ''));
    switch (request.verb) {
      case 'get':
        return this.get(request, info);
      case 'list':
        return this.list(request, info);
      case 'create':
        return request.subresource === 'binding' ? this.bind(request) : this.create(request, info);
      case 'update':
      case 'patch':
        return this.write(request, info);
      case 'delete':
        return this.remove(request, info);
      case 'deletecollection':
        return refused(badRequest('deletecollection'));
    }
  }

  private get(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const found = this.find(request, info);
    return found ? answered(200, found) : refused(this.missing(request, info));
  }

  private list(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const items = this.store.list(info.name, request.namespace);
    const apiVersion = info.group ? `${info.group}/${info.version}` : info.version;
    return {
      code: 200,
      body: { kind: `${info.kind}List`, apiVersion, metadata: { resourceVersion: String(this.store.revision) }, items },
      warnings: [],
    };
  }

  private create(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const object = structuredClone(request.body) as KubeObject;
    const definition = definitionOf(info.group, info.kind);
    const metadata = { ...object.metadata };
    object.metadata = metadata;
    object.apiVersion = info.group ? `${info.group}/${info.version}` : info.version;
    object.kind = info.kind;
    if (info.namespaced) metadata.namespace = metadata.namespace ?? request.namespace ?? 'default';
    definition?.setDefaults?.(object, this.context);
    definition?.prepareForCreate?.(object, this.context);
    if (!metadata.name && metadata.generateName) {
      const stream = this.random.stream(`name/${metadata.generateName}/${this.drawn++}`);
      metadata.name = metadata.generateName + stream.text(5, suffixAlphabet);
    }
    metadata.uid = this.uid(`${info.name}/${metadata.namespace ?? ''}/${metadata.name}`);
    metadata.creationTimestamp = this.clock.timestamp();
    const errors = definition?.validate?.(object, this.context) ?? [];
    if (errors.length > 0) return refused(invalidStatus(info.kind, info.group, metadata.name, errors));
    const warnings = definition?.warnings?.(object, undefined, this.context) ?? [];
    if (this.store.get(info.name, metadata.namespace, metadata.name)) {
      return refused(alreadyExists(info.plural, info.group, metadata.name));
    }
    if (request.dryRun) return { code: 201, body: object, warnings };
    return { code: 201, body: this.store.put(info.name, object), warnings };
  }

  private write(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const old = this.find(request, info);
    if (!old) return refused(this.missing(request, info));
    const sent = request.verb === 'patch' ? mergePatch(old, request.body) : request.body;
    if (!isObject(sent)) return refused(badRequest('the request body is not an object'));
    const object = structuredClone(sent) as KubeObject;
    if (request.verb === 'update' && object.metadata.resourceVersion && object.metadata.resourceVersion !== old.metadata.resourceVersion) {
      return refused(conflict(info.plural, info.group, old.metadata.name, modifiedMeanwhile));
    }
    const definition = definitionOf(info.group, info.kind);
    const next: KubeObject =
      request.subresource === 'status'
        ? { ...old, status: object.status }
        : { ...object, status: 'status' in old ? old.status : object.status };
    next.metadata = { ...next.metadata, uid: old.metadata.uid, creationTimestamp: old.metadata.creationTimestamp };
    if (request.subresource !== 'status') {
      definition?.setDefaults?.(next, this.context);
      definition?.prepareForUpdate?.(next, old, this.context);
      const errors = definition?.validateUpdate?.(next, old, this.context) ?? [];
      if (errors.length > 0) return refused(invalidStatus(info.kind, info.group, old.metadata.name, errors));
      if (old.metadata.generation !== undefined && !deepEqual(next.spec, old.spec)) {
        next.metadata.generation = old.metadata.generation + 1;
      }
    }
    if (deepEqual(next, old)) return answered(200, old);
    if (next.metadata.deletionTimestamp && !next.metadata.finalizers?.length && info.kind !== 'Pod') {
      return answered(200, this.store.remove(info.name, old.metadata.namespace, old.metadata.name) ?? old);
    }
    if (request.dryRun) return answered(200, next);
    return answered(200, this.store.put(info.name, next));
  }

  private remove(request: ApiRequest, info: ResourceInfo): ApiResponse {
    const old = this.find(request, info);
    if (!old) return refused(this.missing(request, info));
    const grace =
      request.gracePeriodSeconds ?? definitionOf(info.group, info.kind)?.gracePeriodSeconds?.(old) ?? 0;
    if (grace > 0 || (old.metadata.finalizers?.length ?? 0) > 0) {
      if (old.metadata.deletionTimestamp) return answered(200, old);
      const metadata = {
        ...old.metadata,
        deletionTimestamp: this.clock.timestamp(this.clock.now + grace * 1000),
        deletionGracePeriodSeconds: grace,
      };
      return answered(200, this.store.put(info.name, { ...old, metadata }));
    }
    return answered(200, this.store.remove(info.name, old.metadata.namespace, old.metadata.name) ?? old);
  }

  private bind(request: ApiRequest): ApiResponse {
    const pod = this.store.get('pods', request.namespace, request.name ?? '');
    if (!pod) return refused(notFoundStatus('pods', '', request.name ?? ''));
    const target = isObject(request.body) && isObject(request.body.target) ? String(request.body.target.name) : '';
    const condition = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: this.clock.timestamp() };
    const others = (pod.status.conditions ?? []).filter((one) => one.type !== 'PodScheduled');
    const next = {
      ...pod,
      spec: { ...pod.spec, nodeName: target },
      status: { ...pod.status, conditions: [...others, condition] },
    };
    return answered(201, this.store.put('pods', next));
  }

  private find(request: ApiRequest, info: ResourceInfo): KubeObject | undefined {
    return this.store.get(info.name, info.namespaced ? request.namespace : undefined, request.name ?? '');
  }

  private missing(request: ApiRequest, info: ResourceInfo): Status {
    return notFoundStatus(info.plural, info.group, request.name ?? '');
  }

  private uid(key: string): string {
    const hex = this.random.stream(`uid/${key}/${this.drawn++}`).text(32, '0123456789abcdef');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

function answered(code: number, body: KubeObject): ApiResponse {
  return { code, body, warnings: [] };
}

function refused(status: Status): ApiResponse {
  return { code: status.code, body: status, warnings: [] };
}

/** RFC 7386. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const out: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete out[key];
    else out[key] = mergePatch(out[key], value);
  }
  return out;
}
