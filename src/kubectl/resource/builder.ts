import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { KubeObject } from '@/kubernetes/api/object';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import { Exit, KubectlError, StatusError } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { sourcesOf } from './files';
import { entriesOf } from './documents';
import { kustomizedEntries } from './kustomize';
import { type Entry, type Info, infoOf } from './info';
import { gvrText, mappingFor, mappingsFor } from './mapping';

/** What a command wants of the objects it names. Upstream: cli-runtime/pkg/resource/builder.go `Builder`. */
export interface Query {
  /** `pods`, `pod web`, `pod/web svc/web` */
  readonly words?: readonly string[];
  readonly selector?: string;
  readonly fieldSelector?: string;
  /** `--all`: a type without names means every object of it. */
  readonly all?: boolean;
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
 * The objects of the files given with `-f` and `-k`, in their order, with the run's namespace filled in. Throws for a
 * path that does not exist.
 */
export function fileEntries(invocation: Invocation, options: { validate?: boolean; bare?: boolean } = {}): Entry[] {
  const { flags, context } = invocation;
  const kustomize = flags.string('kustomize');
  if (kustomize !== '') return placed(invocation, kustomizedEntries(kustomize, context.files, invocation.minor));
  const sources = sourcesOf(flags.list('filename'), flags.bool('recursive'), context.files, context.stdin);
  const entries = sources.flatMap((source) => entriesOf(source, invocation.minor, options.validate ?? false));
  return placed(invocation, entries);
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
  const targets = targetsOf(query, invocation.minor);
  const selects = query.selector !== undefined && query.selector !== '';
  const entries: Entry[] = [];
  for (const { mapping, names } of targets) {
    if (names.length > 0) {
      if (selects || query.fieldSelector)
        throw new KubectlError('name cannot be provided when a selector is specified');
      if (query.all) throw new KubectlError("setting 'all' parameter but found a non empty selector. ");
      if (query.allNamespaces && mapping.namespaced) {
        throw new KubectlError('a resource cannot be retrieved by name across all namespaces');
      }
      for (const name of names) entries.push(byName(invocation, query, mapping, name));
    } else entries.push(...bySelector(invocation, query, mapping));
  }
  return entries;
}

function byName(invocation: Invocation, query: Query, mapping: ResourceInfo, name: string): Entry {
  const namespace = mapping.namespaced ? invocation.namespace : undefined;
  if (query.namesOnly) {
    const object = { apiVersion: '', kind: mapping.kind, metadata: { name } } as KubeObject;
    return { info: { mapping, namespace, name, object, source: '' } };
  }
  try {
    const ask: Ask = { namespace, name, ...(query.subresource ? { subresource: query.subresource } : {}) };
    const object = invocation.request('get', mapping, ask);
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

/** The types and names that the words stand for. Throws for words that cannot be understood. */
export function targetsOf(query: Query, minor: KubernetesVersion): Target[] {
  const words = (query.words ?? []).filter((word) => word !== '');
  const find = query.findType ?? mappingFor;
  if (words.length === 0) throw new KubectlError(missingResource);
  if (words.some((word) => word.includes('/'))) return slashTargets(words, minor, find);
  const [types = '', ...names] = words;
  const mappings = mappingsFor(types, minor, find);
  const selects = Boolean(query.selector) || Boolean(query.fieldSelector) || query.all || query.selectAllByDefault;
  if (names.length === 0 && !selects) {
    throw new KubectlError('resource(s) were provided, but no name was specified');
  }
  return mappings.map((mapping) => ({ mapping, names }));
}

function slashTargets(words: readonly string[], minor: KubernetesVersion, find: typeof mappingFor): Target[] {
  return words.flatMap((word) => {
    const parts = word.split('/');
    if (parts.length === 1) throw new KubectlError(resourceNameForm);
    if (parts.length > 2) throw new KubectlError('arguments in resource/name form may not have more than one slash');
    const [types = '', name = ''] = parts;
    if (types === '' || name === '' || mappingsFor(types, minor, find).length !== 1) {
      throw new KubectlError('arguments in resource/name form must have a single resource and name');
    }
    return [{ mapping: find(types, minor), names: [name] }];
  });
}

/** Errors of a request are data from here on; anything else is a fault of the program. */
export function asError(error: unknown): Error {
  if (error instanceof StatusError || error instanceof KubectlError || error instanceof Exit) return error;
  throw error;
}

export function infosOf(entries: readonly Entry[]): Info[] {
  return entries.flatMap((entry) => ('info' in entry ? [entry.info] : []));
}

export function errorsOf(entries: readonly Entry[]): Error[] {
  return entries.flatMap((entry) => ('error' in entry ? [entry.error] : []));
}
