import { admissionChain } from '../admission';
import type { AdmissionAttributes, AdmissionContext } from '../admission/chain';
import type { Service } from '../api/generated/core-v1';
import { isObject, type KubeObject } from '../api/object';
import { definitionOf, type ResourceInfo } from '../api/registry';
import { askerOf } from './authorize';
import { answered, type Backend, refused } from './backend';
import type { NilField } from './decode/decoder';
import { readBody } from './decode/read-body';
import { dropRepeatedOwners } from './owner-references';
import type { ApiRequest, ApiResponse } from './request';
import { allocateService } from './services/allocate';
import { alreadyExists, badRequest, invalidStatus } from './status';

const nameAttempts = 8;

/**
 * `POST` of a collection. Order of checks: decoding, mutating admission, name, preparation, validation, warnings,
 * validating admission, storage. Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go,
 * pkg/registry/generic/registry/store.go `Create`, pkg/registry/rest/create.go `BeforeCreate`.
 */
export function create(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const read = readBody(request.body, info, backend, request.fieldValidation);
  if ('status' in read) return refused(read);
  const { object, nils } = read;
  const warnings = [...read.warnings];
  const { metadata } = object;
  const mismatch = settleNamespace(object, request, info);
  if (mismatch) return refused(badRequest(mismatch), warnings);
  warnings.push(...dropRepeatedOwners(object));
  const attributes: AdmissionAttributes = {
    operation: 'CREATE',
    resource: info,
    namespace: metadata.namespace,
    name: metadata.name ?? '',
    object,
    user: request.user,
    dryRun: request.dryRun,
  };
  // What admission adds belongs to nobody. Upstream: handlers/create.go calls the field manager before admission.
  backend.recordManager?.(undefined, object, request, info, backend);
  const admission = admissionContext(backend, warnings);
  const refusal = admissionChain.admit(attributes, admission);
  if (refusal) return refused(refusal, distinct(warnings));
  return complete(request, info, backend, { object, nils, warnings, attributes, admission });
}

interface Admitted {
  readonly object: KubeObject;
  readonly nils: readonly NilField[];
  readonly warnings: string[];
  readonly attributes: AdmissionAttributes;
  readonly admission: AdmissionContext;
}

/** From the name to the store. */
function complete(request: ApiRequest, info: ResourceInfo, backend: Backend, admitted: Admitted): ApiResponse {
  const { object, warnings, attributes, admission } = admitted;
  const { metadata } = object;
  const definition = definitionOf(info.group, info.kind);
  if (!metadata.name && metadata.generateName) {
    metadata.name = freeName(metadata.generateName, object, info, backend);
    // Drawing a name works on a copy, where labels taken from a template are no longer the template's own map.
    // Upstream: pkg/registry/generic/registry/store.go `createWithGenerateNameRetry`
    if (metadata.labels) metadata.labels = { ...metadata.labels };
  }
  metadata.uid = backend.lots.uid(`${info.name}/${metadata.namespace ?? ''}/${metadata.name}`);
  metadata.creationTimestamp = backend.clock.timestamp();
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  metadata.resourceVersion = '';
  delete metadata.selfLink;
  if (info.name === 'services') {
    // The store holds under a resource what was decoded as its kind.
    const unallocated = allocateService(object as Service, undefined, backend, request.dryRun === true);
    if (unallocated.length > 0) {
      return refused(invalidStatus(info.kind, info.group, metadata.name ?? '', unallocated), distinct(warnings));
    }
  }
  warnings.push(...(definition?.preparationWarnings?.(object, backend.context) ?? []));
  definition?.prepareForCreate?.(object, backend.context, () => askerOf(request, backend.context.administrator));
  const errors = definition?.validate?.(object, backend.context) ?? [];
  if (errors.length > 0)
    return refused(invalidStatus(info.kind, info.group, metadata.name ?? '', errors), distinct(warnings));
  warnings.push(...(definition?.warnings?.(object, undefined, backend.context) ?? []));
  const refusal = admissionChain.validate({ ...attributes, name: metadata.name }, admission);
  if (refusal) return refused(refusal, distinct(warnings));
  if (backend.store.get(info.name, metadata.namespace, metadata.name)) {
    return refused(alreadyExists(info.plural, info.group, metadata.name, !!metadata.generateName), distinct(warnings));
  }
  writeNils(admitted.nils);
  return answered(201, request.dryRun ? unstored(object) : backend.store.put(info.name, object), distinct(warnings));
}

/** Upstream: staging/src/k8s.io/apiserver/pkg/registry/rest/meta.go `EnsureObjectNamespaceMatchesRequestNamespace` */
export function settleNamespace(
  { metadata }: Pick<KubeObject, 'metadata'>,
  request: ApiRequest,
  info: ResourceInfo,
): string | undefined {
  if (!info.namespaced) {
    delete metadata.namespace;
    return undefined;
  }
  const wanted = request.namespace ?? metadata.namespace ?? 'default';
  if (metadata.namespace && metadata.namespace !== wanted) {
    return 'the namespace of the provided object does not match the namespace sent on the request';
  }
  metadata.namespace = wanted;
  return undefined;
}

function freeName(prefix: string, { metadata }: KubeObject, info: ResourceInfo, { store, lots }: Backend): string {
  const owner = `${info.name}/${metadata.namespace ?? ''}`;
  let name = lots.generatedName(prefix, owner);
  for (let i = 1; i < nameAttempts && store.get(info.name, metadata.namespace, name); i++) {
    name = lots.generatedName(prefix, owner);
  }
  return name;
}

/** What plugins may look at, and where their warnings go. */
export function admissionContext({ store, lots, context }: Backend, warnings: string[]): AdmissionContext {
  return {
    kubernetes: context.kubernetes,
    reader: store,
    randomSuffix: (name) => lots.suffix(`admission/${name}`),
    charge: (quota) => void store.put('resourcequotas', quota),
    warn: (text) => warnings.push(text),
  };
}

/** What is still empty when the object is written: `null` for a list that has to be there, otherwise nothing. */
export function writeNils(nils: readonly NilField[]): void {
  for (const { owner, field, omit } of nils) {
    const value = owner[field];
    const empty = Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
    if (value !== undefined && !empty) continue;
    if (omit) Reflect.deleteProperty(owner, field);
    else if (!isObject(value)) owner[field] = null;
  }
}

/** Equal `Warning:` headers are sent once. */
export function distinct(warnings: readonly string[]): string[] {
  return warnings.length < 2 ? [...warnings] : [...new Set(warnings)];
}

/** What was not written has no version to show. */
function unstored(object: KubeObject): KubeObject {
  const { resourceVersion: _, ...metadata } = object.metadata;
  // The one object without a resourceVersion: the answer to a dry run.
  return { ...object, metadata: metadata as KubeObject['metadata'] };
}
