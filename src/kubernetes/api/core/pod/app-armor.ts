// Upstream: pkg/registry/core/pod/strategy.go `applyAppArmorVersionSkew`
import { Path } from '../../field-error';
import type { AppArmorProfile, Container, EphemeralContainer, Pod } from '../../generated/core-v1';
import { deepEqual } from '../../object';
import { containersOf } from '../pod-spec/validation/all-containers';
import { appArmorPrefix, appArmorText } from '../pod-spec/warnings';

interface Sync {
  readonly container: Container | EphemeralContainer;
  readonly key: string;
  readonly annotation: string | undefined;
  /** What the annotation says, as a field; undefined where it says nothing valid. */
  readonly fromAnnotation: AppArmorProfile | undefined;
  /** The annotation has to become the container's field. */
  readonly copy: boolean;
}

function syncs({ metadata, spec }: Pod): Sync[] {
  if (!metadata.annotations || spec.os?.name === 'windows') return [];
  const ofPod = spec.securityContext?.appArmorProfile;
  return containersOf(spec, Path.root).map(({ container }) => {
    const key = appArmorPrefix + container.name;
    const annotation = metadata.annotations?.[key];
    const own = container.securityContext?.appArmorProfile;
    const fromAnnotation = annotation === undefined ? undefined : profileOf(annotation);
    const copy = own === undefined && fromAnnotation !== undefined && !deepEqual(fromAnnotation, ofPod);
    return { container, key, annotation, fromAnnotation, copy };
  });
}

function profileOf(annotation: string): AppArmorProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const localhostProfile = annotation.startsWith('localhost/') ? annotation.slice('localhost/'.length) : '';
  return localhostProfile && localhostProfile.trim() === localhostProfile
    ? { type: 'Localhost', localhostProfile }
    : undefined;
}

/** What an old annotation says becomes the newer field, where that is not set. In place. */
export function applyAppArmorAnnotations(pod: Pod): void {
  for (const { container, fromAnnotation, copy } of syncs(pod)) {
    if (copy) container.securityContext = { ...container.securityContext, appArmorProfile: fromAnnotation };
  }
}

/** Said of an annotation that has no field beside it, or that no field can be made of. */
export function appArmorWarnings(pod: Pod): string[] {
  return syncs(pod)
    .filter(({ container, annotation, fromAnnotation, copy }) => {
      const missing = container.securityContext?.appArmorProfile === undefined;
      return annotation !== undefined && missing && (copy || fromAnnotation === undefined);
    })
    .map(({ key }) => `metadata.annotations[${key}]: ${appArmorText}`);
}
