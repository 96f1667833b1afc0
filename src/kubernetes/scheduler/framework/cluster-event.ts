import type { KubeObject } from '../../api/object';
import type { PodInfo } from './pod-info';

/** What an event happened to, as plugins register for it. */
export type EventResource =
  'Pod' | 'Node' | 'PersistentVolume' | 'PersistentVolumeClaim' | 'StorageClass' | 'CSINode' | 'VolumeAttachment' | '*';

/** `AssignedPod` and the others are Pods seen from the queue: bound, waiting, or the waiting Pod itself. */
export type EventSource = EventResource | 'AssignedPod' | 'UnschedulablePod';

/** Upstream: staging/src/k8s.io/kube-scheduler/framework/types.go `ActionType` */
export type EventAction =
  | 'Add'
  | 'Delete'
  | 'Update'
  | 'UpdateNodeAllocatable'
  | 'UpdateNodeLabel'
  | 'UpdateNodeTaint'
  | 'UpdateNodeCondition'
  | 'UpdateNodeAnnotation'
  | 'UpdatePodLabel'
  | 'UpdatePodScaleDown'
  | 'UpdatePodToleration'
  | 'UpdatePodSchedulingGatesEliminated'
  | 'UpdatePodOther';

/** Something that happened in the cluster and may help a Pod that waits. */
export interface ClusterEvent {
  readonly source: EventSource;
  readonly action: EventAction;
  /** As the scheduler's log names it: `AssignedPodDelete`, `NodeUpdateNodeTaint`, `UnschedulableTimeout`. */
  readonly label: string;
  readonly old?: KubeObject;
  readonly new?: KubeObject;
}

/** Whether an event is worth another attempt for a Pod: the `QueueingHintFn` of upstream. */
export type QueueingHint = (pod: PodInfo, event: ClusterEvent) => boolean;

/** A plugin's interest in a kind of event. Without a hint every such event counts. */
export interface EventRegistration {
  readonly resource: EventResource;
  readonly actions: readonly EventAction[];
  readonly hint?: QueueingHint;
}

export function clusterEvent(
  source: EventSource,
  action: EventAction,
  old: KubeObject | undefined,
  now: KubeObject | undefined,
): ClusterEvent {
  return { source, action, label: `${source}${action}`, old, new: now };
}

/** The periodic flush: no plugin is asked. Upstream: pkg/scheduler/framework/events.go `EventUnschedulableTimeout` */
export const unschedulableTimeout: ClusterEvent = { source: '*', action: 'Update', label: 'UnschedulableTimeout' };

/**
 * What wakes the Pods that a plugin refused. Who is interested in new nodes hears of every change of taints as well, whatever
 * its hint would say. Upstream: pkg/scheduler/scheduler.go `buildQueueingHintMap`
 */
export function queueingHints(registered: readonly EventRegistration[]): readonly EventRegistration[] {
  const hears = (action: EventAction) =>
    registered.some(({ resource, actions }) => resource === 'Node' && actions.includes(action));
  if (!hears('Add') || hears('UpdateNodeTaint')) return registered;
  return [...registered, { resource: 'Node', actions: ['UpdateNodeTaint'] }];
}

/** Whether a registration is about this event. */
export function concerns(registration: EventRegistration, event: ClusterEvent): boolean {
  const resource = event.source === 'AssignedPod' || event.source === 'UnschedulablePod' ? 'Pod' : event.source;
  return registration.resource === resource && registration.actions.includes(event.action);
}
