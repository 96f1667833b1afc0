import { describe, expect, it } from 'vitest';
import type { Node, Pod } from '@/kubernetes/api/generated/core-v1';
import {
  type ClusterEvent,
  clusterEvent,
  concerns,
  queueingHints,
} from '@/kubernetes/scheduler/framework/cluster-event';
import { PodInfo } from '@/kubernetes/scheduler/framework/pod-info';
import { defaultPlugins } from '@/kubernetes/scheduler/plugins';
import { nodeChanges, podChanges } from '@/kubernetes/scheduler/queue/pod-changes';
import { node, pod, portPod } from './objects';

/** Whether `plugin`, having refused `waiting`, thinks the event worth another attempt. */
function wakes(plugin: string, waiting: Pod, event: ClusterEvent): boolean {
  const info = new PodInfo(waiting);
  const events = queueingHints(defaultPlugins.find((one) => one.name === plugin)?.events ?? []);
  return events.some((one) => concerns(one, event) && (one.hint?.(info, event) ?? true));
}

const nodeEvents = (old: Node, now: Node) =>
  nodeChanges(old, now).map((action) => clusterEvent('Node', action, old, now));
const added = (now: Node) => clusterEvent('Node', 'Add', undefined, now);
const gone = (old: Pod) => clusterEvent('AssignedPod', 'Delete', old, undefined);
const bound = (now: Pod) => clusterEvent('AssignedPod', 'Add', undefined, now);

describe('what wakes a waiting Pod', () => {
  const tainted = (...keys: string[]) =>
    node('n', { spec: { taints: keys.map((key) => ({ key, effect: 'NoSchedule' })) } });

  it('a node, when it wants a port: even a tainted one', () => {
    expect(wakes('NodePorts', portPod('web', 80), added(tainted('a')))).toBe(true);
  });

  it('a taint that goes, if it was the last in the way', () => {
    const waiting = pod('web');
    const events = (old: Node, now: Node) =>
      nodeEvents(old, now).some((event) => wakes('TaintToleration', waiting, event));
    expect(events(tainted('a', 'b'), tainted('a'))).toBe(false);
    expect(events(tainted('a'), tainted())).toBe(true);
  });

  // pkg/scheduler/scheduler.go `buildQueueingHintMap`: a stand-in for Node/Add; a real v1.36.2 scheduler logs the moves
  it.each(['NodePorts', 'NodeName', 'VolumeRestrictions', 'VolumeBinding', 'InterPodAffinity'])(
    'any change of taints, where %s has refused it',
    (plugin) => {
      const [event] = nodeEvents(tainted('a'), tainted('a', 'b'));
      expect(event && wakes(plugin, portPod('web', 80), event)).toBe(true);
    },
  );

  it('no change of taints, where TaintToleration judges it by itself', () => {
    const [event] = nodeEvents(tainted('a'), tainted('a', 'b'));
    expect(event && wakes('TaintToleration', pod('web'), event)).toBe(false);
  });

  it('nothing about a heartbeat', () => {
    const beat = (at: string): Node => {
      const one = node('n');
      return {
        ...one,
        status: { ...one.status, conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: at }] },
      };
    };
    expect(nodeChanges(beat('2026-01-01T00:00:00Z'), beat('2026-01-01T00:00:10Z'))).toEqual([]);
  });

  it('an uncordoned node, and a toleration of its own', () => {
    const cordoned = node('n', { spec: { unschedulable: true } });
    const [event] = nodeEvents(cordoned, node('n'));
    // pkg/scheduler/framework/events.go `extractNodeSpecUnschedulableChange`: to be cordoned is no event
    expect(nodeChanges(node('n'), cordoned)).toEqual([]);
    expect(event && wakes('NodeUnschedulable', pod('web'), event)).toBe(true);
    const tolerant = pod('web', { spec: { tolerations: [{ operator: 'Exists' }] } });
    const [action] = podChanges(pod('web'), tolerant);
    expect(action).toBe('UpdatePodToleration');
    expect(
      wakes(
        'NodeUnschedulable',
        tolerant,
        clusterEvent('UnschedulablePod', 'UpdatePodToleration', pod('web'), tolerant),
      ),
    ).toBe(true);
  });

  it('the label it selects, with the right value', () => {
    const waiting = pod('web', { spec: { nodeSelector: { disk: 'ssd' } } });
    const labelled = (disk: string) => nodeEvents(node('n'), node('n', { labels: { disk } }));
    expect(labelled('hdd').some((event) => wakes('NodeAffinity', waiting, event))).toBe(false);
    expect(labelled('ssd').some((event) => wakes('NodeAffinity', waiting, event))).toBe(true);
  });

  it('resources that grow to what it needs, and any bound Pod that goes', () => {
    const waiting = pod('web', { container: { resources: { requests: { cpu: '2' } } } });
    const grows = (cpu: string) =>
      nodeEvents(node('n', { allocatable: { cpu: '1' } }), node('n', { allocatable: { cpu } }));
    expect(grows('1500m').some((event) => wakes('NodeResourcesFit', waiting, event))).toBe(false);
    expect(grows('2').some((event) => wakes('NodeResourcesFit', waiting, event))).toBe(true);
    expect(wakes('NodeResourcesFit', waiting, gone(pod('x', { spec: { nodeName: 'n' } })))).toBe(true);
    expect(wakes('NodeResourcesFit', waiting, gone(pod('x')))).toBe(false);
  });

  it('the company it wants arriving, or the company it refuses leaving', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } };
    const required = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const db = pod('db', { labels: { app: 'db' }, spec: { nodeName: 'n' } });
    const wanting = pod('web', { spec: { affinity: { podAffinity: required } } });
    const refusing = pod('web', { spec: { affinity: { podAntiAffinity: required } } });
    expect(wakes('InterPodAffinity', wanting, bound(db))).toBe(true);
    expect(wakes('InterPodAffinity', wanting, gone(db))).toBe(false);
    expect(wakes('InterPodAffinity', refusing, gone(db))).toBe(true);
    expect(wakes('InterPodAffinity', refusing, bound(db))).toBe(false);
  });

  it('a Pod leaving that refused its company', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
    const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const shy = pod('shy', { spec: { nodeName: 'n', affinity: { podAntiAffinity } } });
    expect(wakes('InterPodAffinity', pod('web', { labels: { app: 'web' } }), gone(shy))).toBe(true);
    expect(wakes('InterPodAffinity', pod('web', { labels: { app: 'api' } }), gone(shy))).toBe(false);
  });
});
