import { admissionChain } from '../admission';
import type { AdmissionAttributes } from '../admission/chain';
import type { Service } from '../api/generated/core-v1';
import { deepEqual, type KubeObject } from '../api/object';
import { goQuote, invalid, Path } from '../api/field-error';
import type { KindDefinition } from '../api/kind';
import { definitionOf, type ResourceInfo } from '../api/registry';
import { answered, type Backend, find, missing, refused } from './backend';
import { admissionContext, distinct, settleNamespace, writeNils } from './create';
import { readBody, type ReadBody } from './decode/read-body';
import { removeFinished } from './delete';
import { dropRepeatedOwners } from './owner-references';
import type { ApiRequest, ApiResponse } from './request';
import { allocateService } from './services/allocate';
import { badRequest, bareError, conflict, invalidStatus, modifiedMeanwhile, type Status } from './status';

/** `PUT` of an object. Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/update.go */
export function update(request: ApiRequest, info: ResourceInfo, backend: Backend, rules?: UpdateRules): ApiResponse {
  const renewed = renewal(request, info, backend);
  if (renewed) return renewed;
  const read = readBody(request.body, info, backend, request.fieldValidation);
  if ('status' in read) return refused(read);
  const mismatch = settleNamespace(read.object, request, info) ?? nameMismatch(read.object, request);
  if (mismatch) return refused(badRequest(mismatch), read.warnings);
  const repeated = dropRepeatedOwners(read.object);
  const old = find(backend, request, info);
  if (!old) return refused(missing(request, info), read.warnings);
  const other = anotherObject(read.object, info, old);
  if (other) return refused(other, read.warnings);
  return commit(request, info, backend, old, { ...read, warnings: [...read.warnings, ...repeated] }, rules);
}

/** Kinds that have nothing to default and nothing to prepare, and that components write all the time. */
const takenAsSent: ReadonlySet<string> = new Set(['leases.coordination.k8s.io']);

/**
 * A component's own object of such a kind, with the metadata of the stored one untouched: there is nothing to decode,
 * to default or to judge.
 */
