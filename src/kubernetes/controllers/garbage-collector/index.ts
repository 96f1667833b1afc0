import { resources } from '../../api/registry';
import { type KubeObject, type OwnerReference, referenceTo, type ResourceName } from '../../api/object';
import { resourceOf } from '../../api/registry';
import type { WatchEvent } from '../../apiserver/store';
import type { Millis } from '../../clock/clock';
import type { ComponentContext } from '../../component';
import { accepted, Controller, SyncFailed } from '../controller';
import type { QueueTimer } from '../work-queue';
import { Graph, type GraphNode } from './graph';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';
/** Until the API server has said that an owner that no watch has shown is not there, and again its dependent. */
const lookUpTime: Millis = 8;

/** Events never own or are owned; everything else may be. Upstream: `DefaultIgnoredResources` */
const watched = resources
  .filter((info) => info.name !== 'events' && info.verbs.includes('watch') && info.verbs.includes('delete'))
  .map((info) => info.name);

/**
 * Deletes what has no owner left, and carries out foreground and orphaning deletions.
 * Upstream: pkg/controller/garbagecollector
 */
export class GarbageCollector extends Controller {
  readonly watches: readonly ResourceName[] = watched;
  private readonly graph = new Graph();

  constructor(context: ComponentContext<QueueTimer>) {
    super('garbage-collector-controller', context);
  }

  /** A node's renewals of its Lease, the most frequent of all writes, say nothing about owners. */
  heeds({ resource, type, object: { metadata }, previous }: WatchEvent): boolean {
    if (resource !== 'leases.coordination.k8s.io' || type !== 'MODIFIED') return true;
    return metadata.deletionTimestamp !== undefined || metadata.ownerReferences !== previous?.metadata.ownerReferences;
  }

  observe({ type, resource, object }: WatchEvent): void {
    const { uid } = object.metadata;
    if (type === 'DELETED') {
      const owners = this.graph.get(uid)?.owners ?? [];
      this.graph.remove(uid);
      for (const dependent of this.graph.dependentsOf(uid)) this.queue.add(dependent.uid);
      for (const owner of owners) if (this.isForeground(owner)) this.queue.add(owner);
      return;
    }
    const previous = this.graph.get(uid);
    this.graph.put(resource, object);
    for (const owner of previous?.owners ?? []) if (this.isForeground(owner)) this.queue.add(owner);
    const { deletionTimestamp, finalizers = [], ownerReferences } = object.metadata;
    if (deletionTimestamp) {
      if (finalizers.includes(foreground) || finalizers.includes(orphan)) this.queue.add(uid);
    } else if (ownerReferences && ownerReferences !== previous?.references) this.lookAtOwners(object, ownerReferences);
  }

  /**
   * An owner that was never seen is looked up before its dependents are; one that was seen elsewhere, or as something
   * else, makes the dependent worth a look. Upstream: graph_builder.go `addDependentToOwners`
   */
  private lookAtOwners(object: KubeObject, references: readonly OwnerReference[]): void {
    const { uid, namespace } = object.metadata;
    let isDoubtful = false;
    for (const reference of references) {
      const owner = this.graph.get(reference.uid);
      if (!owner) this.queue.addAfter(uid, lookUpTime);
      else if (isDoubtful) continue;
      else if (owner.namespace !== undefined && owner.namespace !== namespace) {
        this.sayElsewhere(object, reference);
        isDoubtful = true;
      } else if (owner.name !== reference.name || resourceOf(reference)?.name !== owner.resource) isDoubtful = true;
    }
    if (isDoubtful) this.queue.add(uid);
  }

  /** Upstream: graph_builder.go `reportInvalidNamespaceOwnerRef`, graph.go `objectReference.String` */
  private sayElsewhere(object: KubeObject, { apiVersion, kind, name, uid }: OwnerReference): void {
    const { namespace = '' } = object.metadata;
    const owner = `[${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}]`;
    const message = `ownerRef ${owner} does not exist in namespace "${namespace}"`;
    this.recorder.event(referenceTo(object), 'Warning', 'OwnerRefInvalidNamespace', message);
  }

