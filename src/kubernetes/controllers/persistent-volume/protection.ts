import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { accepted, Controller } from '../controller';
import type { QueueTimer } from '../work-queue';

const finalizer = 'kubernetes.io/pv-protection';

/**
 * Lets a volume go that is to be deleted, once no claim has it any more.
 * Upstream: pkg/controller/volume/pvprotection/pv_protection_controller.go
 */
export class VolumeProtectionController extends Controller {
  readonly watches = ['persistentvolumes'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('pv-protection-controller', context);
  }

  observe({ object }: WatchEvent): void {
    this.enqueue(object);
  }

  protected enqueueAll(): void {
    for (const volume of this.client.list('persistentvolumes')) this.enqueue(volume);
  }

  protected sync(name: string): undefined {
    const volume = this.client.get('persistentvolumes', undefined, name);
    const finalizers = volume?.metadata.finalizers ?? [];
    if (!volume?.metadata.deletionTimestamp || !finalizers.includes(finalizer)) return;
    if (volume.status.phase === 'Bound') return;
    const rest = finalizers.filter((one) => one !== finalizer);
    const metadata = { finalizers: rest.length > 0 ? rest : null };
    accepted(this.client.patch('persistentvolumes', undefined, name, { metadata }));
  }
}
