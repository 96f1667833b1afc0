import type { JsonObject, KubeObject } from '@/kubernetes/api/object';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import type { Task } from '@/kubernetes/clock/task';
import { KubectlError, StatusError, isReason, withSource } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { goJson } from '@/kubernetes/strconv/go-json';
import { type Info, apiVersionOf } from '../resource/info';
import { gvrText } from '../resource/mapping';
import { waitForDeletion } from '../wait/deletion';
import { parsedLastApplied, withLastApplied } from './last-applied';
import { threeWayMergePatch } from './patch-diff';

/** What a patch came to. */
export interface Patched {
  readonly patch: JsonObject;
  readonly object: KubeObject;
}

/** `Resource: "apps/v1, Resource=deployments", …`. Upstream: cli-runtime/pkg/resource/visitor.go `Info.String`. */
export function infoText(info: Info): string {
  const resource = `Resource: ${JSON.stringify(gvrText(info.mapping))}`;
  const kind = `GroupVersionKind: ${JSON.stringify(`${apiVersionText(info)}, Kind=${info.mapping.kind}`)}`;
  return `${resource}, ${kind}\nName: ${JSON.stringify(info.name)}, Namespace: ${JSON.stringify(info.namespace ?? '')}`;
}

function apiVersionText(info: Info): string {
  return `${info.mapping.group}/${info.mapping.version}`;
}

/** The patch that brings `live` to what `info` says. */
export function patchFor(invocation: Invocation, info: Info, live: KubeObject): JsonObject {
  const { kubernetes } = invocation.context.cluster.world;
  const type = goTypeOf(apiVersionOf(info.mapping), info.mapping.kind, kubernetes);
  return threeWayMergePatch(parsedLastApplied(live), withLastApplied(info.object), live, type);
}

/**
 * Sends the patch, again after a conflict, or deletes and creates the object anew (`--force`). Upstream:
 * kubectl/pkg/cmd/apply/patcher.go. Throws StatusError.
 */
export function* sendPatch(
  invocation: Invocation,
  info: Info,
  live: KubeObject,
  ask: Ask,
  force: boolean,
): Task<Patched> {
  const patch = patchFor(invocation, info, live);
  if (Object.keys(patch).length === 0) return { patch, object: live };
  const { mapping, namespace, name, source } = info;
  try {
    const object = invocation.request('patch', mapping, {
      ...ask,
      namespace,
      name,
      body: patch,
      patchType: 'strategic',
    });
    return { patch, object };
  } catch (error) {
    if (force && (isReason(error, 'Invalid') || isReason(error, 'Conflict'))) {
      return { patch, object: yield* replaceObject(invocation, info, live, ask) };
    }
    if (!(error instanceof StatusError)) throw error;
    throw notApplied(goJson(patch), info, withSource('patching', source, error));
  }
}

function notApplied(patch: string, info: Info, error: Error): Error {
  return withSource(`applying patch:\n${patch}\nto:\n${infoText(info)}\nfor:`, info.source, error);
}

function* replaceObject(invocation: Invocation, info: Info, live: KubeObject, ask: Ask): Task<KubeObject> {
  const { mapping, namespace, name } = info;
  invocation.request('delete', mapping, { namespace, name, propagationPolicy: 'Background' });
  const modified = withLastApplied(info.object);
  // `deleteAndCreate` waits for as long as `--timeout` says: without one it looks once, and a Pod is still there then.
  if (!(yield* waitForDeletion(invocation, info, live.metadata.uid, invocation.flags.number('timeout')))) {
    throw notApplied(`${goJson(modified)}\n`, info, new KubectlError('context deadline exceeded'));
  }
  return invocation.request('create', mapping, { ...ask, namespace, body: modified });
}
