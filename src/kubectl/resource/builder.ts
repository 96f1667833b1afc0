import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { KubeObject } from '@/kubernetes/api/object';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import { Exit, KubectlError, StatusError, throwAll } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { sourcesOf } from './files';
import { entriesOf } from './documents';
import { kustomizedEntries } from './kustomize';
import { type Entry, type Info, fetchInfo, getObject, infoOf } from './info';
import { gvrText, mappingFor, mappingsFor, shortNameWarnings } from './mapping';

/** What a command wants of the objects it names. Upstream: cli-runtime/pkg/resource/builder.go `Builder`. */
export interface Query {
  /** `pods`, `pod web`, `pod/web svc/web` */
  readonly words?: readonly string[];
  readonly selector?: string;
  readonly fieldSelector?: string;
  /** `--all`: a type without names means every object of it. */
  readonly all?: boolean;
  /** `--all` of delete: every object of the types, and nothing else may be said. Upstream: `SelectAllParam` */
  readonly selectAll?: boolean;
  readonly allNamespaces?: boolean;
  /** A type without names and selectors means every object of it (get, describe). */
  readonly selectAllByDefault?: boolean;
  /** Objects are not read from the server: names alone will do. */
  readonly namesOnly?: boolean;
  readonly subresource?: string;
  readonly findType?: typeof mappingFor;
}

/** The words that nobody understands without a type. Upstream: builder.go `missingResourceError`. */
export const missingResource = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

const resourceNameForm =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";

interface Target {
  readonly mapping: ResourceInfo;
  readonly names: readonly string[];
}

/** Whether `-f` or `-k` was given. */
export function hasFiles(invocation: Invocation): boolean {
  return invocation.flags.list('filename').length > 0 || invocation.flags.string('kustomize') !== '';
}

/**
 * The objects of the files given with `-f` and `-k`, in their order, with the run's namespace filled in (unless they are
 * wanted `bare`). Throws for a path that does not exist.
 */
export function fileEntries(invocation: Invocation, options: { validate?: boolean; bare?: boolean } = {}): Entry[] {
  const { flags, context } = invocation;
  const kustomize = flags.string('kustomize');
  const place = (entries: readonly Entry[]) => (options.bare ? [...entries] : placed(invocation, entries));
  if (kustomize !== '') {
    const problems = [
      ...(flags.list('filename').length > 0 ? ['only one of -f or -k can be specified'] : []),
      ...(flags.bool('recursive') ? ["the -k flag can't be used with -f or -R"] : []),
    ];
    throwAll(problems.map((text) => new KubectlError(text)));
  }
  if (kustomize !== '') return place(kustomizedEntries(kustomize, context.files, invocation.minor));
  const sources = sourcesOf(flags.list('filename'), flags.bool('recursive'), context.files, context.stdin);
  const entries = sources.flatMap((source) => entriesOf(source, invocation.minor, options.validate ?? false));
  return place(entries);
}

/** The objects of the files as the server has them. Upstream: builder.go `Latest`. */
export function fetchedEntries(
  invocation: Invocation,
  ask: Ask = {},
  entries: readonly Entry[] = fileEntries(invocation),
): Entry[] {
  return entries.map((entry) => {
    if ('error' in entry) return entry;
    try {
      return { info: fetchInfo(invocation, entry.info, ask) };
    } catch (error) {
      return { error: asError(error) };
    }
  });
}

/** Upstream: cli-runtime/pkg/resource/visitor.go `SetNamespace`, `RequireNamespace`. */
function placed(invocation: Invocation, entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => {
    if ('error' in entry || !entry.info.mapping.namespaced) return entry;
    const { info } = entry;
    const own = info.namespace ?? '';
    if (own !== '' && invocation.namespaceGiven && own !== invocation.namespace) {
      const message = `the namespace from the provided object "${own}" does not match the namespace "${invocation.namespace}". You must pass '--namespace=${own}' to perform this operation.`;
      return { error: new KubectlError(message) };
    }
    const namespace = own === '' ? invocation.namespace : own;
    const object: KubeObject = { ...info.object, metadata: { ...info.object.metadata, namespace } };
    return { info: { ...info, namespace, object } };
  });
}

/**
 * Objects named on the command line, read from the server. Server errors become entries; mistakes in the words are
 * thrown.
 */
export function namedEntries(invocation: Invocation, query: Query): Entry[] {
  const selects = selectsOf(query);
  const entries: Entry[] = [];
  for (const { mapping, names } of targetsOf(query, invocation.minor, (text) => invocation.warn(text))) {
    if (!selects && names.length > 0) {
      if (query.allNamespaces && mapping.namespaced) {
        throw new KubectlError('a resource cannot be retrieved by name across all namespaces');
      }
      for (const name of names) entries.push(byName(invocation, query, mapping, name));
    } else entries.push(...bySelector(invocation, query, mapping));
  }
  return entries;
}

/** How many types are listed; 0 where objects are named. */
export function listsOf(query: Query, minor: KubernetesVersion): number {
  const targets = targetsOf(query, minor);
  return selectsOf(query) || targets.every(({ names }) => names.length === 0) ? targets.length : 0;
}

/** Objects are looked for, not named. Upstream: builder.go `visitorResult`. */
function selectsOf({ selector, fieldSelector, selectAll }: Query): boolean {
  return Boolean(selector?.trim()) || Boolean(fieldSelector?.trim()) || selectAll === true;
}

