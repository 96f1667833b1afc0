import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { Millis } from '../../clock/clock';
import type { ComponentContext } from '../../component';
import { claimClass } from '../../placement/matching-volume';
import { Controller, keyOf, splitKey } from '../controller';
import { isPodPhaseTerminal } from '../pod-state';
import type { QueueTimer } from '../work-queue';
import { Binder, bindCompleted } from './binder';
import { bestVolume } from './match';

/** `--pvclaimbinder-sync-period`: then every claim and volume is looked at again. */
const resyncPeriod: Millis = 15_000;
const resyncKey = 'resync';
/** From one write of a binding to the next. */
const writeTime: Millis = 5;
const provisionerAnnotations = [
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
];
const selectedNode = 'volume.kubernetes.io/selected-node';

/**
 * Brings claims and volumes together, and says in events why a claim has none. Volumes are not made: that is for
 * provisioners, and there is none here. What a volume that is given back holds is not deleted either.
 * Upstream: pkg/controller/volume/persistentvolume/pv_controller.go
 */
export class PersistentVolumeController extends Controller {
  readonly watches = ['persistentvolumeclaims', 'persistentvolumes'] as const;
  private readonly binder: Binder;
  /** What it has written itself, as UID and resource version: no news when the watch tells of it (`storeObjectUpdate`). */
  private readonly own = new Set<string>();

  constructor(context: ComponentContext<QueueTimer>) {
    super('persistent-volume-binder', context, undefined, 'persistentvolume-controller');
    this.binder = new Binder(this.client, ({ metadata }) =>
      this.own.add(`${metadata.uid} ${metadata.resourceVersion}`),
    );
  }

  observe({ resource, object }: WatchEvent): void {
    if (this.own.delete(`${object.metadata.uid} ${object.metadata.resourceVersion}`)) return;
    const key = keyOf(object);
    this.queue.add(resource === 'persistentvolumes' ? `volume/${key}` : `claim/${key}`);
    // A claim that is gone gives its volume back.
    if (resource !== 'persistentvolumeclaims') return;
    for (const { metadata, spec } of this.client.list('persistentvolumes'))
      if (spec.claimRef?.uid === object.metadata.uid) this.queue.add(`volume/${metadata.name}`);
  }

  protected enqueueAll(): void {
    this.queue.addRound(resyncKey, resyncPeriod);
    for (const volume of this.client.list('persistentvolumes')) this.queue.add(`volume/${keyOf(volume)}`);
    for (const claim of this.client.list('persistentvolumeclaims')) this.queue.add(`claim/${keyOf(claim)}`);
  }

  protected sync(key: string): undefined {
    if (key === resyncKey) {
      this.enqueueAll();
      return;
    }
    const [kind, rest] = splitKey(key);
    if (kind === 'volume') {
      const volume = this.client.get('persistentvolumes', undefined, rest);
      if (volume) this.syncVolume(volume);
      return;
    }
    const [namespace, name] = splitKey(rest);
    const claim = this.client.get('persistentvolumeclaims', namespace, name);
    if (!claim) return;
    if (claim.metadata.annotations?.[bindCompleted]) this.syncBound(claim);
    else if (claim.spec.volumeName) this.syncRequested(claim, claim.spec.volumeName);
    else this.syncUnbound(claim);
  }

  /** `syncVolume`: its phase. */
  private syncVolume(volume: PersistentVolume): void {
    const { claimRef } = volume.spec;
    if (!claimRef?.uid) {
      this.binder.setVolumePhase(volume, 'Available');
      return;
    }
    const claim = this.client.get('persistentvolumeclaims', claimRef.namespace, claimRef.name ?? '');
    if (claim?.metadata.uid !== claimRef.uid) this.binder.setVolumePhase(volume, 'Released');
    else if (!claim.spec.volumeName) this.queue.add(`claim/${keyOf(claim)}`);
    else if (claim.spec.volumeName === volume.metadata.name) this.binder.setVolumePhase(volume, 'Bound');
  }

