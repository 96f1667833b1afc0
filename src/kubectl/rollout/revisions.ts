import type { ControllerRevision, Deployment } from '@/kubernetes/api/generated/apps-v1';
import type { PodTemplateSpec } from '@/kubernetes/api/generated/core-v1';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import type { LabelSelector } from '@/kubernetes/api/generated/meta-v1';
import { KubectlError } from '../errors';
import { ownedBy } from '../describe/owned';
import type { Invocation } from '../invocation';
import { replicaSetsOf, revisionOf } from './replica-sets';
import { groupKind } from '../resource/info';
import { typedAs, typedList } from '../resource/typed';

/** One entry of a workload's history. */
export interface Revision {
  readonly number: number;
  readonly cause: string;
  readonly template: PodTemplateSpec | undefined;
  /** What a ControllerRevision holds: a strategic merge patch of the spec. */
  readonly patch: JsonObject | undefined;
  /** What `rollout history -o` prints: the ReplicaSet, or the workload as it was then. */
  readonly object: KubeObject;
}

const changeCause = 'kubernetes.io/change-cause';

/** In order of their numbers. Upstream: kubectl/pkg/polymorphichelpers/history.go. Throws for kinds without history. */
export function revisionsOf(invocation: Invocation, object: KubeObject): Revision[] {
  if (object.kind === 'Deployment') {
    // The kind says what it is.
    const { old, current } = replicaSetsOf(invocation, typedAs<Deployment>(object));
    return [...old, ...(current ? [current] : [])]
      .map((set) => ({
        number: revisionOf(set),
        cause: set.metadata.annotations?.[changeCause] ?? '',
        template: set.spec.template,
        patch: undefined,
        object: { ...set },
      }))
      .filter((one) => one.number > 0)
      .sort((a, b) => a.number - b.number);
  }
  if (object.kind !== 'DaemonSet' && object.kind !== 'StatefulSet') {
    throw new KubectlError(`no history viewer has been implemented for "${groupKind(object)}"`);
  }
  const spec = object.spec as { selector?: LabelSelector } | undefined; // as both kinds have it
  // The resource listed is that of ControllerRevisions.
  const owned = typedList<ControllerRevision>(
    ownedBy(invocation, object, 'controllerrevisions', 'apps', spec?.selector),
  );
  return owned
    .map((one) => {
      const data: unknown = one.data;
      const patch = isObject(data) ? data : undefined;
      const inner = patch && isObject(patch.spec) ? patch.spec : undefined;
      return {
        number: one.revision,
        cause: one.metadata.annotations?.[changeCause] ?? '',
        template: inner?.template as PodTemplateSpec | undefined, // the controllers put nothing else there
        patch,
        object: { ...object, spec: { ...spec, ...(inner && { template: withoutDirective(inner.template) }) } },
      };
    })
    .sort((a, b) => a.number - b.number);
}

/** `applyDaemonSetHistory`, `applyStatefulSetHistory`: `$patch: replace` says how, and is no field. */
function withoutDirective(template: unknown): unknown {
  if (!isObject(template)) return template;
  const { $patch: _, ...rest } = template;
  return rest;
}

/** A revision's template as its history shows it: the cause stands among the annotations. */
export function templateWithCause({ template, cause }: Revision): PodTemplateSpec | undefined {
  if (!template || cause === '') return template;
  const annotations = { ...template.metadata?.annotations, [changeCause]: cause };
  // A template's metadata has no name, which the type of metadata asks for.
  return { ...template, metadata: { ...template.metadata, annotations } as NonNullable<PodTemplateSpec['metadata']> };
}
