import type { Namespace, NamespaceCondition } from '../../api/generated/core-v1';
import { resources } from '../../api/registry';
import type { KubeObject } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { Controller, keyOf } from '../controller';
import type { QueueTimer } from '../work-queue';

/** pkg/controller/namespace/namespace_controller.go `namespaceDeletionGracePeriod` */
const gracePeriod = 5000;

/** staging/src/k8s.io/api/core/v1/types.go and namespace/deletion/status_condition_utils.go: what success reads like. */
const done: readonly (readonly [type: string, reason: string, message: string])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
];

/**
 * Empties a namespace that is to go (Pods first, the rest when they are gone) and lets it go.
 * Upstream: pkg/controller/namespace/deletion/namespaced_resources_deleter.go
 */
export class NamespaceController extends Controller {
  readonly watches = ['namespaces'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('namespace-controller', context);
  }

  observe({ type, object }: WatchEvent): void {
    if (type !== 'DELETED' && object.metadata.deletionTimestamp) this.queue.addAfter(keyOf(object), gracePeriod);
  }

  protected enqueueAll(): void {
    for (const namespace of this.client.list('namespaces')) {
      if (namespace.metadata.deletionTimestamp) this.queue.addAfter(keyOf(namespace), gracePeriod);
    }
  }

  protected sync(name: string): void {
    const namespace = this.client.get('namespaces', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    const pods = this.client.list('pods', name);
    if (pods.length > 0) {
      for (const pod of pods) this.remove('pods', pod);
      this.writeConditions(namespace);
      // Half the longest grace period, as the deleter asks to come back.
      const grace = Math.max(
        ...pods.map((pod) => pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 0),
      );
      this.queue.addAfter(name, (Math.floor(grace / 2) + 1) * 1000);
      return;
    }
    const rest = this.content(name);
    for (const { resource, object } of rest) this.remove(resource, object);
    if (this.content(name).length > 0) {
      this.writeConditions(namespace);
      this.queue.addRateLimited(name);
      return;
    }
    this.finalize(namespace);
  }

  private content(namespace: string) {
    return resources
      .filter((info) => info.namespaced && info.verbs.includes('deletecollection'))
      .flatMap((info) =>
        this.client.list(info.name, namespace).map((object: KubeObject) => ({ resource: info.name, object })),
      );
  }

  private remove(resource: (typeof resources)[number]['name'], { metadata }: KubeObject): void {
    if (!metadata.deletionTimestamp) {
      this.client.delete(resource, metadata.namespace, metadata.name, { propagationPolicy: 'Background' });
    }
  }

  private writeConditions(namespace: Namespace): void {
    if (namespace.status.conditions?.length) return;
    const lastTransitionTime = this.context.timestamp();
    const conditions: NamespaceCondition[] = done.map(([type, reason, message]) => ({
      type,
      status: 'False',
      lastTransitionTime,
      reason,
      message,
    }));
    this.client.updateStatus('namespaces', { ...namespace, status: { ...namespace.status, conditions } });
  }

  /** `PUT namespaces/NAME/finalize` without the finalizer of the cluster: the last one, so the object goes. */
  private finalize(namespace: Namespace): void {
    const live = this.client.get('namespaces', undefined, namespace.metadata.name);
    if (!live) return;
    const finalizers = (live.spec.finalizers ?? []).filter((one) => one !== 'kubernetes');
    this.client.updateFinalize({ ...live, spec: { ...live.spec, finalizers } });
  }
}
