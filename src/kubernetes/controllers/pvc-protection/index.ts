import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import { isPodPhaseTerminal } from '../pod-state';
import type { QueueTimer } from '../work-queue';

const finalizer = 'kubernetes.io/pvc-protection';

/**
 * Lets a claim go that is to be deleted, once no Pod uses it any more.
 * Upstream: pkg/controller/volume/pvcprotection/pvc_protection_controller.go
 */
export class ClaimProtectionController extends Controller {
  readonly watches = ['persistentvolumeclaims', 'pods'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('pvc-protection-controller', context);
  }

  observe({ resource, object }: WatchEvent): void {
    if (resource === 'persistentvolumeclaims') {
      this.enqueue(object);
      return;
    }
    for (const claim of this.client.list('persistentvolumeclaims', object.metadata.namespace)) {
      if (claim.metadata.deletionTimestamp) this.enqueue(claim);
    }
  }

  protected enqueueAll(): void {
    for (const claim of this.client.list('persistentvolumeclaims')) this.enqueue(claim);
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const claim = this.client.get('persistentvolumeclaims', namespace, name);
    const finalizers = claim?.metadata.finalizers ?? [];
    if (!claim?.metadata.deletionTimestamp || !finalizers.includes(finalizer)) return;
    const used = this.client
      .list('pods', namespace)
      .some(
        (pod) =>
          !(isPodPhaseTerminal(pod) && pod.metadata.deletionTimestamp === undefined) &&
          Boolean(pod.spec.nodeName) &&
          (pod.spec.volumes ?? []).some((volume) => volume.persistentVolumeClaim?.claimName === name),
      );
    if (used) return;
    const rest = finalizers.filter((one) => one !== finalizer);
    accepted(
      this.client.patch('persistentvolumeclaims', namespace, name, {
        metadata: { finalizers: rest.length > 0 ? rest : null },
      }),
    );
  }
}
