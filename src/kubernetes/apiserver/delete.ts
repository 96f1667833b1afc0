import { admissionChain } from '../admission';
import type { KubeObject, ObjectMeta } from '../api/object';
import { definitionOf, type ResourceInfo } from '../api/registry';
import { answered, type Backend, find, missing, refused } from './backend';
import { admissionContext, distinct } from './create';
import { matcherOf } from './select';
import type { ApiRequest, ApiResponse } from './request';
import { conflict, type Status } from './status';

const orphanFinalizer = 'orphan';
const foregroundFinalizer = 'foregroundDeletion';

/**
 * `DELETE` of an object. Upstream: pkg/registry/generic/registry/store.go `Delete`, pkg/registry/rest/delete.go
 * `BeforeDelete`, pkg/registry/core/pod/strategy.go `CheckGracefulDelete`.
 */
export function remove(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const old = find(backend, request, info);
  if (!old) return refused(missing(request, info));
  const warnings: string[] = [];
  const denied = admit(request, info, backend, old, warnings) ?? unmetPrecondition(request, info, old);
  if (denied) return refused(denied, distinct(warnings));
  const body = removeObject(old, request, info, backend, request.dryRun === true);
  return answered(200, body, distinct([...warnings, ...jobWarning(request, info)]));
}

/** `DELETE` of a collection: every object that the selectors take. */
export function removeCollection(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const matcher = matcherOf(request, info);
  if ('status' in matcher) return refused(matcher);
  const items = backend.store.list(info.name, request.namespace).filter(matcher.matches);
  const removed = items.map((item) => removeObject(item, request, info, backend, request.dryRun === true));
  const apiVersion = info.group ? `${info.group}/${info.version}` : info.version;
  const metadata = { resourceVersion: String(backend.store.revision) };
  return { code: 200, body: { kind: `${info.kind}List`, apiVersion, metadata, items: removed }, warnings: [] };
}

function admit(request: ApiRequest, info: ResourceInfo, backend: Backend, old: KubeObject, warnings: string[]) {
  const { namespace, name } = old.metadata;
  const { user, dryRun } = request;
  const attributes = { operation: 'DELETE', resource: info, namespace, name, old, user, dryRun } as const;
  const context = admissionContext(backend, warnings);
  return admissionChain.admit(attributes, context) ?? admissionChain.validate(attributes, context);
}

function unmetPrecondition({ preconditions }: ApiRequest, info: ResourceInfo, old: KubeObject): Status | undefined {
  const { uid, resourceVersion, name } = old.metadata;
  const refuse = (what: string, wanted: string, is: string) =>
    conflict(
      info.plural,
      info.group,
      name,
      `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${is}`,
    );
  if (preconditions?.uid && preconditions.uid !== uid) return refuse('UID', preconditions.uid, uid);
  if (preconditions?.resourceVersion && preconditions.resourceVersion !== resourceVersion) {
    return refuse('ResourceVersion', preconditions.resourceVersion, resourceVersion);
  }
  return undefined;
}

/** Deletes or marks one object; returns what is then stored, or what was removed. */
export function removeObject(
  old: KubeObject,
  request: Pick<ApiRequest, 'gracePeriodSeconds' | 'propagationPolicy'>,
  info: ResourceInfo,
  { store, clock }: Backend,
  dryRun: boolean,
): KubeObject {
  const { metadata } = old;
  const grace = graceOf(old, request, info);
  const finalizers = finalizersFor(metadata.finalizers ?? [], request, info);
  const held = finalizers.length > 0 || holdsContent(old, info);
  const graceful = definitionOf(info.group, info.kind)?.gracePeriodSeconds !== undefined;
  if (grace === 0 && !held && (dryRun || !graceful || metadata.deletionGracePeriodSeconds === 0)) {
    return dryRun ? old : (store.remove(info.name, metadata.namespace, metadata.name) ?? old);
  }
  const running = metadata.deletionTimestamp !== undefined;
  // A second deletion may only shorten the first.
  if (running && grace >= (metadata.deletionGracePeriodSeconds ?? 0)) {
    if (sameList(finalizers, metadata.finalizers ?? [])) return old;
  }
  const next: ObjectMeta = {
    ...metadata,
    deletionTimestamp: deletionTime(metadata, grace, clock),
    deletionGracePeriodSeconds: running ? Math.min(grace, metadata.deletionGracePeriodSeconds ?? grace) : grace,
  };
  if (finalizers.length > 0) next.finalizers = finalizers;
  else delete next.finalizers;
  if (!running && metadata.generation) next.generation = metadata.generation + 1;
  const marked: KubeObject = { ...old, metadata: next };
  if (info.name === 'namespaces') {
    // A Namespace has no grace period. Upstream: pkg/registry/core/namespace/storage/storage.go
    delete next.deletionGracePeriodSeconds;
    marked.status = { ...(old.status as object), phase: 'Terminating' };
  }
  if (dryRun) return marked;
  const stored = store.put(info.name, marked);
  // What could have had a grace period is told that it has none left, and then goes (`deleteImmediately`).
  return grace > 0 || held || !graceful
    ? stored
    : (store.remove(info.name, metadata.namespace, metadata.name) ?? stored);
}

