import type { ControllerRevision, DaemonSet, StatefulSet } from '../api/generated/apps-v1';
import type { PodTemplateSpec } from '../api/generated/core-v1';
import { deepEqual, type Draft } from '../api/object';
import type { Client } from '../apiserver/client';
import { claim } from './claim';
import { accepted, type Steps } from './controller';
import { controllerReference } from './pod-control';

/** What a ControllerRevision keeps: a patch that puts the template back. */
export function templatePatch(template: PodTemplateSpec): { spec: { template: object } } {
  return { spec: { template: { ...template, $patch: 'replace' } } };
}

/** The template a revision holds. */
export function templateOf(revision: ControllerRevision): PodTemplateSpec | undefined {
  const spec = revision.data?.['spec'];
  if (typeof spec !== 'object' || spec === null || !('template' in spec)) return undefined;
  // Written by this file: without the patch directive it is the template it was made from.
  const { $patch: _patch, ...template } = spec.template as Record<string, unknown>;
  return template as unknown as PodTemplateSpec;
}

/**
 * The owner's own revisions, oldest first. Those that nobody owns (an owner of that name was deleted and left them) are
 * adopted. Upstream: pkg/controller/history/controller_history.go, pkg/controller/daemon/update.go `controlledHistories`
 */
export function* revisionsOf(client: Client, owner: RevisionOwner): Steps<ControllerRevision[]> {
  const all = client.list('controllerrevisions.apps', owner.metadata.namespace);
  const claimed = yield* claim(client, 'controllerrevisions.apps', owner, owner.spec.selector, all);
  return claimed.sort((a, b) => a.revision - b.revision);
}

/** What has revisions of its template. */
export type RevisionOwner = DaemonSet | StatefulSet;

export interface NewRevision {
  readonly owner: RevisionOwner;
  readonly template: PodTemplateSpec;
  readonly hash: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string> | undefined;
}

/**
 * The revision of the present template: an old one with the same data is numbered anew, else one is made.
 * Returns it and the revisions that are no longer current.
 */
export function* syncRevisions(
  client: Client,
  wanted: NewRevision,
): Steps<{ current: ControllerRevision; old: ControllerRevision[] }> {
  const { owner, template } = wanted;
  const revisions = yield* revisionsOf(client, owner);
  const data = templatePatch(template);
  const equal = revisions.filter((revision) => deepEqual(revision.data, data));
  const found = equal.at(-1);
  const old = revisions.filter((revision) => !equal.includes(revision));
  const number = Math.max(0, ...old.map((revision) => revision.revision)) + 1;
  if (found && found.revision >= number) return { current: found, old };
  const written = found
    ? client.update('controllerrevisions.apps', { ...found, revision: number })
    : client.create('controllerrevisions.apps', draft(wanted, data, number));
  yield;
  return { current: accepted(written), old };
}

function draft(
  { owner, hash, labels, annotations }: NewRevision,
  data: object,
  revision: number,
): Draft<ControllerRevision> {
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${owner.metadata.name.slice(0, 223)}-${hash}`,
      namespace: owner.metadata.namespace,
      labels,
      ...(annotations ? { annotations } : {}),
      ownerReferences: [controllerReference(owner)],
    },
    data: { ...data },
    revision,
  };
}

/** Deletes the oldest revisions beyond `limit` that no living Pod has. */
export function* trimHistory(
  client: Client,
  old: readonly ControllerRevision[],
  limit: number | undefined,
  isLive: (revision: ControllerRevision) => boolean,
): Steps {
  const unused = old.filter((revision) => !isLive(revision));
  for (const revision of unused.slice(0, Math.max(0, unused.length - (limit ?? 10)))) {
    client.delete('controllerrevisions.apps', revision.metadata.namespace, revision.metadata.name);
    yield;
  }
}
