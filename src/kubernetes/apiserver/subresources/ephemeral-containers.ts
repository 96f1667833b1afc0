import { forbidden, Path } from '../../api/field-error';
import { deepEqual, isObject, type JsonObject, type KubeObject } from '../../api/object';
import type { ResourceInfo } from '../../api/registry';
import { type Backend, find, missing, refused } from '../backend';
import { readBody } from '../decode/read-body';
import { patched } from '../patch';
import type { ApiRequest, ApiResponse } from '../request';
import { invalidStatus } from '../status';
import { commit } from '../update';

const path = Path.of('spec.ephemeralContainers');

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
  const ephemeralContainers = containersOf(read.object);
  const kept = new Map(ephemeralContainers.map((one) => [one.name, one]));
  const errors = containersOf(old).flatMap((one) => {
    const now = kept.get(one.name);
    if (!now) return [forbidden(path, `existing ephemeral containers "${String(one.name)}" may not be removed\n`)];
    if (deepEqual(now, one)) return [];
    return [forbidden(path, `existing ephemeral containers "${String(one.name)}" may not be changed\n`)];
  });
  if (errors.length > 0) return refused(invalidStatus('Pod', '', old.metadata.name, errors));
  const object: KubeObject = {
    ...structuredClone(old),
    spec: { ...(isObject(old.spec) ? structuredClone(old.spec) : {}), ephemeralContainers },
  };
  object.metadata.resourceVersion = read.object.metadata.resourceVersion;
  // Nothing else can have changed, so there is nothing else to judge.
  return commit(request, info, backend, old, { ...read, object }, {});
}

function containersOf({ spec }: KubeObject): JsonObject[] {
  const list = isObject(spec) ? spec.ephemeralContainers : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}