  /** `syncUnboundClaim` of a claim that takes any volume. */
  private syncUnbound(claim: PersistentVolumeClaim): void {
    const className = claimClass(claim);
    const storageClass = this.client.get('storageclasses.storage.k8s.io', undefined, className);
    const waits = storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
    const volume = bestVolume(this.client.list('persistentvolumes'), claim, waits);
    if (volume) {
      this.bind(volume, claim);
      return;
    }
    if (waits && !claim.metadata.annotations?.[selectedNode]) this.sayWhatIsAwaited(claim);
    else if (className !== '') {
      this.provision(claim, className, storageClass?.provisioner);
      return;
    } else {
      const message = 'no persistent volumes available for this claim and no storage class is set';
      this.say(claim, 'Normal', 'FailedBinding', message);
    }
    this.binder.setClaimStatus(claim, 'Pending');
  }

  /** `syncUnboundClaim` of a claim that names its volume. */
  private syncRequested(claim: PersistentVolumeClaim, name: string): void {
    const volume = this.client.get('persistentvolumes', undefined, name);
    const reference = volume?.spec.claimRef;
    const mine = reference?.name === claim.metadata.name && reference.namespace === claim.metadata.namespace;
    if (!volume) this.binder.setClaimStatus(claim, 'Pending');
    else if (!reference || (mine && (!reference.uid || reference.uid === claim.metadata.uid))) this.bind(volume, claim);
    else {
      this.say(claim, 'Warning', 'FailedBinding', `volume "${name}" already bound to a different claim.`);
      this.binder.setClaimStatus(claim, 'Pending');
    }
  }

  private bind(volume: PersistentVolume, claim: PersistentVolumeClaim): void {
    if (this.binder.step(volume, claim)) this.queue.addAfter(`claim/${keyOf(claim)}`, writeTime);
  }

  private syncBound(claim: PersistentVolumeClaim): void {
    const { volumeName } = claim.spec;
    const volume = volumeName ? this.client.get('persistentvolumes', undefined, volumeName) : undefined;
    const lost = (reason: string, message: string) => {
      if (claim.status?.phase === 'Lost') return;
      this.say(claim, 'Warning', reason, message);
      this.binder.setClaimStatus(claim, 'Lost');
    };
    if (!volumeName) {
      lost('ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
    } else if (!volume) lost('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
    else if (!volume.spec.claimRef || volume.spec.claimRef.uid === claim.metadata.uid) this.bind(volume, claim);
    else lost('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
  }

  /** `provisionClaim` as far as it goes without a provisioner: the claim is marked, and waits. */
  private provision(claim: PersistentVolumeClaim, className: string, provisioner: string | undefined): void {
    if (provisioner === undefined) {
      this.say(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${className}" not found`);
      return;
    }
    if (provisioner.startsWith('kubernetes.io/')) {
      this.say(claim, 'Warning', 'ProvisioningFailed', `no volume plugin matched name: ${provisioner}`);
      return;
    }
    const { annotations = {} } = claim.metadata;
    if (provisionerAnnotations.some((name) => annotations[name] !== provisioner)) {
      const marks = Object.fromEntries(provisionerAnnotations.map((name) => [name, provisioner]));
      const metadata = { ...claim.metadata, annotations: { ...annotations, ...marks } };
      this.binder.updateClaim({ ...claim, metadata });
    }
    const message =
      `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system ` +
      'administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
    this.say(claim, 'Normal', 'ExternalProvisioning', message);
  }

  /** `emitEventForUnboundDelayBindingClaim` */
  private sayWhatIsAwaited(claim: PersistentVolumeClaim): void {
    const pods = this.client
      .list('pods', claim.metadata.namespace)
      .filter((pod) => !isPodPhaseTerminal(pod) && !pod.spec.nodeName)
      .filter((pod) => pod.spec.volumes?.some((one) => one.persistentVolumeClaim?.claimName === claim.metadata.name))
      .map((pod) => pod.metadata.name);
    if (pods.length === 0) {
      this.say(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding');
      return;
    }
    const who = pods.length > 1 ? `pods ${pods.join(',')}` : `pod ${pods[0]}`;
    this.say(claim, 'Normal', 'WaitForPodScheduled', `waiting for ${who} to be scheduled`);
  }

  private say(claim: PersistentVolumeClaim, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.recorder.event(referenceTo(claim), type, reason, message);
  }
}
