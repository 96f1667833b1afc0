import { goQuote } from '@/kubernetes/api/field-error';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { readManifest } from '@/manifest/read';
import { KubectlError } from '../errors';
import { goJson } from '@/kubernetes/strconv/go-json';
import type { Source } from './files';
import type { Entry } from './info';
import { mappingOfKind } from './mapping';
import { metadataTypeError } from './metadata-types';
import { listItemErrors } from './list-schema';

/** The objects of a file, and what is wrong with those that are none. Upstream: cli-runtime/pkg/resource/visitor.go. */
export function entriesOf(source: Source, minor: KubernetesVersion, validate: boolean): Entry[] {
  const entries: Entry[] = [];
  const manifest = readManifest(source.text);
  for (const document of manifest.documents) {
    const problem = validate ? schemaProblem(document.value, minor) : undefined;
    if (problem !== undefined) {
      const message = `error validating "${source.name}": error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`;
      return [...entries, { error: new KubectlError(message) }];
    }
    entries.push(...entriesOfValue(document.value, source.name, minor));
  }
  const [broken] = manifest.errors;
  if (broken) entries.push({ error: new KubectlError(`error parsing ${source.name}: ${broken.message}`) });
  return entries;
}

/** What kubectl checks before it sends anything. Upstream: kubectl/pkg/validation/schema.go. */
function schemaProblem(value: unknown, minor: KubernetesVersion): string | undefined {
  if (!isObject(value)) return 'invalid object to validate';
  const missing = typeProblems(value);
  if (missing.length > 0) return missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
  if (value.kind !== 'List') return undefined;
  if (!Array.isArray(value.items)) return 'invalid object to validate';
  const problems = value.items.flatMap((item: unknown) => {
    if (!isObject(item)) return ['invalid object to validate'];
    const untyped = typeProblems(item);
    return untyped.length > 0 ? untyped : listItemErrors(item, minor);
  });
  if (problems.length === 0) return undefined;
  return problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
}

function typeProblems(value: JsonObject): string[] {
  return ['apiVersion', 'kind'].flatMap((field) => {
    const found = value[field];
    if (found === undefined || found === null || found === '') return [`${field} not set`];
    return typeof found === 'string' ? [] : [`${field} isn't string type`];
  });
}

function entriesOfValue(value: unknown, source: string, minor: KubernetesVersion): Entry[] {
  if (!isObject(value)) return [{ error: decodeError(source, notAnObject(value)) }];
  const kind = typeof value.kind === 'string' ? value.kind : '';
  if (kind === '') return [{ error: decodeError(source, `Object 'Kind' is missing in '${goJson(value)}'`) }];
  if (Array.isArray(value.items) && (kind === 'List' || kind.endsWith('List'))) {
    return value.items.flatMap((item: unknown) => entriesOfItem(item, value, source, minor));
  }
  const wrongType = metadataTypeError(value);
  if (wrongType !== undefined) return [{ error: decodeError(source, wrongType) }];
  return [entryOf(value, kind, source, minor)];
}

function entriesOfItem(item: unknown, list: JsonObject, source: string, minor: KubernetesVersion): Entry[] {
  if (!isObject(item)) return [];
  if (item.kind === 'List') {
    return [{ error: new KubectlError('*unstructured.Unstructured is not a list: no Items field in this object') }];
  }
  const bare = item.kind === undefined && item.apiVersion === undefined && list.kind !== 'List';
  const inherited = bare ? { apiVersion: list.apiVersion, kind: String(list.kind).slice(0, -'List'.length) } : {};
  return entriesOfValue({ ...inherited, ...item }, source, minor);
}

function entryOf(value: JsonObject, kind: string, source: string, minor: KubernetesVersion): Entry {
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : '';
  const metadata: JsonObject = isObject(value.metadata) ? value.metadata : {};
  const text = (field: string) => (typeof metadata[field] === 'string' ? metadata[field] : '');
  const mapping = mappingOfKind(apiVersion, kind, minor);
  if (!mapping) {
    const where = apiVersion.includes('/') || apiVersion !== '' ? `version "${apiVersion}"` : 'version ""';
    const message = `resource mapping not found for name: "${text('name')}" namespace: "${text('namespace')}" from "${source}": no matches for kind ${goQuote(kind)} in ${where}\nensure CRDs are installed first`;
    return { error: new KubectlError(message) };
  }
  // Whether the object is of its kind is for the server to say; kubectl looks at no field but these two.
  const object = { ...value, metadata } as KubeObject;
  const namespace = mapping.namespaced ? text('namespace') : undefined;
  return { info: { mapping, namespace, name: text('name'), object, source } };
}

function notAnObject(value: unknown): string {
  const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${type} into Go value of type struct { Items json.RawMessage }`;
}

function decodeError(source: string, message: string): KubectlError {
  return new KubectlError(`unable to decode "${source}": ${message}`);
}
