import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { type LocalPatchType, patchedLocally } from '../apply/local-patch';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';

const overrideTypes: readonly LocalPatchType[] = ['json', 'merge', 'strategic'];

/** `--overrides`. Upstream: kubectl/pkg/cmd/util/override_options.go. */
export function overridden(invocation: Invocation, pod: JsonObject): KubeObject {
  const { flags, minor } = invocation;
  const text = flags.string('overrides');
  // The server fills in the rest of the metadata.
  if (text === '') return pod as KubeObject;
  const type = overrideTypes.find((one) => one === flags.string('override-type'));
  if (!type) throw new KubectlError(`invalid override type: ${flags.string('override-type')}`);
  let patch: unknown;
  try {
    patch = JSON.parse(text);
  } catch {
    throw new KubectlError('Invalid JSON Patch');
  }
  const merged = patchedLocally(pod, patch, type, minor);
  if (!isObject(merged)) throw new KubectlError('Invalid JSON Patch');
  return merged as KubeObject; // what was changed is an object of the API, and the server judges it next
}
