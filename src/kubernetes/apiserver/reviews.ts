// Upstream: pkg/registry/authorization, pkg/registry/authentication/selfsubjectreview, pkg/apis/authorization/validation
import { type FieldError, invalid, Path, required } from '../api/field-error';
import type {
  NonResourceAttributes,
  ResourceAttributes,
  SelfSubjectAccessReview,
  SelfSubjectRulesReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from '../api/generated/authorization-v1';
import type { SelfSubjectReview, TokenReview } from '../api/generated/authentication-v1';
import type { Asker } from '../api/kind';
import type { KubeObject } from '../api/object';
import type { ResourceInfo } from '../api/registry';
import { type Asked, askerOf, grantOf, mayEverything, rulesFor } from './authorize';
import { answered, type Backend, refused } from './backend';
import { distinct, settleNamespace } from './create';
import { readBody } from './decode/read-body';
import type { ApiRequest, ApiResponse } from './request';
import { badRequest, invalidStatus } from './status';

/** A question in the form of an object, which is answered and not stored. Undefined: the kind is none, or not known here. */
export function review(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse | undefined {
  switch (info.kind) {
    case 'SelfSubjectAccessReview':
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview':
      return reviewAccess(request, info, backend);
    case 'SelfSubjectReview':
      return reviewSelf(request, info, backend);
    case 'SelfSubjectRulesReview':
      return reviewRules(request, info, backend);
    case 'TokenReview':
      return reviewToken(request, info, backend);
    default:
      return undefined;
  }
}

function reviewAccess(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const read = readBody(request.body, info, backend, request.fieldValidation);
  if ('status' in read) return refused(read);
  // The resource decides what was decoded.
  const object = read.object as SubjectAccessReview | SelfSubjectAccessReview;
  const mismatch = settleNamespace(object, request, info);
  if (mismatch) return refused(badRequest(mismatch), read.warnings);
  wipe(object);
  backend.recordManager?.(undefined, object, request, info, backend);
  const spec: SubjectAccessReviewSpec = object.spec;
  const errors = info.kind.startsWith('Self') ? [] : validateUser(spec);
  const all = [...validateAttributes(spec), ...errors, ...validateSelectors(spec.resourceAttributes)];
  all.push(...validateMetadata(object, info), ...(info.namespaced ? validateLocal(object, spec) : []));
  if (all.length > 0) return refused(invalidStatus('', info.group, '', all), distinct(read.warnings));
  const asker: Asker = info.kind.startsWith('Self')
    ? askerOf(request, backend.context.administrator)
    : { user: spec.user ?? '', groups: spec.groups ?? [] };
  object.status = statusOf(asker, askedOf(spec), backend);
  return answered(201, object, distinct(read.warnings));
}

function statusOf(asker: Asker, asked: Asked, { store }: Backend): SubjectAccessReview['status'] {
  if (mayEverything(asker.user, asker.groups)) return { allowed: true };
  const { source, absent } = grantOf(asker, asked, store);
  if (source !== undefined) return { allowed: true, reason: `RBAC: allowed by ${source}` };
  const why = [...new Set(absent)];
  if (why.length === 0) return { allowed: false };
  return { allowed: false, reason: `RBAC: ${why.length === 1 ? String(why[0]) : `[${why.join(', ')}]`}` };
}

function askedOf({ resourceAttributes, nonResourceAttributes = {} }: SubjectAccessReviewSpec): Asked {
  if (!resourceAttributes) return { verb: nonResourceAttributes.verb ?? '', path: nonResourceAttributes.path ?? '' };
  return { ...resourceAttributes, verb: resourceAttributes.verb ?? '' };
}

const specPath = Path.of('spec');

function validateAttributes({ resourceAttributes, nonResourceAttributes }: SubjectAccessReviewSpec): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    const why = 'cannot be specified in combination with resourceAttributes';
    return [invalid(specPath.child('nonResourceAttributes'), goForm(nonResourceAttributes), why)];
  }
  if (resourceAttributes || nonResourceAttributes) return [];
  const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalid(specPath.child('resourceAttributes'), null, why)];
}

function validateUser({ user = '', groups = [] }: SubjectAccessReviewSpec): FieldError[] {
  if (user !== '' || groups.length > 0) return [];
  return [invalid(specPath.child('user'), user, 'at least one of user or group must be specified')];
}

