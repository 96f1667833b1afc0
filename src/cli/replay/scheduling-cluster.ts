import { Cluster } from '@/kubernetes/cluster';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { resources, resourceOf, type ResourceInfo } from '@/kubernetes/api/registry';
import type { ApiResponse } from '@/kubernetes/apiserver/request';
import { Scheduler } from '@/kubernetes/scheduler/scheduler';
import type { SchedulerTimer } from '@/kubernetes/scheduler/ticks';
import type { SchedulingCase, SentObject, TimedAction } from './scheduling-case';

const user = 'kubernetes-admin';

/** When the Pod is created, in milliseconds after the scheduler's start: its periodic work runs by that start. */
export const podCreatedAt = 415;
/** Long enough for an attempt and everything that is written about it. */
const attemptTime = 30;

/**
 * The cluster of the recordings: an API server without TaintNodesByCondition, a scheduler, and Node objects without a
 * kubelet. Nothing else runs.
 */
export class SchedulingCluster {
  readonly cluster: Cluster;

  constructor(private readonly wanted: SchedulingCase) {
    this.cluster = new Cluster({
      name: 'scheduling',
      nodes: [],
      without: ['kube-controller-manager', 'kube-scheduler'],
      // Most attempts of the recordings came 10 to 20 ms after what caused them.
      latency: { watch: 10, schedule: 5 },
    });
    const popFromBackoff = !(wanted.scheduler_flags ?? []).some((flag) =>
      flag.includes('SchedulerPopFromBackoffQ=false'),
    );
    const context = this.cluster.context<SchedulerTimer>('kube-scheduler', 'system:kube-scheduler');
    this.cluster.add(new Scheduler(context, { popFromBackoff }));
  }

  /** Everything that exists before the Pod comes; waiting Pods have been refused by then. */
  prepare(): void {
    const { extra = [], nodes, pods } = this.wanted;
    for (const object of [...extra, ...nodes]) this.make(object);
    for (const pod of pods.filter(isBound)) this.make(pod);
    this.cluster.advance(attemptTime);
    for (const pod of pods.filter((one) => !isBound(one))) {
      this.make(pod);
      this.cluster.advance(attemptTime);
    }
    // Waiting Pods came just before; the clock is moved first, so that they are no older than in the recording.
    this.cluster.advanceTo(podCreatedAt);
  }

  /** Creates an object as sent, then sets its status as the recorder did. */
  make(object: SentObject): ApiResponse {
    const response =
      object.kind === 'Node' ? this.makeNode(object) : this.request('create', object, this.withOwners(object));
    if (response.code >= 300) return response;
    if (object.kind === 'Namespace') this.makeAccount(object.metadata.name);
    const { status } = object;
    if (isObject(status) && object.kind !== 'Node') {
      this.request('patch', object, { status }, { subresource: 'status' });
    }
    if (object.metadata.deletionTimestamp !== undefined)
      this.request('delete', object, undefined, { gracePeriodSeconds: 30 });
    return response;
  }

  /** Pods need the account of their namespace, which a controller makes that does not run here. */
  private makeAccount(namespace: string): void {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
    this.request('create', account, account);
  }

  act([, action]: TimedAction): void {
    if (action.create) this.make(action.create);
    if (action.delete) {
      const { kind, name, grace = 0 } = action.delete;
      this.request('delete', { apiVersion: 'v1', kind, metadata: { name } }, undefined, { gracePeriodSeconds: grace });
    }
    if (action.patch) {
      const { kind, name, body, subresource } = action.patch;
      this.request('patch', { apiVersion: 'v1', kind, metadata: { name } }, body, { subresource });
    }
  }

  /** Lets an attempt take place. */
  settle(): void {
    this.cluster.advance(attemptTime);
  }

  /** Defaulted by the API server, but with the recorded taints and no others. */
  private makeNode(node: SentObject): ApiResponse {
    const response = this.request('create', node, node, { dryRun: true });
    if (response.code >= 300) return response;
    // The server answers the creation of a Node with a Node.
    const stored = response.body as KubeObject;
    const spec = { ...(isObject(stored.spec) ? stored.spec : {}) };
    const taints = isObject(node.spec) ? node.spec.taints : undefined;
    if (taints === undefined) delete spec.taints;
    else spec.taints = taints;
    this.cluster.store.put('nodes', { ...stored, spec });
    return response;
  }

  /** Owner references were recorded with a placeholder for the owner's uid. */
  private withOwners(object: SentObject): JsonObject {
    const owners = object.metadata.ownerReferences;
    if (!Array.isArray(owners)) return object;
    const ownerReferences = owners.map((owner: unknown) =>
      isObject(owner) ? { ...owner, uid: this.uidOf(owner) } : owner,
    );
    return { ...object, metadata: { ...object.metadata, ownerReferences } };
  }

  private uidOf(owner: JsonObject): string {
    const info = infoOf({ apiVersion: String(owner.apiVersion), kind: String(owner.kind) });
    return (info && this.cluster.store.get(info.name, 'default', String(owner.name))?.metadata.uid) ?? 'unknown';
  }

  private request(
    verb: 'create' | 'patch' | 'delete',
    object: { apiVersion: string; kind: string; metadata: { name: string; namespace?: string } },
    body: unknown,
    options: { dryRun?: boolean; subresource?: string; gracePeriodSeconds?: number } = {},
  ): ApiResponse {
    const info = infoOf(object);
    if (!info) throw new Error(`no resource for kind ${object.kind}`);
    const namespace = info.namespaced ? (object.metadata.namespace ?? 'default') : undefined;
    const { group, version, plural } = info;
    const name = verb === 'create' ? undefined : object.metadata.name;
    const patchType = verb === 'patch' ? 'merge' : undefined;
    return this.cluster.api.handle({
      verb,
      group,
      version,
      resource: plural,
      namespace,
      name,
      body,
      patchType,
      user,
      ...options,
    });
  }
}

/** Whether a Pod is sent with its node already. */
function isBound(pod: SentObject): boolean {
  return isObject(pod.spec) && typeof pod.spec.nodeName === 'string';
}

/** Actions name a kind without its group. */
function infoOf(object: { apiVersion: string; kind: string }): ResourceInfo | undefined {
  return resourceOf(object) ?? resources.find((info) => info.kind === object.kind);
}
