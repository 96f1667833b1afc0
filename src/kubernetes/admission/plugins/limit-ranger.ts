// Upstream: plugin/pkg/admission/limitranger/admission.go
import type { LimitRange, PersistentVolumeClaim } from '../../api/generated/core-v1';
import { applyContainerDefaults } from '../limit-ranger/defaults';
import { claimViolations, podViolations } from '../limit-ranger/violations';
import type { AdmissionAttributes, AdmissionPlugin, AdmissionReader } from '../chain';
import { asPod, createdPod } from '../pod-of';
import { forbiddenBy } from '../refusal';

/**
 * Gives containers the requests and limits of the namespace's LimitRanges, and refuses Pods and claims outside of what
 * they allow. A Pod is judged when it is made and when it is resized: nothing else can change its resources.
 */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  admit(attributes, { reader }) {
    const { resource, subresource, object } = attributes;
    const resized = subresource === 'resize' && resource.name === 'pods' && object ? asPod(object) : undefined;
    const pod = createdPod(attributes) ?? resized;
    if (pod) for (const limitRange of limitRangesFor(attributes, reader)) applyContainerDefaults(limitRange, pod);
    return undefined;
  },
  validate(attributes, { reader }) {
    for (const limitRange of limitRangesFor(attributes, reader)) {
      const why = aggregate(violations(attributes, limitRange));
      if (why !== undefined) return forbiddenBy(attributes, why);
    }
    return undefined;
  },
};

function limitRangesFor({ namespace, old }: AdmissionAttributes, reader: AdmissionReader): readonly LimitRange[] {
  if (!namespace || old?.metadata.deletionTimestamp) return [];
  return reader.list('limitranges', namespace);
}

function violations({ operation, resource, subresource, object }: AdmissionAttributes, range: LimitRange): string[] {
  if (!object || (operation !== 'CREATE' && operation !== 'UPDATE')) return [];
  if (resource.name === 'pods') {
    const judged = operation === 'CREATE' ? !subresource : subresource === 'resize';
    return judged ? podViolations(range, asPod(object)) : [];
  }
  if (resource.name !== 'persistentvolumeclaims' || subresource) return [];
  return claimViolations(range, object as PersistentVolumeClaim); // decoded as the kind of its resource
}

/** Several errors as one text, each once. Upstream: staging/src/k8s.io/apimachinery/pkg/util/errors `Aggregate` */
function aggregate(errors: readonly string[]): string | undefined {
  const distinct = [...new Set(errors)];
  return distinct.length > 1 ? `[${distinct.join(', ')}]` : distinct[0];
}
