import { isObject, type JsonObject, type KubeObject } from '../api/object';
import { type ResourceInfo } from '../api/registry';
import { type Backend, find, groupVersionOf, missing, refused } from './backend';
import { decode } from './decode/decoder';
import { unstructuredDialect } from './decode/dialect';
import { goJson } from '../strconv/go-json';
import { finishBody, readBody, type ReadBody } from './decode/read-body';
import { jsonMerge } from './patch/json-merge';
import { jsonPatch, JsonPatchError } from './patch/json-patch';
import { goMap, PatchError, strategicMerge } from './patch/strategic-merge';
import type { ApiRequest, ApiResponse } from './request';
import { goTypeOf } from './schema/go-type';
import { decoderFacts } from '../api/versions/decoder-facts';
import { badRequest, bareError, invalidPatch, type Status, unprocessable } from './status';
import { applyConfiguration } from './managed-fields/apply';
import { typedProblems } from './managed-fields/typed-problems';
import { create, settleNamespace } from './create';
import { shownAs } from './versions';
import { commit, nameMismatch, type UpdateRules } from './update';

/** `PATCH` of an object. Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go */
export function patch(request: ApiRequest, info: ResourceInfo, backend: Backend, rules?: UpdateRules): ApiResponse {
  const old = find(backend, request, info);
  if (request.patchType === 'apply') return serverSideApply(old, request, info, backend, rules);
  if (!old) return refused(missing(request, info));
  const read = addition(old, request, info) ?? patched(shownAs(old, info), request, info, backend);
  if ('status' in read) return refused(read);
  const stray = settleNamespace(read.object, request, info) ?? nameMismatch(read.object, request);
  if (stray !== undefined) return refused(badRequest(stray), read.warnings);
  return commit(request, info, backend, old, read, rules);
}

/** Kinds without defaults whose fields a component counts up, again and again. */
const countedUp: ReadonlySet<string> = new Set(['events']);

/** A component's own merge patch of such an object: fields of known types, so there is nothing to decode. */
function addition(old: KubeObject, request: ApiRequest, info: ResourceInfo): ReadBody | undefined {
  if (!request.trusted || request.patchType !== 'merge' || !countedUp.has(info.name)) return undefined;
  const merged = jsonMerge(old, request.body) as KubeObject; // a stored object with fields that `trusted` vouches for
  return { object: { ...merged, metadata: { ...merged.metadata } }, nils: [], warnings: [] };
}

/** An applied configuration makes the object where there is none. */
function serverSideApply(
  old: KubeObject | undefined,
  request: ApiRequest,
  info: ResourceInfo,
  backend: Backend,
  rules?: UpdateRules,
): ApiResponse {
  const apiVersion = groupVersionOf(info);
  const type = goTypeOf(apiVersion, info.kind, backend.context.kubernetes);
  const { body: config, namespace = '', name = '' } = request;
  if (!isObject(config) || !type)
    return refused(badRequest('error decoding YAML: the applied configuration is no object'));
  const refusal = notApplicable(config, apiVersion);
  if (refusal) return refused(refusal);
  const given = isObject(config.metadata) ? config.metadata : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const kind = `${info.group}/${info.version}, Kind=${info.kind}`;
  const what = `${text(given.namespace)}/${text(given.name)}; ${kind}`;
  const typed = typedProblems(config, type);
  if (typed.length > 0) {
    const list = typed.length === 1 ? typed[0] : `errors:\n${typed.map((one) => `  ${one}`).join('\n')}`;
    return refused(bareError(`failed to create typed patch object (${what}): ${list ?? ''}`));
  }
  const metadata = { name, ...(info.namespaced ? { namespace } : {}) } as KubeObject['metadata']; // filled in on creation
  const live = old ?? { apiVersion, kind: info.kind, metadata };
  const result = applyConfiguration(live, { ...config, apiVersion }, type, request, backend);
  if ('status' in result && result.kind === 'Status') return refused(result as Status); // objects of that kind are not stored
  const decoded = decode(result, type, decoderFacts(backend.context.kubernetes), unstructuredDialect);
  if (!decoded.ok) {
    const why = `unable to convert unstructured object to ${kind}: ${decoded.error}`;
    return refused(bareError(`failed to convert new object (${what}) to proper version: ${why}`));
  }
  // What the configuration says of its name is the object's name from here on.
  const named = { metadata: { ...live.metadata, ...('name' in given && { name: text(given.name) }) } };
  if (text(given.namespace) !== '') named.metadata.namespace = text(given.namespace);
  const stray = settleNamespace(named, request, info) ?? nameMismatch(named, request);
  if (stray !== undefined) return refused(badRequest(stray));
  if (!old && request.subresource) return refused(missing(request, info));
  if (!old) return create({ ...request, verb: 'create', body: result, fieldManager: undefined }, info, backend);
  const read = finishBody(decoded, info, backend, []);
  const own = read.object.metadata;
  own.uid = text(given.uid) || own.uid;
  own.resourceVersion = text(given.resourceVersion) || own.resourceVersion;
  return commit({ ...request, fieldManager: undefined }, info, backend, old, read, rules);
}

