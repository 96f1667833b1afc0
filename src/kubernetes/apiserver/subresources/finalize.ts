import { isObject } from '../../api/object';
import { answered, type Backend, find, missing, refused } from '../backend';
import type { ResourceInfo } from '../../api/registry';
import type { ApiRequest, ApiResponse } from '../request';

/**
 * `PUT namespaces/NAME/finalize`: takes finalizers out of a Namespace's spec; without any left, a Namespace that is
 * being deleted goes. Upstream: pkg/registry/core/namespace/storage/storage.go `FinalizeREST`
 */
export function finalize(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const old = find(backend, request, info);
  if (!old) return refused(missing(request, info));
  const sent = isObject(request.body) && isObject(request.body.spec) ? request.body.spec.finalizers : undefined;
  const finalizers = Array.isArray(sent) ? sent : [];
  const { name, deletionTimestamp, finalizers: holding = [] } = old.metadata;
  if (deletionTimestamp && finalizers.length === 0 && holding.length === 0) {
    return answered(200, backend.store.remove(info.name, undefined, name) ?? old);
  }
  const spec = { ...(isObject(old.spec) ? old.spec : {}), finalizers };
  return answered(200, backend.store.put(info.name, { ...old, spec }));
}
