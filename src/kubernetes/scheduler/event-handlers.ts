import type { Node, Pod } from '../api/generated/core-v1';
import type { ResourceName } from '../api/object';
import type { Cache } from './cache';
import { type EventResource, clusterEvent } from './framework/cluster-event';
import { PodInfo, podKey } from './framework/pod-info';
import type { Change } from './informer';
import type { Nominations } from './preemption/nominations';
import { nodeChanges, podChanges } from './queue/pod-changes';
import type { SchedulingQueue } from './queue/scheduling-queue';

/** What the handlers keep up to date. */
export interface Listening {
  readonly cache: Cache;
  readonly queue: SchedulingQueue;
  readonly nominations: Nominations;
  /** The `schedulerName` of the Pods this scheduler is responsible for. */
  readonly schedulerName: string;
}

/** What the scheduler watches, in the order in which it lists it at the start. */
export const watchedResources: readonly ResourceName[] = [
  'nodes',
  'pods',
  'persistentvolumeclaims',
  'persistentvolumes',
  'storageclasses.storage.k8s.io',
  'csinodes.storage.k8s.io',
  'volumeattachments.storage.k8s.io',
];

const otherResources: Partial<Record<ResourceName, EventResource>> = {
  persistentvolumeclaims: 'PersistentVolumeClaim',
  persistentvolumes: 'PersistentVolume',
  'storageclasses.storage.k8s.io': 'StorageClass',
  'csinodes.storage.k8s.io': 'CSINode',
  'volumeattachments.storage.k8s.io': 'VolumeAttachment',
};

/**
 * Takes a change into cache and queue, and wakes the Pods it may help.
 * Upstream: pkg/scheduler/eventhandlers.go
 */
export function handleChange(to: Listening, { resource, old, now }: Change): void {
  // The store keeps Nodes under `nodes` and Pods under `pods`.
  if (resource === 'nodes') nodeChanged(to, old as Node | undefined, now as Node | undefined);
  else if (resource === 'pods') podChanged(to, old as Pod | undefined, now as Pod | undefined);
  else {
    const source = otherResources[resource];
    if (source) to.queue.move(clusterEvent(source, !old ? 'Add' : now ? 'Update' : 'Delete', old, now));
  }
}

function nodeChanged({ cache, queue }: Listening, old: Node | undefined, now: Node | undefined): void {
  if (now) cache.putNode(now);
  else if (old) cache.removeNode(old.metadata.name);
  if (old && now) for (const action of nodeChanges(old, now)) queue.move(clusterEvent('Node', action, old, now));
  else queue.move(clusterEvent('Node', now ? 'Add' : 'Delete', old, now));
}

function isFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** A Pod moves between two views: bound ones fill the cache, waiting ones the queue; finished ones are in neither. */
function podChanged(to: Listening, old: Pod | undefined, now: Pod | undefined): void {
  const isAssigned = (pod: Pod | undefined) => !!pod?.spec.nodeName && !isFinished(pod);
  const isWaiting = (pod: Pod | undefined) =>
    !!pod && !pod.spec.nodeName && !isFinished(pod) && pod.spec.schedulerName === to.schedulerName;
  if (isWaiting(old) || isWaiting(now))
    waitingChanged(to, isWaiting(old) ? old : undefined, isWaiting(now) ? now : undefined);
  if (isAssigned(old) || isAssigned(now))
    assignedChanged(to, isAssigned(old) ? old : undefined, isAssigned(now) ? now : undefined);
}

function waitingChanged({ queue, nominations, cache }: Listening, old: Pod | undefined, now: Pod | undefined): void {
  if (now) {
    // A Pod just placed is in the cache until its binding shows; a late write about it is no news.
    if (cache.has(podKey(now))) return;
    const node = now.status.nominatedNodeName;
    if (node) nominations.put(new PodInfo(now), node);
    else if (old?.status.nominatedNodeName) nominations.remove(podKey(now));
    if (!old) queue.add(now);
    else if (old.metadata.uid === now.metadata.uid) queue.update(old, now);
    else {
      queue.delete(podKey(old));
      queue.add(now);
    }
  } else if (old) {
    queue.delete(podKey(old));
    nominations.remove(podKey(old));
    // The place that was kept for it is free again.
    if (old.status.nominatedNodeName && !cache.has(podKey(old))) {
      queue.move(clusterEvent('AssignedPod', 'Delete', old, undefined));
    }
  }
}

function assignedChanged({ cache, queue }: Listening, old: Pod | undefined, now: Pod | undefined): void {
  if (now) cache.putPod(now);
  else if (old) cache.removePod(podKey(old));
  if (old && now) {
    for (const action of podChanges(old, now)) queue.move(clusterEvent('AssignedPod', action, old, now));
  } else queue.move(clusterEvent('AssignedPod', now ? 'Add' : 'Delete', old, now));
}