function byName(invocation: Invocation, query: Query, mapping: ResourceInfo, name: string): Entry {
  const namespace = mapping.namespaced ? invocation.namespace : undefined;
  if (query.namesOnly) {
    // Asked for by name alone, so nobody looks at the rest of it.
    const object = { apiVersion: '', kind: mapping.kind, metadata: { name } } as KubeObject;
    return { info: { mapping, namespace, name, object, source: '' } };
  }
  try {
    const ask: Ask = { namespace, name, ...(query.subresource ? { subresource: query.subresource } : {}) };
    const object = getObject(invocation, mapping, ask);
    return { info: { ...infoOf(mapping, object), namespace, name } };
  } catch (error) {
    return { error: asError(error) };
  }
}

/** Upstream: cli-runtime/pkg/resource/selector.go. */
function bySelector(invocation: Invocation, query: Query, mapping: ResourceInfo): Entry[] {
  const { selector = '', fieldSelector = '' } = query;
  const namespace = mapping.namespaced && !query.allNamespaces ? invocation.namespace : undefined;
  const ask: Ask = {
    namespace,
    ...(selector ? { labelSelector: selector } : {}),
    ...(fieldSelector ? { fieldSelector } : {}),
  };
  try {
    return invocation.list(mapping, ask).map((object) => ({ info: infoOf(mapping, object) }));
  } catch (error) {
    if (error instanceof StatusError && ['BadRequest', 'NotFound'].includes(error.status.reason ?? '')) {
      const message =
        selector === '' && fieldSelector === ''
          ? `Unable to list ${JSON.stringify(gvrText(mapping))}: ${error.message}`
          : `Unable to find ${JSON.stringify(gvrText(mapping))} that match label selector ${JSON.stringify(selector)}, field selector ${JSON.stringify(fieldSelector)}: ${error.message}`;
      return [{ error: new StatusError({ ...error.status, message }) }];
    }
    return [{ error: asError(error) }];
  }
}

/**
 * The types and names that the words stand for; `warn` is told of a short name that fits several types. Throws for words
 * that cannot be understood. Upstream: builder.go `ResourceTypeOrNameArgs`, `visitorResult`.
 */
export function targetsOf(query: Query, minor: KubernetesVersion, warn: (text: string) => void = () => {}): Target[] {
  const find = (word: string) => {
    for (const text of shortNameWarnings(word, minor)) warn(text);
    return (query.findType ?? mappingFor)(word, minor);
  };
  if (query.selectAll && (query.selector || query.fieldSelector)) {
    throw new KubectlError("setting 'all' parameter but found a non empty selector. ");
  }
  const words = combined(query.words ?? []);
  const slashes = words.filter((word) => word.includes('/')).length;
  if (slashes > 0 && slashes < words.length) throw new KubectlError(resourceNameForm);
  if (slashes > 0) {
    const pairs = words.map(pairOf);
    if (selectsOf(query)) {
      throw new KubectlError('selectors and the all flag cannot be used when passing resource/name arguments');
    }
    return pairs.map(([type, name]) => ({ mapping: find(type), names: [name] }));
  }
  const [types, ...names] = words;
  if (names.length > 0 && selectsOf(query))
    throw new KubectlError('name cannot be provided when a selector is specified');
  if (types === undefined) {
    throw new KubectlError(
      selectsOf(query) ? 'at least one resource must be specified to use a selector' : missingResource,
    );
  }
  const listed = names.length === 0 && (selectsOf(query) || query.all || query.selectAllByDefault);
  if (listed && query.subresource) {
    throw new KubectlError('subresource cannot be used when bulk resources are specified');
  }
  const mappings = mappingsFor(types, minor, find);
  if (names.length === 0 && !listed) throw new KubectlError('resource(s) were provided, but no name was specified');
  return mappings.map((mapping) => ({ mapping, names }));
}

/** `pod,svc web` means `pod/web svc/web`. Upstream: builder.go `normalizeMultipleResourcesArgs`. */
function combined(words: readonly string[]): string[] {
  const [types, ...names] = words;
  if (types === undefined) return [];
  const list = [...new Set(types.split(','))];
  return names.length > 0 && list.length > 1
    ? list.flatMap((type) => names.map((name) => `${type}/${name}`))
    : [types, ...names];
}

/** Upstream: builder.go `splitResourceTypeName`. */
function pairOf(word: string): readonly [type: string, name: string] {
  const [type = '', name = '', more] = word.split('/');
  if (more !== undefined) throw new KubectlError('arguments in resource/name form may not have more than one slash');
  if (type === '' || name === '' || type.includes(',')) {
    throw new KubectlError('arguments in resource/name form must have a single resource and name');
  }
  return [type, name];
}

/** Errors of a request are data from here on; anything else is a fault of the program. */
export function asError(error: unknown): Error {
  if (error instanceof StatusError || error instanceof KubectlError || error instanceof Exit) return error;
  throw error;
}

/** The objects among what was found. */
export function infosOf(entries: readonly Entry[]): Info[] {
  return entries.flatMap((entry) => ('info' in entry ? [entry.info] : []));
}

/** The errors among what was found. */
export function errorsOf(entries: readonly Entry[]): Error[] {
  return entries.flatMap((entry) => ('error' in entry ? [entry.error] : []));
}
