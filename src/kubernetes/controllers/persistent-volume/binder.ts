import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/core-v1';
import { deepEqual, type KubeObject } from '../../api/object';
import type { Client } from '../../apiserver/client';
import { accepted } from '../controller';

const byController = 'pv.kubernetes.io/bound-by-controller';
/** On a claim that has its volume. */
export const bindCompleted = 'pv.kubernetes.io/bind-completed';

/**
 * Writes down that a volume and a claim belong together, in four steps: the volume's reference, its phase, the claim's, its
 * phase. Each is left out where it is done already. A real controller takes them in one go, and others see what is between
 * them: here each is a sync of its own. Upstream: pv_controller.go `bind`
 */
export class Binder {
  /** `wrote` is told of every object as the server has it now. */
  constructor(
    private readonly client: Client,
    private readonly wrote: (object: KubeObject) => void,
  ) {}

  /** Takes the first step that is not done yet; says whether it found one. */
  step(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
    return (
      this.refer(volume, claim) ||
      this.setVolumePhase(volume, 'Bound') ||
      this.giveVolume(claim, volume.metadata.name) ||
      this.setClaimStatus(claim, 'Bound', volume)
    );
  }

  setVolumePhase(volume: PersistentVolume, phase: string): boolean {
    if (volume.status.phase === phase) return false;
    const status = { ...volume.status, phase };
    this.wrote(accepted(this.client.updateStatus('persistentvolumes', { ...volume, status })));
    return true;
  }

  updateClaim(claim: PersistentVolumeClaim): void {
    this.wrote(accepted(this.client.update('persistentvolumeclaims', claim)));
  }

  /** `updateClaimStatus` */
  setClaimStatus(claim: PersistentVolumeClaim, phase: string, volume?: PersistentVolume): boolean {
    const { accessModes: _modes, capacity: _capacity, ...rest } = claim.status ?? {};
    const size = volume?.spec.capacity?.storage;
    const status = {
      ...rest,
      phase,
      ...(volume?.spec.accessModes ? { accessModes: volume.spec.accessModes } : {}),
      ...(size === undefined ? {} : { capacity: { ...claim.status?.capacity, storage: size } }),
    };
    if (deepEqual(status, claim.status)) return false;
    this.wrote(accepted(this.client.updateStatus('persistentvolumeclaims', { ...claim, status })));
    return true;
  }

  /** `bindVolumeToClaim` */
  private refer(volume: PersistentVolume, { metadata, apiVersion, kind }: PersistentVolumeClaim): boolean {
    const { claimRef } = volume.spec;
    if (claimRef?.uid === metadata.uid) return false;
    const { namespace, name, uid, resourceVersion } = metadata;
    // One that the user had reserved is not released when the claim goes.
    const preset = claimRef?.name === name && claimRef.namespace === namespace;
    const annotations: Record<string, string> = { ...volume.metadata.annotations };
    if (!preset) annotations[byController] = 'yes';
    const next = {
      ...volume,
      metadata: { ...volume.metadata, annotations },
      spec: { ...volume.spec, claimRef: { apiVersion, kind, namespace, name, uid, resourceVersion } },
    };
    this.wrote(accepted(this.client.update('persistentvolumes', next)));
    return true;
  }

  /** `bindClaimToVolume` */
  private giveVolume(claim: PersistentVolumeClaim, volumeName: string): boolean {
    const { annotations = {} } = claim.metadata;
    if (claim.spec.volumeName === volumeName && annotations[bindCompleted]) return false;
    const marks: Record<string, string> = { ...annotations, [bindCompleted]: 'yes' };
    if (!claim.spec.volumeName) marks[byController] = 'yes';
    const metadata = { ...claim.metadata, annotations: marks };
    this.updateClaim({ ...claim, metadata, spec: { ...claim.spec, volumeName } });
    return true;
  }
}
