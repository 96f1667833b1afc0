import type { StatefulSet } from '../../api/generated/apps-v1';
import type { PersistentVolumeClaim, Pod, PodTemplateSpec } from '../../api/generated/core-v1';
import type { Draft } from '../../api/object';
import { podFromTemplate } from '../pod-control';
import { isPodReady } from '../pod-state';

const revisionLabel = 'controller-revision-hash';

/** The number behind the last dash; undefined for a Pod of another name. */
export function ordinalOf(set: StatefulSet, pod: Pod): number | undefined {
  const match = /^(.*)-(\d+)$/.exec(pod.metadata.name);
  return match?.[1] === set.metadata.name ? Number(match[2]) : undefined;
}

/** Upstream `isRunningAndReady`. */
export function isRunningAndReady(pod: Pod): boolean {
  return pod.status.phase === 'Running' && isPodReady(pod);
}

/** Upstream `isTerminating`: asked to end. */
export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

/** The name of the ControllerRevision the Pod was made from: upstream `getPodRevision`. */
export function revisionOfPod(pod: Pod): string | undefined {
  return pod.metadata.labels?.[revisionLabel];
}

/** The name of the claim that a template makes for a Pod: upstream `getPersistentVolumeClaimName`. */
export function claimName(claim: PersistentVolumeClaim, pod: string): string {
  return `${claim.metadata.name}-${pod}`;
}

/** The Pod of one ordinal: its name is its host name. Upstream: pkg/controller/statefulset/stateful_set_utils.go */
export function ordinalPod(set: StatefulSet, template: PodTemplateSpec, ordinal: number, revision: string): Draft<Pod> {
  const name = `${set.metadata.name}-${ordinal}`;
  const { metadata, ...draft } = podFromTemplate(template, set);
  const { generateName: _generated, ...rest } = metadata;
  const claims = set.spec.volumeClaimTemplates ?? [];
  const claimed = claims.map((claim) => ({
    name: claim.metadata.name,
    persistentVolumeClaim: { claimName: claimName(claim, name) },
  }));
  const names = new Set(claimed.map((volume) => volume.name));
  const volumes = [...claimed, ...(draft.spec.volumes ?? []).filter((volume) => !names.has(volume.name))];
  return {
    ...draft,
    metadata: {
      ...rest,
      name,
      labels: {
        ...rest.labels,
        'apps.kubernetes.io/pod-index': String(ordinal),
        'statefulset.kubernetes.io/pod-name': name,
        [revisionLabel]: revision,
      },
    },
    spec: {
      ...draft.spec,
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
      ...(volumes.length > 0 ? { volumes } : {}),
    },
  };
}
