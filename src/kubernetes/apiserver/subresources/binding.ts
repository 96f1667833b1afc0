import { isObject, type JsonObject, type KubeObject } from '../../api/object';
import { answered, type Backend, refused } from '../backend';
import type { ApiRequest, ApiResponse } from '../request';
import { badRequest, conflict, notFoundStatus } from '../status';
import { serverFacts } from '../../api/versions/server-facts';

/**
 * `POST pods/NAME/binding`: a Pod is placed on a node, once. Upstream: pkg/registry/core/pod/storage/storage.go
 * `BindingREST.setPodNodeAndMetadata`.
 */
export function bind(request: ApiRequest, { store, clock, context }: Backend): ApiResponse {
  const name = request.name ?? '';
  const pod = store.get('pods', request.namespace, name);
  if (!pod) return refused(notFoundStatus('pods', '', name));
  const { body } = request;
  const target = isObject(body) && isObject(body.target) ? body.target : {};
  const uid = isObject(body) && isObject(body.metadata) ? body.metadata.uid : undefined;
  if (typeof target.name !== 'string' || target.name === '') return refused(badRequest('target.name: Required value'));
  const refuse = (why: string) => refused(conflict('pods/binding', '', name, why));
  if (uid !== undefined && uid !== pod.metadata.uid) {
    return refuse(`Precondition failed: UID in precondition: ${String(uid)}, UID in object meta: ${pod.metadata.uid}`);
  }
  if (pod.metadata.deletionTimestamp) return refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName) {
    return refuse(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
  }
  if ((pod.spec.schedulingGates?.length ?? 0) > 0) return refuse(`pod ${name} has non-empty .spec.schedulingGates`);
  const condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: clock.timestamp(),
    observedGeneration: pod.metadata.generation,
  };
  const before = pod.status.conditions ?? [];
  const known = before.some((one) => one.type === condition.type);
  const conditions: unknown[] = known
    ? before.map((one) => (one.type === condition.type ? condition : one))
    : [...before, condition];
  const status: JsonObject = { ...pod.status, conditions };
  if (serverFacts[context.kubernetes].bindingClearsNomination) delete status.nominatedNodeName;
  const next: KubeObject = { ...pod, spec: { ...pod.spec, nodeName: target.name }, status };
  return answered(201, request.dryRun ? next : store.put('pods', next));
}