function renewal(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse | undefined {
  if (!request.trusted || !takenAsSent.has(info.name)) return undefined;
  const old = find(backend, request, info);
  const sent = request.body as KubeObject; // `trusted` says that a component made it from a stored object
  if (!old || sent.metadata !== old.metadata) return undefined;
  // Nearly always the time is another: no need to look at the rest.
  const isAsOld = renewTime(sent) === renewTime(old) && deepEqual(sent, old);
  return answered(200, isAsOld ? old : backend.store.put(info.name, sent));
}

function renewTime({ spec }: KubeObject): unknown {
  return (spec as { renewTime?: unknown } | undefined)?.renewTime; // only leases are renewed
}

/** Where objects lie that are not under the name of their resource. Upstream: pkg/kubeapiserver/default_storage_factory_builder.go */
const folders: Readonly<Record<string, string>> = {
  replicationcontrollers: 'controllers',
  endpoints: 'services/endpoints',
  services: 'services/specs',
  nodes: 'minions',
  ingresses: 'ingress',
};

/** Only the object that was meant may be written. Upstream: apiserver/pkg/storage/interfaces.go `Preconditions.Check` */
function anotherObject({ metadata }: KubeObject, info: ResourceInfo, old: KubeObject): Status | undefined {
  const { uid, name, namespace } = old.metadata;
  if (!metadata.uid || metadata.uid === uid) return undefined;
  const key = ['', folders[info.plural] ?? info.plural, ...(namespace ? [namespace] : []), name].join('/');
  const why = `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${uid}`;
  const error = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`;
  return conflict(info.plural, info.group, name, error);
}

/** Upstream: rest.go `checkName` */
export function nameMismatch(
  { metadata }: Pick<KubeObject, 'metadata'>,
  { name = '' }: ApiRequest,
): string | undefined {
  if (!metadata.name) {
    return `the name of the object (${name} based on URL) was undeterminable: name must be provided`;
  }
  if (metadata.name === name) return undefined;
  return `the name of the object (${metadata.name}) does not match the name on the URL (${name})`;
}

/** What an update is judged by: the rules of the kind, unless a sub-resource has its own. */
export type UpdateRules = Pick<KindDefinition, 'prepareForUpdate' | 'validateUpdate' | 'warnings'>;

/**
 * From a decoded object to the store: what an update and every kind of patch have in common. Upstream:
 * pkg/registry/generic/registry/store.go `Update`, pkg/registry/rest/update.go `BeforeUpdate`.
 */
export function commit(
  request: ApiRequest,
  info: ResourceInfo,
  backend: Backend,
  old: KubeObject,
  read: ReadBody,
  rules: UpdateRules | undefined = definitionOf(info.group, info.kind),
): ApiResponse {
  const { object } = read;
  const warnings = [...read.warnings];
  const status = request.subresource === 'status';
  const sentVersion = object.metadata.resourceVersion;
  takeSystemFields(object, old);
  const managedFields = managersAfter(request, info, backend, old, object);
  const attributes: AdmissionAttributes = {
    operation: 'UPDATE',
    resource: info,
    subresource: request.subresource,
    namespace: old.metadata.namespace,
    name: old.metadata.name,
    object,
    old,
    user: request.user,
    dryRun: request.dryRun,
  };
  const admission = admissionContext(backend, warnings);
  const refusal = admissionChain.admit(attributes, admission);
  if (refusal) return refused(refusal, distinct(warnings));
  const stale = wrongVersion(sentVersion, info, old);
  if (stale) return refused(stale, distinct(warnings));
  const next = status ? withStatus(old, object) : object;
  if (!status) {
    if ('status' in old) next.status = old.status;
    if (info.name === 'services') {
      // The store holds under a resource what was decoded as its kind.
      const unallocated = allocateService(next as Service, old as Service, backend, request.dryRun === true);
      if (unallocated.length > 0) {
        return refused(invalidStatus(info.kind, info.group, old.metadata.name, unallocated), distinct(warnings));
      }
    }
    rules?.prepareForUpdate?.(next, old, backend.context);
    const errors = rules?.validateUpdate?.(next, old, backend.context) ?? [];
    if (errors.length > 0) {
      return refused(invalidStatus(info.kind, info.group, old.metadata.name, errors), distinct(warnings));
    }
    countGeneration(next, old);
    warnings.push(...(rules?.warnings?.(next, old, backend.context) ?? []));
  }
  const denial = admissionChain.validate({ ...attributes, object: next }, admission);
  if (denial) return refused(denial, distinct(warnings));
  next.metadata.managedFields = managedFields;
  writeNils(read.nils);
  if (deepEqual(next, old)) return answered(200, old, distinct(warnings));
  if (request.dryRun) return answered(200, next, distinct(warnings));
  const finished = removeFinished(next, info, backend);
  return answered(200, finished ?? backend.store.put(info.name, next), distinct(warnings));
}

/** Kinds that may not be written without saying which version was read. Upstream: `AllowUnconditionalUpdate` */
const versionedOnly =
  /^(?:runtimeclasses|poddisruptionbudgets|csi\w+|volumeattachments|leases|\w+policies|\w+policybindings|\w+webhookconfigurations)\.(?:node|policy|storage|coordination|admissionregistration)/;

/** Upstream: pkg/registry/generic/registry/store.go `Update`, apiserver/pkg/storage/api_object_versioner.go */
function wrongVersion(sent: string | undefined, info: ResourceInfo, { metadata }: KubeObject): Status | undefined {
  if (sent && !/^\d+$/.test(sent)) return bareError(`strconv.ParseUint: parsing ${goQuote(sent)}: invalid syntax`);
  if (Number(sent ?? 0) === 0) {
    if (!versionedOnly.test(info.name)) return undefined;
    const missing = invalid(Path.of('metadata.resourceVersion'), 0, 'must be specified for an update');
    return invalidStatus(info.kind, info.group, metadata.name, [missing]);
  }
  if (sent === metadata.resourceVersion) return undefined;
  return conflict(info.plural, info.group, metadata.name, modifiedMeanwhile);
}

/**
 * Who owns what after the write, told before admission changes anything: what it adds belongs to nobody. Upstream:
 * handlers/update.go, handlers/patch.go.
 */
function managersAfter(
  request: ApiRequest,
  info: ResourceInfo,
  backend: Backend,
  old: KubeObject,
  object: KubeObject,
): KubeObject['metadata']['managedFields'] {
  if (request.fieldManager === undefined) return object.metadata.managedFields ?? old.metadata.managedFields;
  object.metadata.managedFields = old.metadata.managedFields;
  backend.recordManager?.(old, object, request, info, backend);
  return object.metadata.managedFields;
}

/** The status of `object` and its annotations, which strategies let a status write carry; the rest is as it was. */
function withStatus(old: KubeObject, object: KubeObject): KubeObject {
  const { annotations } = object.metadata;
  return { ...old, metadata: { ...old.metadata, annotations }, status: object.status };
}

/** What a client may leave out, and what it may not change. */
function takeSystemFields({ metadata }: KubeObject, old: KubeObject): void {
  const before = old.metadata;
  metadata.uid ||= before.uid;
  metadata.creationTimestamp = before.creationTimestamp;
  metadata.resourceVersion = before.resourceVersion;
  if (before.generation !== undefined) metadata.generation = before.generation;
  else delete metadata.generation;
  if (before.deletionTimestamp !== undefined) {
    metadata.deletionTimestamp ??= before.deletionTimestamp;
    if (before.deletionGracePeriodSeconds !== undefined) {
      metadata.deletionGracePeriodSeconds ??= before.deletionGracePeriodSeconds;
    }
  }
}

/** A changed spec is a new generation, where the kind counts them and has not done so itself. */
function countGeneration(next: KubeObject, old: KubeObject): void {
  const { generation } = old.metadata;
  if (generation === undefined || next.metadata.generation !== generation) return;
  if (!deepEqual(next.spec, old.spec)) next.metadata.generation = generation + 1;
}

/** The status of a component's own object, taken as it is: typed, so there is nothing to decode or default. */
export function updateStatusTrusted(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const old = find(backend, request, info);
  if (!old) return refused(missing(request, info));
  const sent = request.body as KubeObject; // `trusted` says that a component made it from a stored object
  const { resourceVersion } = sent.metadata;
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
    return refused(conflict(info.plural, info.group, old.metadata.name, modifiedMeanwhile));
  }
  const { status } = sent;
  const { annotations } = sent.metadata;
  const isOld = deepEqual(annotations, old.metadata.annotations);
  if (isOld && deepEqual(status, old.status)) return answered(200, old);
  const metadata = isOld ? old.metadata : { ...old.metadata, annotations };
  return answered(200, backend.store.put(info.name, { ...old, metadata, status }));
}
