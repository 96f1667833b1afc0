import type { KubeObject } from '../api/object';
import type { ResourceInfo } from '../api/registry';
import { answered, missing, refused } from './backend';
import type { ApiRequest, ApiResponse } from './request';
import { methodNotAllowed } from './status';

// staging/src/k8s.io/api/core/v1 `APILifecycleDeprecated`, as the server words it
const deprecation = 'v1 ComponentStatus is deprecated in v1.19+';

/**
 * `ComponentStatus` objects are nowhere stored: at every read the server asks etcd, the controller manager and the
 * scheduler how they are. Here it finds all three well: one that a world leaves out is not told from one that runs.
 * Upstream: pkg/registry/core/componentstatus/rest.go.
 */
export function componentStatuses(request: ApiRequest, info: ResourceInfo): ApiResponse {
  const all = ['etcd-0', 'controller-manager', 'scheduler'].map(healthy);
  if (request.verb === 'list') {
    const body = { kind: 'ComponentStatusList', apiVersion: 'v1', metadata: { resourceVersion: '' }, items: all };
    return { code: 200, body, warnings: [deprecation] };
  }
  if (request.verb !== 'get') return refused(methodNotAllowed(request.verb, info.plural, info.group));
  const found = all.find((one) => one.metadata.name === request.name);
  return found ? answered(200, found, [deprecation]) : refused(missing(request, info), [deprecation]);
}

function healthy(name: string): KubeObject {
  const conditions = [{ type: 'Healthy', status: 'True', message: 'ok' }];
  const object: unknown = { apiVersion: 'v1', kind: 'ComponentStatus', metadata: { name }, conditions };
  return object as KubeObject; // but for what storage gives an object: this one is nowhere stored
}
