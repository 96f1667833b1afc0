import { findKind, type ResourceInfo, splitApiVersion } from '@/kubernetes/api/registry';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { isStatus } from '@/kubernetes/apiserver/client';
import type { Status } from '@/kubernetes/apiserver/status';
import type { BareServer } from '@/kubernetes/bare-server';
import type { FieldPath, ManifestDocument } from '@/manifest/manifest';
import type { Finding } from './finding';

/** A finding before it is given its file. */
export type Remark = Omit<Finding, 'file'>;

/** What became of one document: what was said, and the stored object if it was accepted. */
export interface Submission {
  readonly document: ManifestDocument;
  readonly remarks: readonly Remark[];
  readonly accepted?: JsonObject;
}

/** Sends one document to the API server as kubectl would, and says what comes back. */
export function submit(document: ManifestDocument, server: BareServer): Submission {
  const target = resourceFor(document);
  if ('remarks' in target) return target;
  const { info, value } = target;
  const name = describeObject(value);
  const response = server.api.handle({
    verb: 'create',
    group: info.group,
    version: info.version,
    resource: info.plural,
    namespace: info.namespaced ? namespaceOf(value) : undefined,
    body: value,
    fieldValidation: 'Strict',
    fieldManager: 'kubectl-client-side-apply',
    user: 'kubernetes-admin',
  });
  const warnings = response.warnings.map((message) => warning(document, name, message));
  if (isStatus(response.body)) {
    return { document, remarks: [...warnings, ...refusal(document, name, response.body)] };
  }
  return { document, remarks: warnings, accepted: response.body };
}

/** The namespace a document is for. */
export function namespaceOf(value: JsonObject): string {
  const { metadata } = value;
  return isObject(metadata) && typeof metadata.namespace === 'string' ? metadata.namespace : 'default';
}

function describeObject(value: JsonObject): string {
  const { metadata } = value;
  const name = isObject(metadata) ? (metadata.name ?? metadata.generateName) : undefined;
  return `${String(value.kind)}/${typeof name === 'string' ? name : ''}`;
}

/** What kubectl says before it asks the server. Upstream: staging/src/k8s.io/kubectl/pkg/validation/schema.go */
function resourceFor(document: ManifestDocument): { info: ResourceInfo; value: JsonObject } | Submission {
  const { value } = document;
  const stop = (code: string, message: string, path: string): Submission => ({
    document,
    remarks: [remark(document, '', { code, speaker: 'kubectl', message, path })],
  });
  if (!isObject(value)) return stop('InvalidObject', 'error validating data: invalid object to validate', '');
  const { apiVersion, kind } = value;
  const missing = [
    ...(apiVersion === undefined
      ? ['apiVersion not set']
      : typeof apiVersion !== 'string'
        ? ["apiVersion isn't string type"]
        : []),
    ...(kind === undefined ? ['kind not set'] : typeof kind !== 'string' ? ["kind isn't string type"] : []),
  ];
  if (missing.length > 0 || typeof apiVersion !== 'string' || typeof kind !== 'string') {
    const list = missing.length === 1 ? missing.join() : `[${missing.join(', ')}]`;
    return stop('TypeNotSet', `error validating data: ${list}`, apiVersion === undefined ? '' : 'kind');
  }
  const [group, version] = splitApiVersion(apiVersion);
  const info = findKind(group, version, kind);
  // staging/src/k8s.io/apimachinery/pkg/api/meta/errors.go `NoKindMatchError`
  if (!info) return stop('NoKindMatch', `no matches for kind "${kind}" in version "${apiVersion}"`, 'kind');
  return { info, value };
}

function warning(document: ManifestDocument, object: string, message: string): Remark {
  const path = /^((?:spec|metadata|template|data)[^\s:]*):/.exec(message)?.[1] ?? '';
  const speaker = message.startsWith('would violate PodSecurity') ? 'admission' : 'api-server';
  return remark(document, object, { severity: 'warning', code: 'Warning', speaker, message, path });
}

/** A refusal names fields in one of three ways: causes, a list of strict errors, or a Go struct path. */
function refusal(document: ManifestDocument, object: string, status: Status): Remark[] {
  const message = status.message ?? '';
  const code = status.reason ?? String(status.code);
  if (status.code === 403) return [remark(document, object, { code, speaker: 'admission', message, path: '' })];
  const causes = status.details?.causes ?? [];
  if (causes.length > 0) {
    return causes.map((cause) =>
      remark(document, object, {
        code: cause.reason ?? code,
        speaker: 'api-server',
        message: cause.field ? `${cause.field}: ${cause.message}` : cause.message,
        path: cause.field ?? '',
      }),
    );
  }
  const strict = [...message.matchAll(/(unknown|duplicate) field "([^"]*)"/g)];
  if (strict.length > 0) {
    return strict.map(([text, what, path = '']) =>
      remark(document, object, {
        code: what === 'unknown' ? 'UnknownField' : 'DuplicateField',
        speaker: 'api-server',
        message: text,
        path,
        key: true,
      }),
    );
  }
  const struct = /into Go struct field \w+\.(\S+) of type/.exec(message)?.[1];
  const path = struct ? concretePath(document.value, struct.split('.')) : '';
  return [remark(document, object, { code, speaker: 'api-server', message, path })];
}

interface Details {
  readonly severity?: Finding['severity'];
  readonly code: string;
  readonly speaker: Finding['speaker'];
  readonly message: string;
  readonly path: string | FieldPath;
  /** Point at the field's name rather than at its value. */
  readonly key?: boolean;
}

/** A remark at a field of a document; a missing field points at its nearest parent. */
export function remark(document: ManifestDocument, object: string, details: Details): Remark {
  const { severity = 'error', code, speaker, message, path, key } = details;
  const text = typeof path === 'string' ? path : pathText(path);
  const place = text === '' ? undefined : document.rangeOf(path);
  const range = place ? ((key || !place.found ? place.key : undefined) ?? place.value) : document.range;
  return { document: document.index, object, severity, code, speaker, message, path: text, range, fixes: [] };
}

/** `['spec', 'containers', 0, 'image']` → `spec.containers[0].image` */
function pathText(path: FieldPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** Go names the fields of the way without list indexes; the first list item whose field has a wrong type is meant. */
function concretePath(value: unknown, names: readonly string[], prefix: FieldPath = []): string {
  const [name, ...rest] = names;
  if (name === undefined) return pathText(prefix);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = concretePath(value[i], names, [...prefix, i]);
      if (found !== '') return found;
    }
    return '';
  }
  // An inlined Go struct (VolumeSource, ProbeHandler) adds its own name to the path.
  if (isObject(value) && !(name in value)) return /^[A-Z]/.test(name) ? concretePath(value, rest, prefix) : '';
  return isObject(value) ? concretePath(value[name], rest, [...prefix, name]) : '';
}