/** Upstream: apimachinery/pkg/util/managedfields/internal/structuredmerge.go `Apply` */
function notApplicable({ apiVersion, metadata }: JsonObject, expected: string): Status | undefined {
  const given = typeof apiVersion === 'string' ? apiVersion : '';
  if (given !== expected) {
    const text = 'Incorrect version specified in apply patch. Specified patch version:';
    return badRequest(`${text} ${given}, expected: ${expected}`);
  }
  if (!isObject(metadata) || !Array.isArray(metadata.managedFields)) return undefined;
  return badRequest('metadata.managedFields must be nil');
}

/** The object as it is after the patch, decoded and defaulted. */
export function patched(old: KubeObject, request: ApiRequest, info: ResourceInfo, backend: Backend): ReadBody | Status {
  switch (request.patchType) {
    case 'json':
      return jsonPatched(old, request, info, backend);
    case 'strategic':
      return strategicPatched(old, request, info, backend);
    default: {
      const problem = notAMap(request.body);
      if (problem !== undefined) return badRequest(`error decoding patch: ${problem}`);
      return decodePatched(jsonMerge(old, request.body ?? {}), request, info, backend);
    }
  }
}

/** What encoding/json says where a patch is no map; `null` is an empty one. */
function notAMap(body: unknown): string | undefined {
  if (body === null || isObject(body)) return undefined;
  const what = Array.isArray(body) ? 'array' : typeof body === 'boolean' ? 'bool' : typeof body;
  return `json: cannot unmarshal ${what} into Go value of type map[string]interface {}`;
}

function jsonPatched(old: KubeObject, request: ApiRequest, info: ResourceInfo, backend: Backend): ReadBody | Status {
  if (!Array.isArray(request.body))
    return badRequest(
      `error decoding patch: json: cannot unmarshal ${isObject(request.body) ? 'object' : typeof request.body} into Go value of type []handlers.jsonPatchOp`,
    );
  try {
    return decodePatched(jsonPatch(old, request.body), request, info, backend);
  } catch (error) {
    if (error instanceof JsonPatchError) return unprocessable();
    throw error;
  }
}

/** JSON and merge patches: the whole result is read as a body is. */
function decodePatched(result: unknown, request: ApiRequest, info: ResourceInfo, backend: Backend): ReadBody | Status {
  const apiVersion = groupVersionOf(info);
  const type = goTypeOf(apiVersion, info.kind, backend.context.kubernetes);
  // A patch that makes another kind of the object is refused as such a body is.
  if (!type || !isObject(result) || result.apiVersion !== apiVersion || result.kind !== info.kind) {
    return readBody(result, info, backend, request.fieldValidation);
  }
  const decoded = decode(result, type, decoderFacts(backend.context.kubernetes));
  if (!decoded.ok) return invalidPatch(goJson(result), decoded.error);
  const problem = strictProblem(decoded.strict, request);
  if (problem !== undefined) return invalidPatch(goJson(result), problem);
  return finishBody(decoded, info, backend, warned(decoded.strict, request));
}

/** Unknown fields are told unless the request says otherwise. */
function warned(strict: readonly string[], { fieldValidation = 'Warn' }: ApiRequest): readonly string[] {
  return fieldValidation === 'Warn' ? strict : [];
}

function strictProblem(strict: readonly string[], { fieldValidation }: ApiRequest): string | undefined {
  if (fieldValidation !== 'Strict' || strict.length === 0) return undefined;
  return `strict decoding error: ${strict.join(', ')}`;
}

function strategicPatched(
  old: KubeObject,
  request: ApiRequest,
  info: ResourceInfo,
  backend: Backend,
): ReadBody | Status {
  const type = goTypeOf(groupVersionOf(info), info.kind, backend.context.kubernetes);
  const problem = notAMap(request.body);
  if (problem !== undefined) return badRequest(problem);
  const rest: JsonObject = isObject(request.body) ? structuredClone(request.body) : {};
  let result: JsonObject;
  try {
    result = strategicMerge(structuredClone(old), rest, type);
  } catch (error) {
    // Upstream: handlers/patch.go `interpretStrategicMergePatchError`: what it does not name is passed on bare.
    if (error instanceof PatchError) return error.ofFormat ? badRequest(error.message) : bareError(error.message);
    throw error;
  }
  if (!type) return readBody(result, info, backend, request.fieldValidation);
  const decoded = decode(result, type, decoderFacts(backend.context.kubernetes), unstructuredDialect);
  if (!decoded.ok) return invalidPatch(goMap(rest), decoded.error);
  const strict = [...decoded.strict].sort();
  const refusal = strictProblem(strict, request);
  if (refusal !== undefined) return invalidPatch(goMap(rest), refusal);
  return finishBody(decoded, info, backend, warned(strict, request));
}
