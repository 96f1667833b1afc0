import type { LabelSelector } from '../api/generated/meta-v1';
import { matchesLabelSelector } from '../api/label-selector';
import { controllerOf, type KubeObject, type ResourceMap, type ResourceName } from '../api/object';
import type { Client } from '../apiserver/client';
import type { Steps } from './controller';
import { controllerReference } from './pod-control';

/**
 * Which of `candidates` belong to `owner`: its own that still match, and orphans that match (they are adopted). Its
 * own that no longer match are released. Upstream: pkg/controller/controller_ref_manager.go `ClaimObject`
 */
export function* claim<R extends ResourceName>(
  client: Client,
  resource: R,
  owner: KubeObject,
  selector: LabelSelector,
  candidates: readonly (ResourceMap[R] & KubeObject)[],
): Steps<(ResourceMap[R] & KubeObject)[]> {
  const claimed: (ResourceMap[R] & KubeObject)[] = [];
  for (const candidate of candidates) {
    const { namespace, name, labels, ownerReferences = [] } = candidate.metadata;
    const controller = controllerOf(candidate);
    const matches = matchesLabelSelector(selector, labels);
    if (controller) {
      if (controller.uid !== owner.metadata.uid) continue;
      if (matches) claimed.push(candidate);
      else if (!owner.metadata.deletionTimestamp) {
        const rest = ownerReferences.filter((reference) => reference.uid !== owner.metadata.uid);
        client.patch(resource, namespace, name, { metadata: { ownerReferences: rest.length > 0 ? rest : null } });
        yield;
      }
      continue;
    }
    if (!matches || owner.metadata.deletionTimestamp || candidate.metadata.deletionTimestamp) continue;
    const adopted = client.patch(resource, namespace, name, {
      metadata: { ownerReferences: [...ownerReferences, controllerReference(owner)] },
    });
    yield;
    // The server answers with the resource that was patched; only its static type is lost on the way.
    if (adopted.ok) claimed.push(adopted.object as ResourceMap[R] & KubeObject);
  }
  return claimed;
}
