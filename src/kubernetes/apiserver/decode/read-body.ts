import { isObject, type JsonObject, type KubeObject } from '../../api/object';
import { definitionOf, type ResourceInfo, splitApiVersion } from '../../api/registry';
import { type Backend, groupVersionOf } from '../backend';
import { goJson } from '../../strconv/go-json';
import { goTypeOf, isRegistered } from '../schema/go-type';
import { decoderFacts } from '../../api/versions/decoder-facts';
import { badRequest, type Status } from '../status';
import { decode, type Decoded, type NilField } from './decoder';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** A body that was read: the object with its defaults, fresh and free to be changed. */
export interface ReadBody {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
  readonly nils: readonly NilField[];
}

/** What a body says it is, with what the path says where it says nothing. */
interface Identity {
  readonly groupVersion: string;
  readonly kind: string;
}

/**
 * Reads the body of a create or update: which kind it says it is, strict decoding, defaulting. Upstream:
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go, rest.go `transformDecodeError`;
 * staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go `Decode`.
 */
export function readBody(
  body: unknown,
  info: ResourceInfo,
  backend: Backend,
  validation: FieldValidation = 'Warn',
): ReadBody | Status {
  const expected = { groupVersion: groupVersionOf(info), kind: info.kind };
  const identity = identityOf(body, expected);
  if ('refusal' in identity) {
    return badRequest(
      `the object provided is unrecognized (must be of type ${info.kind}): ${identity.refusal} (${summary(body)})`,
    );
  }
  const decoded = decodeAs(identity, expected, body, backend, validation);
  if ('code' in decoded) return decoded;
  if (identity.groupVersion !== expected.groupVersion) {
    return badRequest(
      `the API version in the data (${identity.groupVersion}) does not match the expected API version (${expected.groupVersion})`,
    );
  }
  return finishBody(decoded, info, backend, validation === 'Warn' ? decoded.strict : []);
}

const decodings = new WeakMap<Status, Decoded>();

/**
 * What the decoder found in a body that was refused because of it: the places, which a Status has not. For those who
 * show them.
 */
export function decodingOf(refusal: Status): Decoded | undefined {
  return decodings.get(refusal);
}

type DecodedBody = Extract<Decoded, { readonly ok: true }>;

/** From a decoded value to an object with its identity and its defaults. */
export function finishBody(
  { object: content, nils }: DecodedBody,
  info: ResourceInfo,
  { context }: Backend,
  warnings: readonly string[],
): ReadBody {
  const definition = definitionOf(info.group, info.kind);
  const other = definition?.otherVersions?.[info.version];
  const apiVersion = groupVersionOf(other ? { group: info.group, version: definition.version } : info);
  // A decoded object has the metadata that its Go type has; the request path fills it in.
  const object = Object.assign(content, { apiVersion, kind: info.kind }) as KubeObject;
  object.metadata ??= {} as KubeObject['metadata'];
  other?.toStored(object);
  definition?.setDefaults?.(object, context);
  return { object, warnings, nils };
}

function decodeAs(
  identity: Identity,
  expected: Identity,
  body: unknown,
  { context }: Backend,
  validation: FieldValidation,
): DecodedBody | Status {
  const facts = decoderFacts(context.kubernetes);
  const { groupVersion, kind } = identity;
  const refuse = (why: string) => {
    const version = splitApiVersion(groupVersion)[1];
    return badRequest(`${kind} in version "${version}" cannot be handled as a ${expected.kind}: ${why}`);
  };
  if (!isRegistered(groupVersion, kind, context.kubernetes)) {
    return refuse(`no kind "${kind}" is registered for version "${groupVersion}" in scheme "${facts.scheme}"`);
  }
  // A version that is no longer served decodes as the served one of its kind: what differs is refused a step later.
  const ownType = goTypeOf(groupVersion, kind, context.kubernetes);
  const sameKind =
    kind === expected.kind && splitApiVersion(groupVersion)[0] === splitApiVersion(expected.groupVersion)[0];
  const type = ownType ?? (sameKind ? goTypeOf(expected.groupVersion, kind, context.kubernetes) : undefined);
  if (!type || !sameKind) {
    const from = splitApiVersion(groupVersion)[1];
    return refuse(
      `converting (${from}.${kind}) to (${hubPackage(expected.groupVersion)}.${expected.kind}): unknown conversion`,
    );
  }
  const result = decode(isObject(body) ? body : {}, type, facts);
  if (result.ok && (result.strict.length === 0 || validation !== 'Strict')) return result;
  const refusal = refuse(result.ok ? `strict decoding error: ${result.strict.join(', ')}` : result.error);
  decodings.set(refusal, result);
  return refusal;
}

/** Upstream: staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/meta.go `Interpret`, json.go `gvkWithDefaults` */
function identityOf(body: unknown, expected: Identity): Identity | { readonly refusal: string } {
  const interpreted = (why: string) => ({
    refusal: `couldn't get version/kind; json parse error: json: cannot unmarshal ${why}`,
  });
  if (!isObject(body)) {
    const what = Array.isArray(body) ? 'array' : typeof body === 'boolean' ? 'bool' : typeof body;
    return interpreted(
      `${what} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  for (const field of ['apiVersion', 'kind']) {
    const value = body[field];
    if (value === undefined || value === null || typeof value === 'string') continue;
    const what = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return interpreted(`${what} into Go struct field .${field} of type string`);
  }
  const groupVersion = textOf(body, 'apiVersion');
  if (groupVersion.split('/').length > 2) return { refusal: `unexpected GroupVersion string: ${groupVersion}` };
  return { groupVersion: groupVersion || expected.groupVersion, kind: textOf(body, 'kind') || expected.kind };
}

function textOf(body: JsonObject, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}

/** The first characters of a body. Upstream: rest.go `summarizeData` */
function summary(body: unknown): string {
  if (body === undefined) return '<empty>';
  const text = goJson(body);
  return text.length > 30 ? `${text.slice(0, 30)} ...` : text;
}

/** The Go package of the internal types: `core`, `apps`, `rbac`. */
function hubPackage(groupVersion: string): string {
  const [group] = splitApiVersion(groupVersion);
  return group === '' ? 'core' : (group.split('.')[0] ?? group);
}
