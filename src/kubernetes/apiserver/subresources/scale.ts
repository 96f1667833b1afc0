import { cloneJson, isObject, type JsonObject, type KubeObject } from '../../api/object';
import type { ResourceInfo } from '../../api/registry';
import type { LabelSelector } from '../../api/generated/meta-v1';
import { type Backend, find, missing, refused } from '../backend';
import { jsonMerge } from '../patch/json-merge';
import { jsonPatch, JsonPatchError } from '../patch/json-patch';
import type { ApiRequest, ApiResponse } from '../request';
import { conflict, invalidStatus, modifiedMeanwhile, unprocessable } from '../status';
import { invalid, Path } from '../../api/field-error';
import { commit } from '../update';

/** `deployments/NAME/scale` and its like. Upstream: pkg/registry/apps/deployment/storage/storage.go `ScaleREST` */
export function scale(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const old = find(backend, request, info);
  if (!old) return refused(missing(request, info));
  const current = scaleOf(old);
  if (request.verb === 'get') return { code: 200, body: current, warnings: [] };
  const wanted = wantedScale(current, request);
  if (!wanted) return refused(unprocessable());
  const { resourceVersion } = metadataOf(wanted);
  if (typeof resourceVersion === 'string' && resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
    return refused(conflict(info.plural, info.group, old.metadata.name, modifiedMeanwhile));
  }
  const replicas = isObject(wanted.spec) && typeof wanted.spec.replicas === 'number' ? wanted.spec.replicas : 0;
  if (replicas < 0) {
    const error = invalid(Path.of('spec.replicas'), replicas, 'must be greater than or equal to 0');
    return refused(invalidStatus('Scale', 'autoscaling', old.metadata.name, [error]));
  }
  const object = cloneJson(old);
  object.spec = { ...(isObject(object.spec) ? object.spec : {}), replicas };
  const response = commit({ ...request, subresource: undefined }, info, backend, old, {
    object,
    warnings: [],
    nils: [],
  });
  if (response.body.kind === 'Status') return response;
  return { ...response, body: scaleOf(response.body as KubeObject) }; // not a Status, so the stored object
}

function wantedScale(current: JsonObject, { verb, body, patchType }: ApiRequest): JsonObject | undefined {
  try {
    const wanted =
      verb === 'update'
        ? body
        : Array.isArray(body) || patchType === 'json'
          ? jsonPatch(current, Array.isArray(body) ? body : [])
          : jsonMerge(current, body);
    return isObject(wanted) ? wanted : undefined;
  } catch (error) {
    if (error instanceof JsonPatchError) return undefined;
    throw error;
  }
}

function metadataOf(object: JsonObject): JsonObject {
  return isObject(object.metadata) ? object.metadata : {};
}

/** The `autoscaling/v1` Scale of a workload. */
export function scaleOf(object: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  const replicas = typeof spec.replicas === 'number' && spec.replicas !== 0 ? { replicas: spec.replicas } : {};
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: replicas,
    status: { replicas: status.replicas ?? 0, selector: selectorText(spec.selector) },
  };
}

/** A label selector as it stands in a URL. Upstream: apimachinery/pkg/apis/meta/v1/helpers.go `LabelSelectorAsSelector` */
function selectorText(selector: unknown): string {
  if (!isObject(selector)) return '';
  // A workload's selector was decoded as one; a ReplicationController's is a plain map.
  const { matchLabels, matchExpressions = [] } = (
    'matchLabels' in selector || 'matchExpressions' in selector ? selector : { matchLabels: selector }
  ) as LabelSelector;
  const equal = Object.entries(matchLabels ?? {}).map(([key, value]): [string, string] => [key, `${key}=${value}`]);
  const others = matchExpressions.map(({ key, operator, values = [] }): [string, string] => {
    const list = `(${[...values].sort().join(',')})`;
    if (operator === 'In') return [key, `${key} in ${list}`];
    if (operator === 'NotIn') return [key, `${key} notin ${list}`];
    return [key, operator === 'Exists' ? key : `!${key}`];
  });
  return [...equal, ...others]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, text]) => text)
    .join(',');
}
