import { type ResourceInfo, findKind, findResource, resources, splitApiVersion } from '@/kubernetes/api/registry';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isServedBy } from '@/kubernetes/api/versions/served';
import { KubectlError, NoResourceMatch } from '../errors';

/** Every resource that the server of a minor serves, in discovery order. */
export function servedResources(minor: KubernetesVersion): readonly ResourceInfo[] {
  return resources.filter((info) => isServedBy(minor, info));
}

/** The same in the one version of each that the server prefers. */
export function preferredResources(minor: KubernetesVersion): readonly ResourceInfo[] {
  return servedResources(minor).filter((info) => findResource(info.plural, info.group) === info);
}

/**
 * The resource that a word names: plural, singular, short name, with version and group where given.
 * Upstream: cli-runtime/pkg/resource/builder.go `mappingFor`. Throws when there is none.
 */
export function mappingFor(word: string, minor: KubernetesVersion): ResourceInfo {
  const found = findMapping(word, minor);
  if (found) return found;
  throw new KubectlError(noSuchType(word));
}

/** The same for the commands that print the sentence bare. Upstream: helpers.go, `NoResourceMatchError`. */
export function mappingForBare(word: string, minor: KubernetesVersion): ResourceInfo {
  const found = findMapping(word, minor);
  if (found) return found;
  throw new NoResourceMatch(noSuchType(word));
}

function noSuchType(word: string): string {
  return `the server doesn't have a resource type "${word.split('.')[0] ?? ''}"`;
}

/**
 * `pods`, `po`, `deploy.apps`, `deployments.v1.apps`. A short name stands for the preferred version, whichever is given.
 * Upstream: apimachinery/pkg/runtime/schema `ParseResourceArg`, client-go/restmapper/shortcut.go `expandResourceShortcut`.
 */
export function findMapping(word: string, minor: KubernetesVersion): ResourceInfo | undefined {
  const [name = '', ...rest] = word.toLowerCase().split('.');
  const named = (info: ResourceInfo) => info.plural === name || info.singular === name;
  const candidates = preferredResources(minor).filter((info) => named(info) || info.shortNames.includes(name));
  if (rest.length === 0) return candidates.find((info) => info.plural === name) ?? candidates[0];
  const [version, ...groups] = rest;
  // `pods.v1.` names the core group.
  const group = groups.length > 0 ? groups.join('.') : undefined;
  const suffix = rest.join('.');
  return (
    servedResources(minor).find((info) => named(info) && info.group === group && info.version === version) ??
    candidates.find((info) => info.group === group && !named(info)) ??
    candidates.find((info) => info.group === suffix) ??
    candidates.find((info) => info.group !== '' && info.group.startsWith(suffix))
  );
}

/** What is said of a short name that two types go by. Upstream: client-go/restmapper/shortcut.go. */
export function shortNameWarnings(word: string, minor: KubernetesVersion): string[] {
  const name = word.toLowerCase();
  const [, ...others] = preferredResources(minor).filter((info) => info.shortNames.includes(name));
  return others.map((info) => `short name "${name}" could also match lower priority resource ${resourceText(info)}`);
}

/**
 * `pods,svc` or `all` → the types asked for, in that order. Upstream: cli-runtime/pkg/resource `SplitResourceArgument`
 * and client-go/restmapper `CategoryExpander`.
 */
export function mappingsFor(
  list: string,
  minor: KubernetesVersion,
  find: (word: string, minor: KubernetesVersion) => ResourceInfo = mappingFor,
): ResourceInfo[] {
  const out: ResourceInfo[] = [];
  for (const word of list.split(',')) {
    if (word === '') throw new KubectlError(noSuchType(''));
    const category = preferredResources(minor).filter((info) => info.categories.includes(word.toLowerCase()));
    for (const info of category.length > 0 ? category : [find(word, minor)]) if (!out.includes(info)) out.push(info);
  }
  return out;
}

/**
 * The resource of an object in a manifest. kubectl's mapper knows a kind by its name and, beside it, by the all-lower
 * spelling. Undefined when the server has no such kind.
 */
export function mappingOfKind(apiVersion: string, kind: string, minor: KubernetesVersion): ResourceInfo | undefined {
  const [group, version] = splitApiVersion(apiVersion);
  const exact = findKind(group, version, kind);
  if (exact) return isServedBy(minor, exact) ? exact : undefined;
  return servedResources(minor).find(
    (info) => info.group === group && info.version === version && info.kind.toLowerCase() === kind,
  );
}

/** `deployment.apps`, as result lines begin. Upstream: cli-runtime/pkg/printers/name.go. */
export function kindName(kind: string, apiVersion: string): string {
  const [group] = splitApiVersion(apiVersion);
  return group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();
}

/** `apps/v1, Resource=deployments`: Go's text of a GroupVersionResource. */
export function gvrText(mapping: ResourceInfo): string {
  return `${mapping.group}/${mapping.version}, Resource=${mapping.plural}`;
}

/** `deployments.apps` */
export function resourceText(mapping: ResourceInfo): string {
  return mapping.group ? `${mapping.plural}.${mapping.group}` : mapping.plural;
}