function deletionTime(metadata: ObjectMeta, grace: number, clock: Backend['clock']): string {
  const wanted = clock.now + grace * 1000;
  const before = clock.parse(metadata.deletionTimestamp);
  if (before === undefined) return clock.timestamp(wanted);
  // From the moment of the first deletion on: shortened, never lengthened.
  const first = before - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return clock.timestamp(Math.min(before, Math.max(first + grace * 1000, clock.now)));
}

/** Only Pods are deleted gracefully; everything else goes at once. */
function graceOf(old: KubeObject, request: Pick<ApiRequest, 'gracePeriodSeconds'>, info: ResourceInfo): number {
  const own = definitionOf(info.group, info.kind)?.gracePeriodSeconds?.(old);
  if (own === undefined || own === 0) return 0;
  const wanted = request.gracePeriodSeconds ?? own;
  return wanted < 0 ? 1 : wanted;
}

/** Upstream: store.go `deletionFinalizersForGarbageCollection` */
function finalizersFor(
  current: readonly string[],
  { propagationPolicy }: Pick<ApiRequest, 'propagationPolicy'>,
  info: ResourceInfo,
): string[] {
  const policy = propagationPolicy ?? keptPolicy(current) ?? (orphansByDefault(info) ? 'Orphan' : 'Background');
  const others = current.filter((one) => one !== orphanFinalizer && one !== foregroundFinalizer);
  if (policy === 'Orphan') return [...others, orphanFinalizer];
  if (policy === 'Foreground') return [...others, foregroundFinalizer];
  return others;
}

/** A finalizer that is there already speaks for the policy where the request names none. */
function keptPolicy(finalizers: readonly string[]): 'Orphan' | 'Foreground' | undefined {
  if (finalizers.includes(orphanFinalizer)) return 'Orphan';
  return finalizers.includes(foregroundFinalizer) ? 'Foreground' : undefined;
}

/** Upstream: the strategies' `DefaultGarbageCollectionPolicy` */
function orphansByDefault({ name }: ResourceInfo): boolean {
  return name === 'jobs.batch' || name === 'replicationcontrollers';
}

// pkg/registry/batch/job/strategy.go `WarningsOnDelete`
function jobWarning({ propagationPolicy }: ApiRequest, info: ResourceInfo): string[] {
  if (info.name !== 'jobs.batch' || propagationPolicy !== undefined) return [];
  return [
    'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  ];
}

/** A namespace stays until the finalizer in its spec is taken away. */
function holdsContent(old: KubeObject, info: ResourceInfo): boolean {
  if (info.name !== 'namespaces') return false;
  const spec = old.spec as { finalizers?: string[] } | undefined; // decoded as NamespaceSpec
  return (spec?.finalizers?.length ?? 0) > 0;
}

/** An object that waits for nothing any more goes with the write that took its last finalizer. */
export function removeFinished(next: KubeObject, info: ResourceInfo, { store }: Backend): KubeObject | undefined {
  const { metadata } = next;
  if (metadata.deletionTimestamp === undefined || (metadata.finalizers?.length ?? 0) > 0) return undefined;
  if ((metadata.deletionGracePeriodSeconds ?? 0) > 0 || holdsContent(next, info)) return undefined;
  return store.remove(info.name, metadata.namespace, metadata.name);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