function validateSelectors(attributes: ResourceAttributes | undefined): FieldError[] {
  return (['fieldSelector', 'labelSelector'] as const).flatMap((name) => {
    const selector = attributes?.[name];
    if (!selector) return [];
    const path = specPath.child('resourceAttributes').child(name);
    const { rawSelector = '', requirements = [] } = selector;
    if (rawSelector !== '' && requirements.length > 0) {
      return [invalid(path.child('rawSelector'), rawSelector, 'may not specified at the same time as requirements')];
    }
    if (rawSelector !== '' || requirements.length > 0) return [];
    return [
      required(
        path.child('requirements'),
        `when ${path.toString()} is specified, requirements or rawSelector is required`,
      ),
    ];
  });
}

function validateMetadata({ metadata }: KubeObject, info: ResourceInfo): FieldError[] {
  const { managedFields: _, ...rest } = metadata;
  const given = Object.keys(rest).filter((name) => !(info.namespaced && name === 'namespace'));
  if (given.length === 0) return [];
  return [
    invalid(Path.of('metadata'), inGoOrder(metadata), `must be empty${info.namespaced ? ' except for namespace' : ''}`),
  ];
}

/** What the server sets nobody else may. Upstream: registry/rest/meta.go `WipeObjectMetaSystemFields` */
function wipe({ metadata }: KubeObject): void {
  for (const name of ['creationTimestamp', 'uid', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'selfLink'])
    Reflect.deleteProperty(metadata, name);
}

/** As Go prints it: the fields of an entry in the order of its type. */
function inGoOrder(metadata: KubeObject['metadata']): object {
  if (!metadata.managedFields) return metadata;
  const managedFields = metadata.managedFields.map((entry) => {
    const { manager, operation, apiVersion, time, fieldsType, fieldsV1, subresource } = entry;
    return { manager, operation, apiVersion, time, fieldsType, fieldsV1, subresource };
  });
  return { ...metadata, managedFields };
}

function validateLocal({ metadata }: KubeObject, spec: SubjectAccessReviewSpec): FieldError[] {
  const errors: FieldError[] = [];
  const { namespace = '' } = spec.resourceAttributes ?? {};
  if (spec.resourceAttributes && namespace !== metadata.namespace) {
    errors.push(invalid(Path.of('spec.resourceAttributes.namespace'), namespace, 'must match metadata.namespace'));
  }
  if (spec.nonResourceAttributes) {
    const value = goForm(spec.nonResourceAttributes);
    errors.push(invalid(Path.of('spec.nonResourceAttributes'), value, 'disallowed on this kind of request'));
  }
  return errors;
}

/** The internal type has no names for JSON. */
function goForm({ path = '', verb = '' }: NonResourceAttributes): object {
  return { Path: path, Verb: verb };
}

function reviewSelf(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const read = readBody(request.body, info, backend, request.fieldValidation);
  if ('status' in read) return refused(read);
  const object = read.object as SelfSubjectReview; // the resource decides what was decoded
  Object.assign(object, { metadata: { creationTimestamp: backend.clock.timestamp() } });
  const { user, groups, uid } = askerOf(request, backend.context.administrator);
  object.status = { userInfo: { username: user, ...(uid === undefined ? {} : { uid }), groups: [...groups] } };
  return answered(201, object, distinct(read.warnings));
}

/** Upstream: pkg/registry/authorization/selfsubjectrulesreview/rest.go, and authorizer/node, which knows no rules */
function reviewRules(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const read = readBody(request.body, info, backend, request.fieldValidation);
  if ('status' in read) return refused(read);
  const object = read.object as SelfSubjectRulesReview; // the resource decides what was decoded
  const namespace = object.spec?.namespace ?? '';
  if (namespace === '') return refused(badRequest('no namespace on request'), distinct(read.warnings));
  const { resources, paths } = rulesFor(askerOf(request), namespace, backend.store);
  const evaluationError = 'node authorizer does not support user rule resolution';
  const status = { resourceRules: resources, nonResourceRules: paths, incomplete: true, evaluationError };
  return answered(201, Object.assign(read.object, { metadata: {}, spec: {}, status }), distinct(read.warnings));
}

/**
 * No token is known here: service accounts of the simulation never show theirs. Upstream:
 * pkg/registry/authentication/tokenreview/storage.go, apiserver/pkg/authentication/request/bearertoken
 */
function reviewToken(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const read = readBody(request.body, info, backend, request.fieldValidation);
  if ('status' in read) return refused(read);
  const object = read.object as TokenReview; // the resource decides what was decoded
  if (!object.spec?.token) {
    return refused(badRequest('token is required for TokenReview in authentication'), distinct(read.warnings));
  }
  wipe(object);
  object.status = { user: {}, error: 'invalid bearer token' };
  return answered(201, object, distinct(read.warnings));
}
