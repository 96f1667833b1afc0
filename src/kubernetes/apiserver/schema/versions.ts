import type { KubernetesVersion } from '../../api/kind';

interface FieldChange {
  /** The struct, in the notation of v1.36.json. */
  readonly struct: string;
  readonly field: string;
  /** The first minor that knows it. */
  readonly since?: KubernetesVersion;
  /** The last minor that knew it, and what it was. */
  readonly until?: KubernetesVersion;
  readonly was?: string;
}

/** Fields that came or went between the minors that can be simulated. Made by comparing the Go types of each. */
const changes: readonly FieldChange[] = [
  { struct: 'core/v1.NodeStatus', field: 'declaredFeatures', since: '1.35' },
  { struct: 'core/v1.PodCertificateProjection', field: 'userAnnotations', since: '1.35' },
  { struct: 'core/v1.PodStatus', field: 'allocatedResources', since: '1.35' },
  { struct: 'core/v1.PodStatus', field: 'resources', since: '1.35' },
  { struct: 'storage/v1.CSIDriverSpec', field: 'serviceAccountTokenInSecrets', since: '1.35' },
  { struct: 'apiextensions/v1.CustomResourceDefinitionCondition', field: 'observedGeneration', since: '1.35' },
  { struct: 'apiextensions/v1.CustomResourceDefinitionStatus', field: 'observedGeneration', since: '1.35' },
  { struct: 'core/v1.PodSpec', field: 'workloadRef', since: '1.35', until: '1.35', was: '*core/v1.WorkloadReference?' },
  { struct: 'core/v1.PodSpec', field: 'schedulingGroup', since: '1.36' },
  { struct: 'core/v1.PodStatus', field: 'nodeAllocatableResourceClaimStatuses', since: '1.36' },
  { struct: 'core/v1.ResourceHealth', field: 'message', since: '1.36' },
  { struct: 'core/v1.VolumeMountStatus', field: 'volumeStatus', since: '1.36' },
  { struct: 'meta/v1.ListMeta', field: 'shardInfo', since: '1.36' },
  { struct: 'resource/v1.Device', field: 'nodeAllocatableResourceMappings', since: '1.36' },
  { struct: 'resource/v1.DeviceAttribute', field: 'bools', since: '1.36' },
  { struct: 'resource/v1.DeviceAttribute', field: 'ints', since: '1.36' },
  { struct: 'resource/v1.DeviceAttribute', field: 'strings', since: '1.36' },
  { struct: 'resource/v1.DeviceAttribute', field: 'versions', since: '1.36' },
  { struct: 'storage/v1.CSIDriverSpec', field: 'preventPodSchedulingIfMissing', since: '1.36' },
];

/** What a struct of v1.36.json has to gain and lose to be that of `version`. */
export function fieldChanges(
  struct: string,
  version: KubernetesVersion,
): { readonly added: Readonly<Record<string, string>>; readonly removed: ReadonlySet<string> } {
  const added: Record<string, string> = {};
  const removed = new Set<string>();
  for (const change of changes) {
    if (change.struct !== struct) continue;
    const known = (change.since ?? '1.34') <= version && version <= (change.until ?? '1.36');
    if (known && change.was !== undefined) added[change.field] = change.was;
    if (!known) removed.add(change.field);
  }
  return { added, removed };
}

/** What the JSON decoder of a minor does differently. */
export interface DecoderFacts {
  /** Paths in type errors name embedded structs (the Go release that 1.35 and later are built with). */
  readonly pathsNameEmbeddedStructs: boolean;
  /** Where the scheme was made, as `no kind … is registered` says it. */
  readonly scheme: string;
}

const facts: Readonly<Record<KubernetesVersion, DecoderFacts>> = {
  '1.34': { pathsNameEmbeddedStructs: false, scheme: 'pkg/runtime/scheme.go:110' },
  '1.35': { pathsNameEmbeddedStructs: true, scheme: 'pkg/runtime/scheme.go:111' },
  '1.36': { pathsNameEmbeddedStructs: true, scheme: 'pkg/runtime/scheme.go:111' },
};

export function decoderFacts(version: KubernetesVersion): DecoderFacts {
  return facts[version];
}
