// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/generic/policy_dispatcher.go `CollectParams`
import type { ParamKind, ParamRef } from '../../api/generated/admissionregistration-v1';
import { matchesLabelSelector } from '../../api/label-selector';
import type { KubeObject } from '../../api/object';
import { resources, splitApiVersion } from '../../api/registry';
import type { AdmissionReader } from '../chain';

/** The objects a binding evaluates its policy with, or why it cannot be evaluated. */
export type Params = { readonly objects: readonly (KubeObject | undefined)[] } | { readonly error: string };

export function collectParams(
  kind: ParamKind | undefined,
  ref: ParamRef | undefined,
  namespace: string | undefined,
  reader: AdmissionReader,
): Params {
  if (!kind) return { objects: [undefined] };
  const [group, version] = splitApiVersion(kind.apiVersion ?? '');
  const info = resources.find((one) => one.group === group && one.version === version && one.kind === kind.kind);
  if (!info) {
    return { error: `failed to find resource referenced by paramKind: '${group}/${version}, Kind=${kind.kind ?? ''}'` };
  }
  if (!ref) return { objects: [undefined] };
  const where = info.namespaced ? ref.namespace || namespace : undefined;
  if (info.namespaced && !where) {
    return { error: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources' };
  }
  const found = ref.name ? reader.get(info.name, where, ref.name) : undefined;
  const objects: KubeObject[] = ref.name
    ? found
      ? [found]
      : []
    : reader.list(info.name, where).filter(({ metadata }) => matchesLabelSelector(ref.selector, metadata.labels ?? {}));
  if (objects.length > 0 || ref.parameterNotFoundAction === 'Allow') return { objects };
  return { error: 'no params found for policy binding with `Deny` parameterNotFoundAction' };
}
