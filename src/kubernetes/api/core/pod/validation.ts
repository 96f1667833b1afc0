// Upstream: pkg/apis/core/validation/validation.go `ValidatePodCreate`, `validatePodMetadataAndSpec`
import { type FieldError, forbidden, Path } from '../../field-error';
import type { Pod } from '../../generated/core-v1';
import type { KindContext } from '../../kind';
import { dns1123Subdomain } from '../../meta/names';
import { validateObjectMeta } from '../../meta/object-meta';
import { validatePodSpec } from '../pod-spec/validation';
import { validatePodAnnotations, validateProfilesMatch } from '../pod-spec/validation/annotations';
import { validateImageWhitespace } from '../pod-spec/validation/image';

const podMetaRules = { namespaced: true, name: dns1123Subdomain };

/** What holds for every Pod, new or changed. */
export function validatePodContent(pod: Pod, { kubernetes }: KindContext): FieldError[] {
  const { metadata, spec } = pod;
  const path = Path.of('spec');
  const errors = [
    ...validateObjectMeta(metadata, podMetaRules),
    ...validatePodAnnotations(metadata.annotations ?? {}, spec, Path.of('metadata.annotations')),
    ...validatePodSpec(spec, path, { kubernetes, isPod: true, podName: metadata.name }),
  ];
  if (!spec.serviceAccountName) errors.push(...tokensWithoutAccount(pod, path.child('volumes')));
  for (const list of ['containers', 'initContainers'] as const) {
    (spec[list] ?? []).forEach((one, i) => errors.push(...validateImageWhitespace(one, path.child(list).index(i))));
  }
  return errors;
}

function tokensWithoutAccount({ spec }: Pod, path: Path): FieldError[] {
  return (spec.volumes ?? []).flatMap(({ projected }, v) =>
    (projected?.sources ?? []).flatMap(({ serviceAccountToken }, s) => {
      if (!serviceAccountToken) return [];
      const at = path.index(v).child('projected', 'sources').index(s).child('serviceAccountToken');
      return [forbidden(at, 'must not be specified when serviceAccountName is not set')];
    }),
  );
}

export function validatePod(pod: Pod, context: KindContext): FieldError[] {
  const { metadata, spec } = pod;
  const path = Path.of('spec');
  const errors = validatePodContent(pod, context);
  if (spec.ephemeralContainers?.length)
    errors.push(forbidden(path.child('ephemeralContainers'), 'cannot be set on create'));
  if (spec.nodeName && spec.schedulingGates?.length) {
    errors.push(forbidden(path.child('nodeName'), 'cannot be set until all schedulingGates have been cleared'));
  }
  return [...errors, ...validateProfilesMatch(metadata.annotations ?? {}, spec, path)];
}
