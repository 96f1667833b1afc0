import { describe, expect, it } from 'vitest';
import { clusterEvent } from '@/kubernetes/scheduler/framework/cluster-event';
import { defaultPlugins } from '@/kubernetes/scheduler/plugins';
import { SchedulingQueue } from '@/kubernetes/scheduler/queue/scheduling-queue';
import { node, pod, portPod } from './objects';

function queueWith(popFromBackoff = true) {
  const time = { now: 0 };
  const moves: string[] = [];
  const queue = new SchedulingQueue({
    plugins: defaultPlugins,
    popFromBackoff,
    epoch: 0,
    now: () => time.now,
    moved: (queued, event, name) => moves.push(`${queued.key} ${event} ${name}`),
  });
  const refuse = (plugin: string) => {
    const queued = queue.pop();
    if (queued) queue.putBack(queued, new Set([plugin]));
  };
  return { queue, time, moves, refuse };
}

const holder = portPod('holder', 8080, {}, { spec: { nodeName: 'n' } });
const holderGone = clusterEvent('AssignedPod', 'Delete', holder, undefined);

describe('the scheduling queue', () => {
  it('gives higher priorities first, then those who came first', () => {
    const { queue } = queueWith();
    for (const [name, priority] of [
      ['a', 0],
      ['b', 10],
      ['c', 0],
      ['d', 10],
    ] as const) {
      queue.add(pod(name, { spec: { priority } }));
    }
    expect([1, 2, 3, 4].map(() => queue.pop()?.pod.metadata.name)).toEqual(['b', 'd', 'a', 'c']);
  });

  it('wakes a Pod that wants a port when its holder goes, not when others go', () => {
    const { queue, time, moves, refuse } = queueWith();
    queue.add(portPod('web', 8080));
    refuse('NodePorts');
    time.now = 5000;
    const other = portPod('other', 8081, {}, { spec: { nodeName: 'n' } });
    const udp = portPod('udp', 8080, { protocol: 'UDP' }, { spec: { nodeName: 'n' } });
    for (const one of [other, udp]) queue.move(clusterEvent('AssignedPod', 'Delete', one, undefined));
    queue.move(clusterEvent('Node', 'UpdateNodeLabel', node('n'), node('n', { labels: { a: 'b' } })));
    expect(queue.hasWork).toBe(false);
    queue.move(holderGone);
    expect(queue.pop()?.key).toBe('default/web');
    expect(moves).toEqual([
      'default/web UnschedulablePodAdd Active',
      'default/web ScheduleAttemptFailure Unschedulable',
      'default/web AssignedPodDelete Active',
    ]);
  });

  it('takes a Pod out of its back-off when nothing is active', () => {
    const { queue, time, moves, refuse } = queueWith();
    queue.add(portPod('web', 8080));
    refuse('NodePorts');
    time.now = 300;
    queue.move(holderGone);
    expect(moves.at(-1)).toBe('default/web AssignedPodDelete Backoff');
    expect(queue.hasWork).toBe(true);
    expect(queue.pop()?.key).toBe('default/web');
  });

  it('without the gate makes it wait 1, 2, 4, 8, 10 seconds', () => {
    const { queue, time, refuse } = queueWith(false);
    queue.add(portPod('web', 8080));
    for (const wait of [1000, 2000, 4000, 8000, 10_000, 10_000]) {
      refuse('NodePorts');
      queue.move(holderGone);
      time.now += wait;
      queue.flushBackoff();
      expect(queue.hasWork).toBe(false);
      time.now += 1;
      queue.flushBackoff();
      expect(queue.hasWork).toBe(true);
    }
  });

  it('does not hurry a Pod that failed for another reason than a refusal', () => {
    const { queue } = queueWith();
    queue.add(pod('web'));
    const queued = queue.pop();
    if (queued) queue.putBack(queued, new Set());
    expect(queue.hasBackoff).toBe(true);
    expect(queue.hasWork).toBe(false);
  });

  it('tries a forgotten Pod again after five minutes', () => {
    const { queue, time, refuse } = queueWith();
    queue.add(portPod('web', 8080));
    refuse('NodePorts');
    time.now = 300_000;
    queue.flushUnschedulable();
    expect(queue.hasWork).toBe(false);
    time.now = 300_001;
    queue.flushUnschedulable();
    expect(queue.hasWork).toBe(true);
  });

  it('keeps gated Pods out until the last gate goes', () => {
    const { queue } = queueWith();
    const gated = pod('web', { spec: { schedulingGates: [{ name: 'example.com/wait' }] } });
    queue.add(gated);
    queue.move(clusterEvent('Node', 'Add', undefined, node('n')));
    expect(queue.hasWork).toBe(false);
    queue.update(gated, pod('web', { spec: { schedulingGates: [] } }));
    expect(queue.pop()?.key).toBe('default/web');
  });
});
