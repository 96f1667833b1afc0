import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { jsonMerge } from '@/kubernetes/apiserver/patch/json-merge';
import { JsonPatchError, jsonPatch } from '@/kubernetes/apiserver/patch/json-patch';
import { PatchError, strategicMerge } from '@/kubernetes/apiserver/patch/strategic-merge';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import { KubectlError } from '../errors';

export type LocalPatchType = 'json' | 'merge' | 'strategic';

/**
 * An object patched on this side of the wire: `patch --local`, `patch --dry-run=client`, `run --overrides`. Upstream:
 * kubectl/pkg/cmd/patch/patch.go `getPatchedJSON`. Throws for a patch that does not apply.
 */
export function patchedLocally(
  object: JsonObject,
  patch: unknown,
  type: LocalPatchType,
  minor: KubernetesVersion,
): unknown {
  try {
    if (type === 'json') return jsonPatch(object, Array.isArray(patch) ? patch : [patch]);
    if (type === 'merge' || !isObject(patch)) return jsonMerge(object, patch);
    const goType = goTypeOf(String(object.apiVersion), String(object.kind), minor);
    return strategicMerge(structuredClone(object), structuredClone(patch), goType);
  } catch (error) {
    if (error instanceof JsonPatchError || error instanceof PatchError) throw new KubectlError(error.message);
    throw error;
  }
}
