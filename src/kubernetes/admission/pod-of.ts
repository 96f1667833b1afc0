import type { Pod } from '../api/generated/core-v1';
import type { KubeObject } from '../api/object';
import type { AdmissionAttributes } from './chain';

/** The Pod of a request for Pods themselves, not for one of their subresources. */
export function createdPod(attributes: AdmissionAttributes): Pod | undefined {
  return attributes.operation === 'CREATE' ? requestedPod(attributes) : undefined;
}

/** The Pod that a request makes or changes; undefined where it is about something else, or a part of one. */
export function requestedPod({ resource, subresource, object }: AdmissionAttributes): Pod | undefined {
  return resource.name === 'pods' && !subresource && object ? asPod(object) : undefined;
}

/** An object that was decoded as the kind of the resource `pods`. */
export function asPod(object: KubeObject): Pod {
  return object as Pod;
}
