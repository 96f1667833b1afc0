import type { KubeObject } from '../../api/object';
import { podResize } from '../../api/core/pod/resize';
import type { Pod } from '../../api/generated/core-v1';
import type { ResourceInfo } from '../../api/registry';
import type { Backend } from '../backend';
import { patch } from '../patch';
import type { ApiRequest, ApiResponse } from '../request';
import { methodNotAllowed } from '../status';
import { refused } from '../backend';
import { update, type UpdateRules } from '../update';

// A sub-resource of Pods: whatever is stored there was decoded as one.
const rules: UpdateRules = {
  prepareForUpdate: (next: KubeObject, old: KubeObject) => podResize.prepareForUpdate(next as Pod, old as Pod),
  validateUpdate: (next, old, context) => podResize.validateUpdate(next as Pod, old as Pod, context),
};

/** `pods/NAME/resize`. Upstream: pkg/registry/core/pod/storage/storage.go `ResizeREST` */
export function resize(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  if (request.verb === 'patch') return patch(request, info, backend, rules);
  if (request.verb === 'update') return update(request, info, backend, rules);
  return refused(methodNotAllowed(request.verb, info.plural, info.group));
}
