import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { accepted, Controller } from '../controller';
import type { QueueTimer } from '../work-queue';

const configMap = 'kube-root-ca.crt';

/**
 * Puts the cluster's root certificate into every namespace. The certificate itself is not simulated: the text says so.
 * Upstream: pkg/controller/certificates/rootcacertpublisher/publisher.go
 */
export class RootCaPublisher extends Controller {
  readonly watches = ['namespaces', 'configmaps'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('root-ca-cert-publisher', context);
  }

  observe({ resource, type, object }: WatchEvent): void {
    if (resource === 'namespaces') this.queue.add(object.metadata.name);
    else if (type === 'DELETED' && object.metadata.name === configMap) this.queue.add(object.metadata.namespace ?? '');
  }

  protected enqueueAll(): void {
    for (const namespace of this.client.list('namespaces')) this.queue.add(namespace.metadata.name);
  }

  protected sync(name: string): undefined {
    const namespace = this.client.get('namespaces', undefined, name);
    if (!namespace || namespace.metadata.deletionTimestamp || this.client.get('configmaps', name, configMap)) return;
    const annotations = {
      'kubernetes.io/description':
        'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
    };
    accepted(
      this.client.create('configmaps', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: configMap, namespace: name, annotations },
        data: { 'ca.crt': 'certificates are not simulated\n' },
      }),
    );
  }
}