  protected enqueueAll(): void {
    this.graph.clear();
    for (const resource of watched) for (const object of this.client.list(resource)) this.graph.put(resource, object);
    for (const node of this.graph.all()) this.queue.add(node.uid);
  }

  protected sync(uid: string): undefined {
    const node = this.graph.get(uid);
    const object = node && this.read(node);
    if (!node || !object) return;
    const { deletionTimestamp, finalizers = [] } = object.metadata;
    if (deletionTimestamp && finalizers.includes(orphan)) this.orphanDependents(node, object);
    else if (deletionTimestamp && finalizers.includes(foreground)) this.deleteDependents(node, object);
    else if (!deletionTimestamp && object.metadata.ownerReferences?.length) this.collect(node, object);
  }

  /** Deletes an object whose owners are all gone; drops references to owners that are gone or going. */
  private collect(node: GraphNode, object: KubeObject): void {
    const references = object.metadata.ownerReferences ?? [];
    const owners = references.map((reference) => ({ reference, owner: this.readOwner(reference, object) }));
    const solid = owners.filter(({ owner }) => owner && !waitsForDependents(owner));
    const waiting = owners.filter(({ owner }) => owner && waitsForDependents(owner));
    if (solid.length > 0) {
      if (solid.length === owners.length) return;
      this.patch(node, { ownerReferences: solid.map(({ reference }) => reference) });
      return;
    }
    const finalizers = object.metadata.finalizers ?? [];
    const hasDependents = this.graph.dependentsOf(node.uid).length > 0;
    const policy =
      waiting.length > 0 && hasDependents
        ? 'Foreground'
        : finalizers.includes(orphan)
          ? 'Orphan'
          : finalizers.includes(foreground)
            ? 'Foreground'
            : 'Background';
    const { namespace, name } = object.metadata;
    const preconditions = { uid: node.uid };
    const result = this.client.delete(node.resource, namespace, name, { propagationPolicy: policy, preconditions });
    if (!result.ok && result.status.reason !== 'NotFound') accepted(result);
  }

  /** Foreground: the owner goes when nothing that blocks it is left. */
  private deleteDependents(node: GraphNode, object: KubeObject): void {
    const blocking = this.graph.dependentsOf(node.uid).filter((one) => one.blocks.has(node.uid));
    if (blocking.length === 0) {
      this.removeFinalizer(node, object, foreground);
      return;
    }
    for (const dependent of blocking) this.queue.add(dependent.uid);
  }

  private orphanDependents(node: GraphNode, object: KubeObject): void {
    for (const dependent of this.graph.dependentsOf(node.uid)) {
      const live = this.read(dependent);
      const rest = (live?.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== node.uid);
      if (live) this.patch(dependent, { ownerReferences: rest.length > 0 ? rest : null });
    }
    this.removeFinalizer(node, object, orphan);
  }

  private removeFinalizer(node: GraphNode, object: KubeObject, finalizer: string): void {
    const rest = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer);
    this.patch(node, { finalizers: rest.length > 0 ? rest : null });
  }

  private patch(node: GraphNode, metadata: Record<string, unknown>): void {
    const { namespace, name } = node;
    const result = this.client.patch(node.resource, namespace, name, { metadata });
    if (!result.ok && result.status.reason !== 'NotFound') accepted(result);
  }

  private read(node: GraphNode): KubeObject | undefined {
    const live: KubeObject | undefined = this.client.get(node.resource, node.namespace, node.name);
    return live?.metadata.uid === node.uid ? live : undefined;
  }

  private readOwner(reference: OwnerReference, dependent: KubeObject): KubeObject | undefined {
    const info = resourceOf(reference);
    // Of a kind that nobody knows it cannot be said whether the owner is there. Upstream: `restMappingError`
    if (!info) throw new SyncFailed(`there is no kind ${reference.kind} in ${reference.apiVersion}`);
    const namespace = info.namespaced ? dependent.metadata.namespace : undefined;
    const owner: KubeObject | undefined = this.client.get(info.name, namespace, reference.name);
    return owner?.metadata.uid === reference.uid ? owner : undefined;
  }

  private isForeground(uid: string): boolean {
    const node = this.graph.get(uid);
    const object = node && this.read(node);
    return object !== undefined && waitsForDependents(object);
  }
}

function waitsForDependents({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(foreground);
}
