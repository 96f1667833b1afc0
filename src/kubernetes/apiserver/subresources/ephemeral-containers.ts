import { isObject, type KubeObject } from '../../api/object';
import type { ResourceInfo } from '../../api/registry';
import { type Backend, find, missing, refused } from '../backend';
import { readBody } from '../decode/read-body';
import { patched } from '../patch';
import type { ApiRequest, ApiResponse } from '../request';
import { commit } from '../update';

/**
 * `pods/NAME/ephemeralcontainers`: only the list of ephemeral containers is taken over. Upstream:
 * pkg/registry/core/pod/strategy.go `podEphemeralContainersStrategy`
 */
export function updateEphemeralContainers(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const old = find(backend, request, info);
  if (!old) return refused(missing(request, info));
  const read =
    request.verb === 'patch'
      ? patched(old, request, info, backend)
      : readBody(request.body, info, backend, request.fieldValidation);
  if ('status' in read) return refused(read);
  const { spec } = read.object;
  const ephemeralContainers = isObject(spec) ? spec.ephemeralContainers : undefined;
  const object: KubeObject = {
    ...structuredClone(old),
    spec: { ...(isObject(old.spec) ? structuredClone(old.spec) : {}), ephemeralContainers },
  };
  object.metadata.resourceVersion = read.object.metadata.resourceVersion;
  return commit(request, info, backend, old, { ...read, object });
}
