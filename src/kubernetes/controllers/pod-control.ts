import type { Pod, PodTemplateSpec } from '../api/generated/core-v1';
import { cloneJson, type Draft, type KubeObject, type OwnerReference, referenceTo } from '../api/object';
import type { Client } from '../apiserver/client';
import type { EventRecorder } from '../component';
import { accepted, RequestRefused, type Steps } from './controller';

/** The owner reference a controller puts on what it makes: `metav1.NewControllerRef`. */
export function controllerReference(owner: KubeObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

/** A template with other labels. */
export function withLabels(template: PodTemplateSpec, labels: Record<string, string>): PodTemplateSpec {
  // A template's metadata has neither name nor UID, though its static type is that of stored objects.
  return { ...template, metadata: { ...template.metadata, labels } as NonNullable<PodTemplateSpec['metadata']> };
}

/** Upstream: pkg/controller/controller_utils.go `GetPodFromTemplate` */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject): Draft<Pod> {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      ...(labels ? { labels: { ...labels } } : {}),
      ...(annotations ? { annotations: { ...annotations } } : {}),
      ...(finalizers ? { finalizers: [...finalizers] } : {}),
      ownerReferences: [controllerReference(owner)],
    },
    spec: cloneJson(template.spec ?? { containers: [] }),
  };
}

/**
 * Creates and deletes Pods for a controller and says so in events on the owner.
 * Upstream: pkg/controller/controller_utils.go `RealPodControl`
 */
export class PodControl {
  constructor(
    private readonly client: Client,
    private readonly recorder: EventRecorder,
  ) {}

  /** Throws `RequestRefused` after having said `FailedCreate`. */
  create(pod: Draft<Pod>, owner: KubeObject): Pod {
    const result = this.client.create('pods', pod);
    if (result.ok) {
      const { name } = result.object.metadata;
      this.recorder.event(referenceTo(owner), 'Normal', 'SuccessfulCreate', `Created pod: ${name}`);
      return result.object;
    }
    const terminating = result.status.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating');
    if (!terminating) {
      const message = `Error creating: ${result.status.message ?? ''}`;
      this.recorder.event(referenceTo(owner), 'Warning', 'FailedCreate', message);
    }
    throw new RequestRefused(result.status);
  }

  delete(pod: Pod, owner: KubeObject): void {
    const { namespace, name } = pod.metadata;
    const result = this.client.delete('pods', namespace, name);
    if (result.ok) {
      this.recorder.event(referenceTo(owner), 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
      return;
    }
    if (result.status.reason === 'NotFound') return;
    this.recorder.event(
      referenceTo(owner),
      'Warning',
      'FailedDelete',
      `Error deleting: ${result.status.message ?? ''}`,
    );
    accepted(result);
  }
}

/** One request. */
export function* request(ask: () => unknown): Steps {
  ask();
  yield;
}

/**
 * Several tasks at the same time; returns how many succeeded and the first error. The one begun last is the first to
 * ask: Go runs the goroutine that was started last as soon as its maker waits for all of them, the others in their order.
 */
export function* together(tasks: readonly Steps<unknown>[]): Steps<{ successes: number; error?: RequestRefused }> {
  let successes = 0;
  let error: RequestRefused | undefined;
  let running = [...tasks.slice(-1), ...tasks.slice(0, -1)];
  while (running.length > 0) {
    const left: Steps<unknown>[] = [];
    for (const task of running) {
      try {
        if (task.next().done) successes++;
        else left.push(task);
      } catch (thrown) {
        if (!(thrown instanceof RequestRefused)) throw thrown;
        error ??= thrown;
      }
    }
    running = left;
    yield;
  }
  return error ? { successes, error } : { successes };
}

/**
 * Begins tasks in batches of 1, 2, 4, 8 …; a batch with an error is the last. Returns how many succeeded, and the
 * first error. Upstream: pkg/controller/replicaset/replica_set.go `slowStartBatch`
 */
export function* slowStartBatch(
  tasks: readonly Steps<unknown>[],
): Steps<{ successes: number; error?: RequestRefused }> {
  let successes = 0;
  let begun = 0;
  for (let batch = Math.min(tasks.length, 1); batch > 0; batch = Math.min(2 * batch, tasks.length - begun)) {
    const made = yield* together(tasks.slice(begun, begun + batch));
    successes += made.successes;
    begun += batch;
    if (made.error) return { successes, error: made.error };
  }
  return { successes };
}

/** How many of `count` calls are the last batch. What the batches before made is known by the time it is done. */
export function lastBatch(count: number): number {
  let size = 1;
  let rest = count;
  for (; rest > size; size *= 2) rest -= size;
  return rest;
}
