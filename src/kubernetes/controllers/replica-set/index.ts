import type { ReplicaSet, ReplicaSetStatus } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import { matchesLabelSelector } from '../../api/label-selector';
import { controllerOf, deepEqual, type KubeObject, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { claim } from '../claim';
import { accepted, Controller, type RequestRefused, splitKey, type Steps } from '../controller';
import { PodControl, podFromTemplate, request, slowStartBatch, together } from '../pod-control';
import { timeUntilAvailable } from '../pod-state';
import type { QueueTimer } from '../work-queue';
import { rankForDeletion } from './deletion-rank';
import { type ReplicaSetKind, replicaSets } from './kind';
import { type Counts, type SeenPod, SeenPods } from './seen-pods';
import { replicaSetStatus } from './status';

/** Pods created or deleted in one sync at most: `BurstReplicas`. */
const burst = 500;

/**
 * Keeps as many Pods as a ReplicaSet asks for, or an object of another kind that can be seen as one.
 * Upstream: pkg/controller/replicaset/replica_set.go
 */
export class ReplicaSetController extends Controller {
  readonly watches;
  private readonly pods: PodControl;
  /** By the set's key. */
  private readonly seen = new Map<string, SeenPods>();

  constructor(
    context: ComponentContext<QueueTimer>,
    private readonly kind: ReplicaSetKind = replicaSets,
  ) {
    super(kind.controller, context);
    this.watches = [kind.resource, 'pods'] as const;
    this.pods = new PodControl(this.client, this.recorder);
  }

  observe({ resource, object, previous, type }: WatchEvent): void {
    if (resource === this.kind.resource) {
      this.enqueue(object);
      return;
    }
    this.enqueueOwner(object);
    if (previous && type === 'MODIFIED' && controllerOf(previous)?.uid !== controllerOf(object)?.uid) {
      this.enqueueOwner(previous);
    }
    if (controllerOf(object) || type === 'DELETED') return;
    for (const set of this.kind.list(this.client, object.metadata.namespace)) {
      if (matchesLabelSelector(set.spec.selector, object.metadata.labels)) this.enqueue(set);
    }
  }

  protected enqueueAll(): void {
    for (const set of this.kind.list(this.client)) this.enqueue(set);
  }

  protected *sync(key: string): Steps {
    const [namespace, name] = splitKey(key);
    const set = this.kind.get(this.client, namespace, name);
    if (!set) {
      this.seen.delete(key);
      return;
    }
    const { active, counts } = yield* this.lookAtPods(set, key);
    const failure = set.metadata.deletionTimestamp ? undefined : yield* this.manage(set, active);
    const { now } = this;
    const parse = this.context.parseTime;
    const status = replicaSetStatus(set, {
      active,
      counts,
      error: failure?.message,
      now,
      timestamp: this.context.timestamp(),
      parse,
    });
    if (!deepEqual(status, set.status)) yield* this.writeStatus(set, status);
    if (failure) throw failure;
    const minReady = set.spec.minReadySeconds ?? 0;
    const waits =
      minReady === 0 ? [] : active.flatMap(({ pod }) => timeUntilAvailable(pod, minReady, now, parse) ?? []);
    if (waits.length > 0) this.queue.addAfter(key, Math.min(...waits));
  }

  /** Somebody else may have written it meanwhile: it is tried once more on what is there then (`updateReplicaSetStatus`). */
  private *writeStatus(set: ReplicaSet, status: ReplicaSetStatus): Steps {
    const first = this.kind.updateStatus(this.client, set, status);
    yield;
    if (first.ok) return;
    const { namespace, name } = set.metadata;
    const now = this.kind.get(this.client, namespace, name);
    accepted(now ? this.kind.updateStatus(this.client, now, status) : first);
    yield;
  }

  /** Its Pods that are active, and how many there are of which kind. */
  private *lookAtPods(set: ReplicaSet, key: string): Steps<{ active: readonly SeenPod[]; counts: Readonly<Counts> }> {
    const { seen } = this;
    const own = seen.get(key) ?? new SeenPods();
    seen.set(key, own);
    const { all, counts } = own.look(set, this.client.list('pods', set.metadata.namespace));
    if (counts.unsettled === 0) {
      return { active: counts.active === all.length ? all : all.filter((pod) => pod.own && pod.active), counts };
    }
    const { terminating } = counts;
    const candidates = all.flatMap((one) => (one.active ? [one.pod] : []));
    const claimed = own.look(set, yield* claim(this.client, 'pods', set, set.spec.selector, candidates));
    return { active: claimed.all, counts: { ...claimed.counts, terminating } };
  }

  /** Creates what is missing, deletes what is too much. Returns the refusal that stopped it. */
  private *manage(set: ReplicaSet, active: readonly SeenPod[]): Steps<RequestRefused | undefined> {
    const wanted = set.spec.replicas ?? 1;
    if (active.length < wanted) return yield* this.createMissing(set, Math.min(wanted - active.length, burst));
    return active.length > wanted
      ? yield* this.deleteSurplus(set, active, Math.min(active.length - wanted, burst))
      : undefined;
  }

  private *createMissing(set: ReplicaSet, count: number): Steps<RequestRefused | undefined> {
    const { template } = set.spec;
    if (!template) return undefined;
    const create = () => request(() => this.pods.create(podFromTemplate(template, set), set));
    const { successes, error } = yield* slowStartBatch(Array.from({ length: count }, create));
    if (error) {
      const requeues = this.queue.requeues(`${set.metadata.namespace}/${set.metadata.name}`);
      this.context.decisions.record({
        component: this.name,
        subject: referenceTo(set),
        verdict: `${count - successes} of ${count} missing Pods could not be created`,
        because: [
          { text: `the API server refused: ${error.message}` },
          { text: `it has failed ${requeues + 1} times in a row; the wait before the next try doubles up to 1000 s` },
        ],
      });
    }
    return error;
  }

  private *deleteSurplus(
    set: ReplicaSet,
    active: readonly SeenPod[],
    count: number,
  ): Steps<RequestRefused | undefined> {
    const moment = { now: this.now, parse: this.context.parseTime };
    const pods = active.map(({ pod }) => pod);
    const ranked = rankForDeletion(pods, this.family(set), moment).slice(0, count);
    for (const { pod, rule } of ranked) {
      this.context.decisions.record({
        component: this.name,
        subject: referenceTo(pod),
        verdict: `chosen to be deleted: ${this.kind.kind} ${set.metadata.name} has ${active.length} Pods and wants ${set.spec.replicas ?? 1}`,
        because: [{ text: rule, about: [referenceTo(set)] }],
      });
    }
    const { error } = yield* together(ranked.map(({ pod }) => request(() => this.pods.delete(pod, set))));
    return error;
  }

  /**
   * Pods that any ReplicaSet under the same controller selects: they count when two Pods share a node. A ReplicaSet
   * without a controller has none, not even its own. Upstream: replica_set.go `getIndirectlyRelatedPods`
   */
  private family(set: ReplicaSet): Pod[] {
    const owner = controllerOf(set);
    if (!owner) return [];
    const { namespace } = set.metadata;
    const siblings = this.kind.list(this.client, namespace).filter((one) => controllerOf(one)?.uid === owner.uid);
    return this.client
      .list('pods', namespace)
      .filter(({ metadata }) => siblings.some(({ spec }) => matchesLabelSelector(spec.selector, metadata.labels)));
  }

  private enqueueOwner(pod: KubeObject): void {
    const owner = controllerOf(pod);
    if (owner?.kind !== this.kind.kind) return;
    const set = this.kind.get(this.client, pod.metadata.namespace, owner.name);
    if (set?.metadata.uid === owner.uid) this.enqueue(set);
  }
}
