// Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go `transformObject`
import { isObject, type KubeObject } from '../api/object';
import { definitionOf, type ResourceInfo, resources } from '../api/registry';
import type { ApiRequest, ApiResponse } from './request';

/** The resource in the version that the request names: stored objects are of the preferred one. */
export function inVersion({ version }: ApiRequest, preferred: ResourceInfo): ResourceInfo {
  if (version === '' || version === preferred.version) return preferred;
  const { plural, group } = preferred;
  return resources.find((one) => one.plural === plural && one.group === group && one.version === version) ?? preferred;
}

/** A stored object as the version of `info` shows it. */
export function shownAs(object: KubeObject, info: ResourceInfo): KubeObject {
  return definitionOf(info.group, info.kind)?.otherVersions?.[info.version]?.fromStored(object) ?? object;
}

/** An answer whose objects are of the version that was asked for. */
export function answerIn(response: ApiResponse, info: ResourceInfo): ApiResponse {
  if (!definitionOf(info.group, info.kind)?.otherVersions?.[info.version]) return response;
  const { body } = response;
  // What the server stores under a resource is of its kind.
  if (body.kind === info.kind) return { ...response, body: shownAs(body as KubeObject, info) };
  if (body.kind !== `${info.kind}List` || !Array.isArray(body.items)) return response;
  const items = body.items.filter(isObject).map((item) => shownAs(item as KubeObject, info));
  return { ...response, body: { ...body, items } };
}
