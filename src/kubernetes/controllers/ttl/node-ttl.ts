import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { Controller } from '../controller';
import type { QueueTimer } from '../work-queue';

const annotation = 'node.alpha.kubernetes.io/ttl';
/** Number of nodes → seconds a kubelet may trust its cache of Secrets. Upstream: pkg/controller/ttl/ttl_controller.go */
const boundaries: readonly (readonly [nodes: number, ttl: number])[] = [
  [100, 0],
  [500, 15],
  [1000, 30],
  [5000, 60],
];

/** Notes on every Node for how long kubelets may keep what they read, the longer the larger the cluster. */
export class NodeTtlController extends Controller {
  readonly watches = ['nodes'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('ttl-controller', context);
  }

  observe({ type, object }: WatchEvent): void {
    if (type !== 'DELETED') this.enqueue(object);
  }

  protected enqueueAll(): void {
    for (const node of this.client.list('nodes')) this.enqueue(node);
  }

  protected sync(name: string): undefined {
    const node = this.client.get('nodes', undefined, name);
    const count = this.client.list('nodes').length;
    const ttl = String(boundaries.find(([most]) => count <= most)?.[1] ?? 300);
    if (!node || node.metadata.annotations?.[annotation] === ttl) return;
    this.client.patch('nodes', undefined, name, { metadata: { annotations: { [annotation]: ttl } } });
  }
}
